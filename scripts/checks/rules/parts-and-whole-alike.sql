-- title: A part lies within its whole in place, period, ages, sex, unit and study
-- level: warning
-- why: A part from another city, year or age is not part of the whole.
-- fix: Correct the [cell] that differs. A wrong link is corrected in data/links.csv.
-- message: {value} is part of {whole_id}, but its {cell} is {own}, that of the whole {other}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH018", "set": {"age_max": "18"}}
-- fixed: {"age_max": "15"}
-- says: ["links", "KH018 part_of KH010", "from_id"]
WITH told AS (
    SELECT l.line, l.from_id, l.to_id, unnest([
        {'cell': 'place_id', 'own': part.place_id, 'other': whole.place_id, 'apart': whole.place_level NOT IN ('region', 'world')
            AND NOT (list_contains(within, whole.place_id) OR contains(its.name, w.name))},
        {'cell': 'period', 'own': part.period, 'other': whole.period, -- a year more or less, since studies begin and end within a year
            'apart': part.from_year < whole.from_year - 1 OR part.to_year > whole.to_year + 1
            OR whole.kind = 'count' AND length(part.period) = length(whole.period)
            AND (part.from_year < whole.from_year OR part.to_year > whole.to_year OR length(part.period) <> 9 AND part.period <> whole.period)},
        {'cell': 'age_max', 'own': part.age_max::VARCHAR, 'other': whole.age_max::VARCHAR, 'apart': part.age_max > whole.age_max},
        {'cell': 'age_min', 'own': part.age_min::VARCHAR, 'other': whole.age_min::VARCHAR, 'apart': part.age_min < whole.age_min},
        {'cell': 'sex', 'own': part.sex, 'other': whole.sex,
            'apart': part.sex <> whole.sex AND whole.sex IN ('female', 'male') AND part.sex <> 'not_stated'},
        {'cell': 'indicator_id', 'own': part.unit, 'other': whole.unit, -- a report may be about a case
            'apart': part.unit <> whole.unit AND (part.unit, whole.unit) <> ('cases', 'reports')},
        {'cell': 'study_id', 'own': coalesce(part.study_id, 'blank'), 'other': coalesce(whole.study_id, 'blank'),
            'apart': part.study_id IS DISTINCT FROM whole.study_id}
    ], recursive := true)
    FROM links l JOIN all_readings part ON part.value_id = l.from_id JOIN all_readings whole ON whole.value_id = l.to_id
    LEFT JOIN places_within w ON w.place_id = part.place_id LEFT JOIN places its ON its.place_id = whole.place_id
    WHERE relation = 'part_of'
)
SELECT 'data/links.csv' AS file, line, 'from_id' AS field, from_id AS value, to_id AS whole_id, cell, own, other
FROM told
WHERE apart
-- breaks: [{"table": "reported_values", "row": "KH018", "set": {"place_id": "kampala", "period": "2012"}}]
-- says: ["links", "KH018 part_of KH010", "from_id"]
-- says: ["links", "KH018 part_of KH010", "from_id"]
-- passes: [{"table": "reported_values", "row": "KH018", "set": {"age_max": "14"}}]
