-- title: A mention points at a main mention
-- level: error
-- why: A chain of mentions does not end at a quantity.
-- fix: Set [mention_of] to the row that defines the quantity, whose own [mention_of] is blank.
-- message: {value} is itself a mention of {main}.
-- example: {"table": "reported_values", "row": "KH012", "set": {"mention_of": "KH011"}}
-- fixed: {"mention_of": "KH010"}
-- says: ["reported_values", "KH012", "mention_of"]
SELECT 'data/reported_values.csv' AS file, p.line, 'mention_of' AS field, p.mention_of AS value, r.mention_of AS main
FROM all_readings p JOIN roots r ON r.value_id = p.mention_of
WHERE r.mention_of IS NOT NULL
-- passes: [{"table": "reported_values", "row": "KH012", "set": {"mention_of": "KH018"}}]
