-- title: A share that defines a quantity says what it is a share of
-- level: error
-- why: A share without its whole is copied as a share of something else.
-- fix: Say in [population_id] what it is a share of. If no name in the list fits, describe a new one.
-- message: The share {value_id} does not say what it is a share of.
-- example: {"table": "reported_values", "row": "KH010", "set": {"population_id": "", "population_id_reason": "not_reported"}}
-- fixed: {"population_id": "venue-workers", "population_id_reason": ""}
-- says: ["reported_values", "KH010", "population_id"]
SELECT 'data/reported_values.csv' AS file, v.line, 'population_id' AS field, v.population_id AS value, v.value_id
FROM all_readings v
WHERE v.kind = 'share' AND v.mention_of IS NULL AND v.population_id IS NULL
-- passes: [{"table": "reported_values", "row": "KH017", "set": {"scope_as_printed": "girls"}}]
