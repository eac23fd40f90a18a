-- title: A fact listed as not available is not entered as a reading
-- level: error
-- why: What is said to be missing is there.
-- mend: Remove the fact from fact_ids, or the reading.
-- message: {not_available_id} lists {fact}, which is a reading.
-- example: {"table": "not_available", "row": "N11", "set": {"fact_ids": "KH010"}}
-- mended: {"fact_ids": "KH059"}
-- says: ["not_available", "N11", "fact_ids"]
WITH facts AS (SELECT line, not_available_id, fact_ids, unnest(string_split(fact_ids, ';')) AS fact FROM not_available)
SELECT 'data/not_available.csv' AS file, line, 'fact_ids' AS field, fact_ids AS value, not_available_id, fact
FROM facts WHERE fact IN (SELECT value_id FROM reported_values UNION SELECT study_fact_id FROM study_facts UNION SELECT event_id FROM events)
-- passes: [{"table": "not_available", "row": "N11", "set": {"fact_ids": "KH999"}}]
