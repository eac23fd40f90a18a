-- title: Nothing that has been entered is listed as not available
-- level: hint
-- why: A denominator that was worked back from a share would look as if a source reported it.
-- fix: Where a source gives the value, remove the row of data/not_available.csv; else remove the value.
-- message: {value} is entered, but {not_available_id} says that it was not found.
-- example: {"table": "reported_values", "row": "KH010", "copy": {"value_id": "KH931", "indicator_id": "people-observed", "study_id": "ijm-khm-2012", "locator": "para 9"}}
-- fixed: {}
-- says: ["reported_values", "KH931", "value_id"]
SELECT 'data/reported_values.csv' AS file, v.line, 'value_id' AS field, v.value_id AS value, n.not_available_id
FROM reported_values v
JOIN not_available n USING (indicator_id)
JOIN scopes s USING (not_available_id, study_id)
-- passes: [{"table": "reported_values", "row": "KH010", "copy": {"value_id": "KH931", "locator": "para 9"}}]
