-- title: A count is a whole number
-- level: error
-- why: People and venues come in ones.
-- mend: Correct the number, or the indicator.
-- message: A count of {value} cannot be.
-- example: {"table": "reported_values", "row": "KH007", "set": {"low": "38.5", "high": "38.5", "printed": "38.5"}}
SELECT 'data/reported_values.csv' AS file, v.line, 'low' AS field, coalesce(v.low, v.high) AS value
FROM reported_values v JOIN indicators i USING (indicator_id)
WHERE i.kind = 'count' AND (v.low <> floor(v.low) OR v.high <> floor(v.high))
