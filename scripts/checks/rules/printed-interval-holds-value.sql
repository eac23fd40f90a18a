-- title: A reported interval contains its value
-- level: warning
-- why: An interval that does not contain its value was usually read from another line.
-- fix: Compare [printed], [interval_low] and [interval_high] with the source, each in the same unit.
-- message: {value} of “{printed}” lies {side} of the reported interval, which is {interval_low} to {interval_high}.
-- example: {"table": "reported_values", "row": "KH010", "set": {"interval_low": "3", "interval_high": "4", "interval_level": "95", "interval_level_reason": ""}}
-- fixed: {"interval_low": "", "interval_high": "", "interval_level": "", "interval_level_reason": "not_read"}
-- says: ["reported_values", "KH010", "low"]
WITH ends AS (
    SELECT line, printed, 'low' AS field, low AS value, interval_low, interval_high FROM reported_values
    UNION SELECT line, printed, CASE low WHEN high THEN 'low' ELSE 'high' END, high, interval_low, interval_high FROM reported_values
)
SELECT 'data/reported_values.csv' AS file, line, field, value, printed, if(value < interval_low, 'below the lower end', 'above the upper end') AS side,
    interval_low, interval_high
FROM ends
WHERE value < interval_low OR value > interval_high
-- breaks: [{"table": "reported_values", "row": "KH046", "set": {"interval_low": "10", "interval_high": "20"}}]
-- says: ["reported_values", "KH046", "high"]
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"interval_low": "2.2", "interval_high": "2.2"}}]
