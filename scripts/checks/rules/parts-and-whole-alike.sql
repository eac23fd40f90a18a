-- title: A part lies inside its whole in place, period, ages, sex, unit and study
-- level: warning
-- why: A part of another city, year or age is no part of the whole.
-- mend: Correct the [cell] that differs, or the link.
-- message: {value} is part of {whole_id}, but its {cell} is {own}, that of the whole {other}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH018", "set": {"age_max": "18"}}
-- mended: {"age_max": "15"}
-- says: ["links", "KH018 part_of KH010", "from_id"]
WITH pairs AS MATERIALIZED (
    SELECT l.line, l.from_id, l.to_id, part, whole
    FROM links l JOIN all_readings part ON part.value_id = l.from_id JOIN all_readings whole ON whole.value_id = l.to_id
    WHERE relation = 'part_of'
), cells AS (
    SELECT line, from_id, to_id, 'place_id' AS cell, part.place_id AS own, whole.place_id AS other,
        NOT (list_contains(part.within, whole.place_id) OR contains(whole.place_name, part.place_name))
        AND whole.place_level NOT IN ('region', 'world') AS apart FROM pairs
    UNION ALL SELECT line, from_id, to_id, 'period', part.period, whole.period, -- a year more or less: studies begin and end within one
        part.from_year < whole.from_year - 1 OR part.to_year > whole.to_year + 1
        OR whole.kind = 'count' AND length(part.period) = length(whole.period)
        AND (part.from_year < whole.from_year OR part.to_year > whole.to_year OR length(part.period) <> 9 AND part.period <> whole.period) FROM pairs
    UNION ALL SELECT line, from_id, to_id, 'age_max', part.age_max::VARCHAR, whole.age_max::VARCHAR, part.age_max > whole.age_max FROM pairs
    UNION ALL SELECT line, from_id, to_id, 'age_min', part.age_min::VARCHAR, whole.age_min::VARCHAR, part.age_min < whole.age_min FROM pairs
    UNION ALL SELECT line, from_id, to_id, 'sex', part.sex, whole.sex,
        part.sex <> whole.sex AND whole.sex IN ('female', 'male') AND part.sex <> 'not_stated' FROM pairs
    UNION ALL SELECT line, from_id, to_id, 'indicator_id', part.unit, whole.unit, -- a report may tell of a case
        part.unit <> whole.unit AND (part.unit, whole.unit) <> ('cases', 'reports') FROM pairs
    UNION ALL SELECT line, from_id, to_id, 'study_id', coalesce(part.study_id, 'blank'), coalesce(whole.study_id, 'blank'),
        part.study_id IS DISTINCT FROM whole.study_id FROM pairs
)
SELECT 'data/links.csv' AS file, line, 'from_id' AS field, from_id AS value, to_id AS whole_id, cell, own, other
FROM cells
WHERE apart
-- breaks: [{"table": "reported_values", "row": "KH018", "set": {"place_id": "kampala", "period": "2012"}}]
-- says: ["links", "KH018 part_of KH010", "from_id"]
-- says: ["links", "KH018 part_of KH010", "from_id"]
-- passes: [{"table": "reported_values", "row": "KH018", "set": {"age_max": "14"}}]
