-- title: A share is at most 100 percent
-- level: error
-- why: A share is a part of a whole.
-- fix: Correct the number, or the indicator.
-- message: A share of {value} percent cannot be.
-- example: {"table": "reported_values", "row": "KH010", "set": {"low": "220", "high": "220", "printed": "220"}}
-- fixed: {"low": "2.2", "high": "2.2", "printed": "2.2"}
-- says: ["reported_values", "KH010", "high"]
SELECT 'data/reported_values.csv' AS file, v.line, coalesce(high, low) AS value, CASE WHEN high IS NULL THEN 'low' ELSE 'high' END AS field
FROM all_readings v
WHERE kind = 'share' AND coalesce(high, low) > 100
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"low": "101", "high": ""}}]
-- says: ["reported_values", "KH010", "low"]
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"low": "100", "high": "100"}}, {"table": "reported_values", "row": "KH022", "set": {"low": "300", "high": "300"}}]
