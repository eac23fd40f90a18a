-- title: The youngest age does not lie above the oldest
-- level: error
-- why: An age band that is turned round holds nobody.
-- mend: Exchange the two ages, or correct the wrong one.
-- message: The youngest age {age_min} lies above the oldest age {age_max}.
-- example: {"table": "reported_values", "row": "KH201", "set": {"age_min": "18"}}
-- mended: {"age_min": "16"}
-- says: ["reported_values", "KH201", "age_min"]
SELECT 'data/reported_values.csv' AS file, line, 'age_min' AS field, age_min AS value, age_min, age_max
FROM reported_values
WHERE age_min > age_max
-- passes: [{"table": "reported_values", "row": "KH201", "set": {"age_min": "17"}}]
