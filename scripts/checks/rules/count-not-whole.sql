-- title: A count is a whole number
-- level: warning
-- why: People and venues are counted in whole numbers; only a weighted count may have decimals.
-- fix: Correct the number, unless the source weights the count. If it is a share, choose an indicator that is measured in percent.
-- message: A count is a whole number, and {value} is none.
-- example: {"table": "reported_values", "row": "KH007", "set": {"low": "38.5", "high": "38.5", "printed": "38.5"}}
-- fixed: {"low": "38", "high": "38", "printed": "38"}
-- says: ["reported_values", "KH007", "high"]
-- says: ["reported_values", "KH007", "low"]
WITH ends AS (
    SELECT line, kind, 'low' AS field, low AS value FROM all_readings
    UNION ALL SELECT line, kind, 'high', high FROM all_readings
)
SELECT 'data/reported_values.csv' AS file, line, field, value
FROM ends
WHERE kind = 'count' AND value <> floor(value)
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"low": "38.5", "high": "38.5"}}, {"table": "reported_values", "row": "KH007", "set": {"low": "38.0"}}]
