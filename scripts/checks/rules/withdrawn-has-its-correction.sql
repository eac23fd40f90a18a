-- title: Anything withdrawn has a correction that says why
-- level: error
-- why: A published figure that vanishes without explanation cannot be trusted, and neither can the others.
-- fix: Add a row to data/corrections.csv: kind withdrawal, [table_name] [reported_values], [row_key] the [value_id], field show, was what show was, became withdrawn. Or set show back.
-- message: {value} is shown as withdrawn, but corrections has no withdrawal of it.
-- example: {"table": "reported_values", "row": "KH012", "set": {"show": "withdrawn"}}
-- fixed: {"show": "free"}
-- says: ["reported_values", "KH012", "value_id"]
SELECT 'data/reported_values.csv' AS file, line, 'value_id' AS field, value_id AS value
FROM reported_values v
WHERE v.show = 'withdrawn' AND value_id NOT IN (
    SELECT row_key FROM corrections WHERE kind = 'withdrawal' AND table_name = 'reported_values'
)
-- passes: [{"table": "reported_values", "row": "KH012", "set": {"show": "conflict_only"}}]
