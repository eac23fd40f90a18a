-- title: A mention points at a root
-- level: error
-- why: A chain of mentions has no quantity at its end.
-- fix: Set [printing_of] to the row that defines the quantity, whose own [printing_of] is blank.
-- message: {value} is itself a mention of {root}.
-- example: {"table": "reported_values", "row": "KH012", "set": {"printing_of": "KH011"}}
-- fixed: {"printing_of": "KH010"}
-- says: ["reported_values", "KH012", "printing_of"]
SELECT 'data/reported_values.csv' AS file, p.line, 'printing_of' AS field, p.printing_of AS value, r.printing_of AS root
FROM all_readings p JOIN roots r ON r.value_id = p.printing_of
WHERE r.printing_of IS NOT NULL
-- passes: [{"table": "reported_values", "row": "KH012", "set": {"printing_of": "KH018"}}]
