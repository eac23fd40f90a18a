-- title: A share, its numerator and its denominator are about one study, place, time, sex and age
-- level: error
-- why: A denominator of another country or year makes another share.
-- fix: Correct the [cell] that differs. A wrong link is corrected in data/links.csv.
-- message: {value} is the {role} of {share}, but its {what} is {has}, and {expected} is expected.
-- except: yes
-- example: {"table": "reported_values", "row": "E2-076-c", "set": {"place_id": "beira"}}
-- fixed: {"place_id": "maputo"}
-- says: ["links", "E2-076-c denominator_of E2-076-a", "from_id"]
WITH told AS (
    SELECT l.line, one.value_id AS value, replace(l.relation, '_of', '') AS role, share.value_id AS share, role = 'denominator' AS is_base,
        unnest([
        {'what': 'study', 'has': one.study_id, 'expected': share.study_id, 'wrong': one.study_id <> share.study_id},
        {'what': 'indicator', 'has': 'a ' || one.kind, 'expected': 'a count', 'wrong': one.kind <> 'count'},
        {'what': 'other end', 'has': 'a ' || share.kind, 'expected': 'a share', 'wrong': NOT is_base AND share.kind <> 'share'},
        {'what': 'topic', 'has': one.topic, 'expected': share.topic, 'wrong': one.topic <> share.topic},
        {'what': 'place', 'has': one.place_id, 'expected': share.place_id, -- a city's share of all in its country
            'wrong': one.place_id <> share.place_id AND NOT (is_base AND list_contains(near.within, one.place_id))},
        {'what': 'sex', 'has': one.sex, 'expected': share.sex, 'wrong': CASE
            WHEN is_base THEN one.sex IN ('female', 'male') AND share.sex NOT IN (one.sex, 'not_stated')
            ELSE share.sex IN ('female', 'male') AND one.sex NOT IN (share.sex, 'not_stated') END},
        {'what': 'period', 'has': one.period, 'expected': share.period, -- the people of a base may have been counted before
            'wrong': one.from_year > share.to_year OR NOT is_base AND one.to_year < share.from_year},
        {'what': 'age band', 'has': concat(one.age_min, '–', one.age_max), 'expected': concat(share.age_min, '–', share.age_max),
            'wrong': CASE WHEN is_base THEN one.age_max < share.age_max OR one.age_min > share.age_min
            ELSE one.age_min <> share.age_min OR one.age_max <> share.age_max END},
        {'what': 'population', 'has': one.population_id, 'expected': share.population_id,
            'wrong': is_base AND one.population_kind <> share.population_kind AND one.population_kind NOT IN ('all_people', 'all_children')}
    ]) AS cell
    FROM links l JOIN all_readings one ON one.value_id = l.from_id JOIN all_readings share ON share.value_id = l.to_id
    JOIN places_within near ON near.place_id = share.place_id
    WHERE l.relation IN ('numerator_of', 'denominator_of')
)
SELECT 'data/links.csv' AS file, line, 'from_id' AS field, value, role, share, cell.what, coalesce(cell.has, 'blank') AS has, coalesce(cell.expected, 'blank') AS expected,
    if(cell.what IN ('study', 'indicator', 'other end'), 'error', 'warning') AS level_of_row -- weighted, pooled and older counts may differ in the others
FROM told WHERE cell.wrong QUALIFY row_number() OVER (PARTITION BY line) = 1
-- breaks: [{"table": "reported_values", "row": "KH007", "set": {"age_max": "16"}}]
-- says: ["links", "KH007 numerator_of KH010", "from_id"]
-- breaks: [{"table": "links", "row": ["KH007", "numerator_of", "KH010"], "set": {"to_id": "KH005"}}]
-- says: ["links", "KH007 numerator_of KH005", "from_id"]
-- passes: [{"table": "reported_values", "row": "KH005", "set": {"period": "2014", "sex": "all"}}]
