-- title: A lower end is not above its upper end
-- level: error
-- why: A range, an interval or an age band whose ends are swapped contains nothing.
-- fix: Exchange the two numbers, or correct the wrong one.
-- message: The lower end {low} lies above the upper end {high}.
-- example: {"table": "reported_values", "row": "KH046", "set": {"low": "30.5", "printed": "between 30.5 percent and 30 percent"}}
-- fixed: {"low": "15.5", "printed": "between 15.5 percent and 30 percent"}
-- says: ["reported_values", "KH046", "low"]
WITH ends AS (
    SELECT line, 'low' AS field, low, high FROM all_readings
    UNION ALL SELECT line, 'interval_low', interval_low, interval_high FROM reported_values
    UNION ALL SELECT line, 'age_min', age_min, age_max FROM all_readings
)
SELECT 'data/reported_values.csv' AS file, line, field, low AS value, low, high
FROM ends
WHERE low > high
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"interval_low": "3", "interval_high": "2"}}, {"table": "reported_values", "row": "KH201", "set": {"age_min": "18"}}]
-- says: ["reported_values", "KH010", "interval_low"]
-- says: ["reported_values", "KH201", "age_min"]
-- passes: [{"table": "reported_values", "row": "KH046", "set": {"low": "30"}}, {"table": "reported_values", "row": "KH201", "set": {"age_min": "17"}}]
