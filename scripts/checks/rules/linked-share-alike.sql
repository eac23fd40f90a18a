-- title: A share, its numerator and its denominator are about one study, place, time, sex and age
-- level: error
-- why: A base of another country or year makes another share.
-- mend: Correct the link, or the cell that differs.
-- message: {value} is the {role} of {share}, but its {what} is {has} and not {expected}.
-- except: yes
-- example: {"table": "reported_values", "row": "E2-076-c", "set": {"place_id": "beira"}}
-- mended: {"place_id": "maputo"}
-- says: ["links", "E2-076-c denominator_of E2-076-a", "from_id"]
WITH differences AS (
    SELECT l.line, one.value_id AS value, replace(l.relation, '_of', '') AS role, share.value_id AS share, CASE
        WHEN one.study_id IS DISTINCT FROM share.study_id THEN {'what': 'study', 'has': one.study_id, 'expected': share.study_id}
        WHEN one.place_id <> share.place_id THEN {'what': 'place', 'has': one.place_id, 'expected': share.place_id}
        WHEN one.sex <> share.sex AND 'not_stated' NOT IN (one.sex, share.sex) AND NOT (one.sex = 'all' AND role = 'denominator') THEN {'what': 'sex', 'has': one.sex, 'expected': share.sex}
        WHEN one.sex = 'not_stated' AND share.sex IN ('female', 'male') AND share.indicator_id NOT LIKE '%judged%' THEN {'what': 'sex', 'has': one.sex, 'expected': share.sex}
        WHEN one.sex IN ('female', 'male') AND share.sex = 'not_stated' AND role = 'denominator' THEN {'what': 'sex', 'has': one.sex, 'expected': share.sex}
        WHEN one.from_year > share.to_year OR one.to_year < share.from_year THEN {'what': 'period', 'has': one.period, 'expected': share.period}
        WHEN one.from_year IS NULL AND share.from_year IS NOT NULL OR one.from_year IS NOT NULL AND share.from_year IS NULL THEN {'what': 'period', 'has': one.period, 'expected': share.period}
        WHEN len(one.period) = len(share.period) AND len(one.period) > 7 AND one.period <> share.period THEN {'what': 'period', 'has': one.period, 'expected': share.period}
        WHEN role = 'numerator' AND (one.age_min IS DISTINCT FROM share.age_min OR one.age_max IS DISTINCT FROM share.age_max)
            THEN {'what': 'age band', 'has': one.age_min || ' to ' || one.age_max, 'expected': share.age_min || ' to ' || share.age_max}
        WHEN role = 'denominator' AND (one.age_max < share.age_max OR one.age_min > share.age_min) THEN {'what': 'age band', 'has': one.age_min || ' to ' || one.age_max, 'expected': share.age_min || ' to ' || share.age_max}
        WHEN one.kind <> 'count' THEN {'what': 'kind', 'has': one.kind, 'expected': 'count'}
        WHEN share.kind = 'change' THEN {'what': 'kind', 'has': share.kind, 'expected': 'share'}
        WHEN role = 'denominator' AND one.population_id IS DISTINCT FROM share.population_id AND one.base_kind IS DISTINCT FROM share.base_kind AND one.base_kind NOT IN ('all_people', 'all_children')
            THEN {'what': 'population', 'has': one.population_id, 'expected': share.population_id} END AS differs
    FROM links l JOIN all_readings one ON one.value_id = l.from_id JOIN all_readings share ON share.value_id = l.to_id
    WHERE l.relation IN ('numerator_of', 'denominator_of')
)
SELECT 'data/links.csv' AS file, line, 'from_id' AS field, value, role, share, differs.what AS what, coalesce(differs.has, 'blank') AS has, coalesce(differs.expected, 'blank') AS expected
FROM differences
WHERE differs IS NOT NULL
-- breaks: [{"table": "reported_values", "row": "KH241-b", "set": {"sex": "male"}}]
-- says: ["links", "KH241-b denominator_of KH243-b", "from_id"]
-- breaks: [{"table": "reported_values", "row": "KH007", "set": {"age_max": "16"}}]
-- says: ["links", "KH007 numerator_of KH010", "from_id"]
-- breaks: [{"table": "reported_values", "row": "IJM-DOM-09", "set": {"period": "2021"}}]
-- says: ["links", "IJM-DOM-09 denominator_of IJM-DOM-04", "from_id"]
-- says: ["links", "IJM-DOM-09 denominator_of IJM-DOM-11", "from_id"]
-- breaks: [{"table": "links", "row": ["E2-076-c", "denominator_of", "E2-076-a"], "set": {"from_id": "E2-031"}}]
-- says: ["links", "E2-031 denominator_of E2-076-a", "from_id"]
-- passes: [{"table": "reported_values", "row": "KH007", "set": {"period": "2015"}}]
