-- title: A figure that is held back is not entered
-- level: error
-- why: What stands in data/ can be downloaded. KH129 prints a figure for girls that the partner of the survey replaced (KH248).
-- mend: Remove the row.
-- message: {value} is carried for boys only.
-- example: {"table": "reported_values", "row": "KH129", "set": {"sex": "female"}}
-- mended: {"sex": "male"}
-- says: ["reported_values", "KH129", "value_id"]
SELECT 'data/reported_values.csv' AS file, line, 'value_id' AS field, value_id AS value
FROM reported_values
WHERE value_id LIKE 'KH129%' AND sex <> 'male'
-- breaks: [{"table": "reported_values", "row": "KH129", "copy": {"value_id": "KH129-b", "sex": "not_stated"}}]
-- says: ["reported_values", "KH129-b", "value_id"]
-- passes: [{"table": "reported_values", "row": "KH248-a", "set": {"sex": "male"}}, {"table": "reported_values", "row": "KH248-b", "set": {"sex": "female"}}]
