-- title: A part lies inside its whole: in place, period, ages and sex, and a partition adds up
-- level: error
-- why: A part of another city, year or age is no part of the whole.
-- mend: Correct the cell that differs, or the link. Where the source itself does not add up, record the row in data/exceptions.csv.
-- message: {value} is part of {whole}, but {fault}.
-- except: yes
-- example: {"table": "reported_values", "row": "RESP-019-a", "set": {"low": "128", "high": "128", "printed": "128"}}
-- mended: {"low": "138", "high": "138", "printed": "138"}
-- says: ["links", "RESP-019-a part_of RESP-018-a", "from_id"]
WITH sums AS (
    SELECT min(l.line) AS line, l.to_id AS whole_id, min(l.from_id) AS value, string_agg(l.from_id, ' and ' ORDER BY l.from_id) AS named, sum(part.low) AS total, any_value(coalesce(whole.low, whole.high)) AS whole,
        any_value(CASE whole.unit WHEN 'percent' THEN 0.051 ELSE 0 END) AS rounding
    FROM links l JOIN all_readings part ON part.value_id = l.from_id JOIN all_readings whole ON whole.value_id = l.to_id
    WHERE l.relation = 'part_of' AND partition IS NOT NULL
    GROUP BY l.to_id, partition HAVING bool_and(part.low = part.high) AND bool_and(whole.low IS NOT NULL)
), faults AS (
    SELECT l.line, l.from_id AS value, l.to_id AS whole, CASE
        WHEN NOT (list_contains(part.within, whole.place_id) OR contains(whole.place_name, part.place_name)) THEN 'its place is ' || part.place_id || ', that of the whole ' || whole.place_id
        WHEN part.from_year < whole.from_year - 1 OR part.to_year > whole.to_year + 1 OR part.from_year > whole.to_year + 1 THEN 'its period is ' || part.period || ', that of the whole ' || whole.period
        WHEN whole.kind = 'count' AND length(part.period) = length(whole.period) AND part.period <> whole.period THEN 'its period is ' || part.period || ', that of the whole ' || whole.period
        WHEN part.age_max > whole.age_max THEN 'its oldest age is ' || part.age_max || ', that of the whole ' || whole.age_max
        WHEN part.age_min < whole.age_min THEN 'its youngest age is ' || part.age_min
        WHEN part.sex <> whole.sex AND whole.sex IN ('female', 'male') THEN 'its sex is ' || part.sex || ', that of the whole ' || whole.sex
        WHEN part.unit <> whole.unit AND NOT (part.unit = 'cases' AND whole.unit = 'reports') THEN 'it counts ' || part.unit || ', the whole ' || whole.unit
        WHEN part.study_id IS DISTINCT FROM whole.study_id THEN 'it is of another study' END AS fault
    FROM links l JOIN all_readings part ON part.value_id = l.from_id JOIN all_readings whole ON whole.value_id = l.to_id
    WHERE l.relation = 'part_of'
    UNION ALL
    SELECT line, value, whole_id, named || ' add up to ' || regexp_replace(round(total, 4)::VARCHAR, '\.0$', '') || ', and the whole is ' || regexp_replace(whole::VARCHAR, '\.0$', '')
    FROM sums WHERE abs(total - whole) > rounding + 1e-9
)
SELECT 'data/links.csv' AS file, line, 'from_id' AS field, value, whole, fault
FROM faults
WHERE fault IS NOT NULL
-- breaks: [{"table": "reported_values", "row": "E2-017", "set": {"place_id": "kampala"}}]
-- says: ["links", "E2-017 part_of E2-020", "from_id"]
-- breaks: [{"table": "reported_values", "row": "RESP-094-b", "set": {"period": "2012"}}]
-- says: ["links", "RESP-094-b part_of RESP-094-a", "from_id"]
-- breaks: [{"table": "reported_values", "row": "KH018", "set": {"age_max": "18"}}]
-- says: ["links", "KH018 part_of KH010", "from_id"]
-- passes: [{"table": "reported_values", "row": "RESP-019-a", "set": {"age_max": "13"}}]
