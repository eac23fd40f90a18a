-- title: An assumption with a fact has that fact in the ledger
-- level: error
-- why: An assumption is only as good as the figure that a reader can look up.
-- mend: Enter the fact as a reading, or correct fact_id.
-- message: No reading carries {value}.
-- example: {"table": "assumptions", "row": "deff-2", "set": {"fact_id": "KH999"}}
-- mended: {"fact_id": "KH261"}
-- says: ["assumptions", "deff-2", "fact_id"]
SELECT 'data/assumptions.csv' AS file, line, 'fact_id' AS field, fact_id AS value
FROM assumptions
WHERE fact_id NOT IN (
    SELECT value_id FROM reported_values
    UNION SELECT regexp_replace(value_id, '-[a-z]$', '') FROM reported_values
    UNION SELECT unnest(string_split(also_fact_ids, ';')) FROM reported_values
)
-- passes: [{"table": "assumptions", "row": "deff-2", "set": {"fact_id": "KH262"}}]
