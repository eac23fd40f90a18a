-- title: One id of the evidence stands for one number
-- level: error
-- why: An id used twice counts a number twice.
-- mend: Remove the id from also_fact_ids, or the row that has it as value_id.
-- message: {value} is also a row of its own.
-- example: {"table": "reported_values", "row": "KH001", "set": {"also_fact_ids": "KH002"}}
-- mended: {"also_fact_ids": ""}
-- says: ["reported_values", "KH001", "also_fact_ids"]
SELECT 'data/reported_values.csv' AS file, line, 'also_fact_ids' AS field, id AS value
FROM (SELECT line, unnest(string_split(also_fact_ids, ';')) AS id FROM reported_values) AS also
WHERE id IN (SELECT value_id FROM reported_values)
-- breaks: [{"table": "reported_values", "row": "KH001", "set": {"also_fact_ids": "KH003;KH002"}}]
-- says: ["reported_values", "KH001", "also_fact_ids"]
-- passes: [{"table": "reported_values", "row": "KH001", "set": {"also_fact_ids": "KH004;KH0010"}}]
