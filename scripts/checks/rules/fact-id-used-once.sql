-- title: Each id of the evidence belongs to one number
-- level: error
-- why: An id used twice counts a number twice, and a number said to be missing must not exist.
-- fix: Remove the short name from this [cell], or the row that has it as its own.
-- message: {value} is also a row of its own.
-- example: {"table": "reported_values", "row": "KH010", "set": {"also_fact_ids": "KH205;KH002"}}
-- fixed: {"also_fact_ids": "KH205"}
-- says: ["reported_values", "KH010", "also_fact_ids"]
WITH cells AS (
    SELECT 'data/reported_values.csv' AS file, line, 'also_fact_ids' AS field, also_fact_ids AS ids FROM reported_values
    UNION ALL SELECT 'data/study_facts.csv', line, 'also_fact_ids', also_fact_ids FROM study_facts
    UNION ALL SELECT 'data/not_available.csv', line, 'fact_ids', fact_ids FROM not_available
)
SELECT file, line, field, unnest(string_split(ids, ';')) AS id FROM cells WHERE ids IS NOT NULL
;
WITH own AS (
    SELECT value_id AS id FROM reported_values SEMI JOIN asked ON id = value_id
    UNION ALL SELECT study_fact_id FROM study_facts UNION ALL SELECT event_id FROM events
)
SELECT file, line, field, id AS value, CASE WHEN id NOT IN (FROM own) THEN '{value} stands here twice.' END AS says
FROM asked
GROUP BY file, line, field, id
HAVING id IN (FROM own) OR count(*) > 1
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"also_fact_ids": "KH205;KH205"}}, {"table": "not_available", "row": "N11", "set": {"fact_ids": "KH010"}}]
-- says: ["not_available", "N11", "fact_ids"]
-- says: ["reported_values", "KH010", "also_fact_ids"]
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"also_fact_ids": "KH205;KH0010"}}]
