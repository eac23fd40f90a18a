-- title: An assumption that rests on a fact names its reading
-- level: error
-- why: A chart says where the fact was found, and asks its reading.
-- mend: Fill fact_id and value_id together, or leave both blank.
-- message: {assumption_id} names {filled} of fact and reading; both or none is expected.
-- example: {"table": "assumptions", "row": "icc-0.185", "set": {"value_id": ""}}
-- mended: {"value_id": "KH266"}
-- says: ["assumptions", "icc-0.185", "value_id"]
SELECT 'data/assumptions.csv' AS file, line, 'value_id' AS field, value_id AS value, assumption_id, 'one' AS filled
FROM assumptions
WHERE (fact_id IS NULL) <> (value_id IS NULL)
-- passes: [{"table": "assumptions", "row": "icc-0.185", "set": {"fact_id": "", "fact_id_reason": "not_applicable", "value_id": ""}}]
