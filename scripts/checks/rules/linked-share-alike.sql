-- title: A share, its numerator and its denominator have the same study, place, time, sex and age
-- level: error
-- why: A denominator from another country or year makes it a different share.
-- fix: Correct the [cell], or that of the share. A wrong link is corrected in data/links.csv.
-- message: {value_id} is the {role} of {share}, but its {field} is {value}, and {expected} is expected.
-- except: yes
-- example: {"table": "reported_values", "row": "E2-076-c", "set": {"place_id": "beira"}}
-- fixed: {"place_id": "maputo"}
-- says: ["reported_values", "E2-076-c", "place_id"]
WITH told AS (
    SELECT l.line AS link, one.line, one.value_id, replace(l.relation, '_of', '') AS role, share.value_id AS share, role = 'denominator' AS is_base,
        unnest([
        {'field': 'study_id', 'value': one.study_id, 'expected': share.study_id, 'wrong': one.study_id <> share.study_id},
        {'field': 'indicator_id', 'value': one.indicator_id, 'expected': 'a count', 'wrong': one.kind <> 'count'},
        {'field': 'to_id', 'value': share.value_id, 'expected': 'a share', 'wrong': NOT is_base AND share.kind <> 'share'},
        {'field': 'topic', 'value': one.topic, 'expected': share.topic, 'wrong': one.topic <> share.topic},
        {'field': 'place_id', 'value': one.place_id, 'expected': share.place_id, -- a city may have a share of all people in its country
            'wrong': one.place_id <> share.place_id AND NOT (is_base AND list_contains(near.within, one.place_id))},
        {'field': 'sex', 'value': one.sex, 'expected': share.sex, 'wrong': CASE
            WHEN is_base THEN one.sex IN ('female', 'male') AND share.sex NOT IN (one.sex, 'not_stated')
            ELSE share.sex IN ('female', 'male') AND one.sex NOT IN (share.sex, 'not_stated') END},
        {'field': 'period', 'value': one.period, 'expected': share.period, -- those in a denominator may have been counted before
            'wrong': one.from_year > share.to_year OR NOT is_base AND one.to_year < share.from_year},
        {'field': 'age_max', 'value': one.age_max::VARCHAR, 'expected': share.age_max::VARCHAR,
            'wrong': if(is_base, one.age_max < share.age_max, one.age_max <> share.age_max)},
        {'field': 'age_min', 'value': one.age_min::VARCHAR, 'expected': share.age_min::VARCHAR,
            'wrong': if(is_base, one.age_min > share.age_min, one.age_min <> share.age_min)},
        {'field': 'population_id', 'value': one.population_id, 'expected': share.population_id,
            'wrong': is_base AND one.population_kind <> share.population_kind AND one.population_kind NOT IN ('all_people', 'all_children')}
    ], recursive := true)
    FROM links l JOIN all_readings one ON one.value_id = l.from_id JOIN all_readings share ON share.value_id = l.to_id
    JOIN places_within near ON near.place_id = share.place_id
    WHERE l.relation IN ('numerator_of', 'denominator_of')
)
SELECT if(field = 'to_id', 'data/links.csv', 'data/reported_values.csv') AS file, if(field = 'to_id', link, line) AS line, field, value,
    value_id, role, share, expected, if(field = 'to_id', '{value_id} is the {role} of {share}, which is no share by its [indicator_id].', NULL) AS says,
    if(field IN ('study_id', 'indicator_id', 'to_id'), 'error', 'warning') AS level_of_row -- weighted, pooled and older counts may differ in the others
FROM told WHERE wrong QUALIFY row_number() OVER (PARTITION BY link) = 1
-- breaks: [{"table": "reported_values", "row": "KH007", "set": {"age_max": "16"}}]
-- says: ["reported_values", "KH007", "age_max"]
-- breaks: [{"table": "links", "row": ["KH007", "numerator_of", "KH010"], "set": {"to_id": "KH005"}}]
-- says: ["links", "KH007 numerator_of KH005", "to_id"]
-- passes: [{"table": "reported_values", "row": "KH005", "set": {"period": "2014", "sex": "all"}}]
