-- title: The lower end does not lie above the upper end
-- level: error
-- why: An interval that is turned round holds nothing.
-- mend: Exchange the two numbers, or correct the wrong one.
-- message: The lower end {low} lies above the upper end {high}.
-- example: {"table": "reported_values", "row": "KH046", "set": {"low": "30.5", "printed": "between 30.5 percent and 30 percent"}}
-- mended: {"low": "15.5", "printed": "between 15.5 percent and 30 percent"}
-- says: ["reported_values", "KH046", "low"]
SELECT 'data/reported_values.csv' AS file, line, 'low' AS field, low AS value, low, high
FROM reported_values
WHERE low > high
UNION ALL
SELECT 'data/reported_values.csv', line, 'interval_low', interval_low, interval_low, interval_high
FROM reported_values
WHERE interval_low > interval_high
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"interval_low": "3", "interval_high": "2"}}]
-- says: ["reported_values", "KH010", "interval_low"]
-- passes: [{"table": "reported_values", "row": "KH046", "set": {"low": "30"}}]
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"interval_low": "3", "interval_high": "3"}}]
