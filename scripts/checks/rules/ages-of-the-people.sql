-- title: The ages of a reading lie within those of its population
-- level: error
-- why: Children of 12 to 17 who use the internet are not all children.
-- mend: Correct the ages, the population or its words.
-- message: The ages are {ages}, and {population_id} is of {said}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH108", "set": {"age_max": "19"}}
-- mended: {"age_max": "17"}
-- says: ["reported_values", "KH108", "age_max"]
WITH told AS (
    SELECT population_id, regexp_extract(concat_ws('; ', name, definition), '\baged ([0-9]{1,2}) to ([0-9]{1,2})\b', ['lo', 'hi']) AS band FROM populations WHERE regexp_matches(concat_ws('; ', name, definition), '\baged [0-9]{1,2} to [0-9]{1,2}\b')
)
SELECT 'data/reported_values.csv' AS file, v.line, 'population_id' AS field, v.population_id AS value, v.population_id, coalesce(v.age_min::VARCHAR, 'open') || ' to ' || coalesce(v.age_max::VARCHAR, 'open') AS ages, '“' || p.name || '”' AS said
FROM reported_values v JOIN populations p USING (population_id)
WHERE v.age_min >= try_cast(regexp_extract(p.name, 'under (?:the age of )?([0-9]{2})', 1) AS INTEGER) OR v.age_max < try_cast(regexp_extract(p.name, '([0-9]{2}) or over', 1) AS INTEGER)
UNION ALL
SELECT 'data/reported_values.csv', v.line, CASE WHEN v.age_max IS NULL THEN 'age_min' ELSE 'age_max' END AS field, coalesce(v.age_max, v.age_min) AS value, v.population_id,
    coalesce(v.age_min::VARCHAR, 'open') || ' to ' || coalesce(v.age_max::VARCHAR, 'open') AS ages, band.lo || ' to ' || band.hi AS said
FROM reported_values v JOIN told USING (population_id)
WHERE v.age_max > try_cast(band.hi AS INTEGER) OR (v.age_min < try_cast(band.lo AS INTEGER) AND NOT (v.age_min = 0 AND band.hi = '17'))
-- breaks: [{"table": "reported_values", "row": "KH293", "set": {"population_id": "tested-males-under-18"}}]
-- says: ["reported_values", "KH293", "population_id"]
-- passes: [{"table": "reported_values", "row": "KH108", "set": {"age_max": "16"}}]
