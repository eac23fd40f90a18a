-- title: Rows are sorted by their key
-- level: error
-- why: Sorted rows keep changes small and doubles visible.
-- mend: Sort the rows by value_id, capital letters and digits first.
-- message: {value} stands after {before}.
-- example: {"table": "reported_values", "row": "KH001", "set": {"value_id": "KH999"}}
SELECT 'data/reported_values.csv' AS file, line, 'value_id' AS field, value_id AS value, before
FROM (SELECT line, value_id, lag(value_id) OVER (ORDER BY line) AS before FROM reported_values)
WHERE value_id < before
