-- title: A printed interval holds its value
-- level: error
-- why: An interval beside its value was read from another line.
-- mend: Compare the three numbers with the source.
-- message: The value {value} lies outside the printed interval {interval_low} to {interval_high}.
-- example: {"table": "reported_values", "row": "KH010", "set": {"interval_low": "3", "interval_high": "4", "interval_level": "95", "interval_level_reason": ""}}
-- mended: {"interval_low": "", "interval_high": "", "interval_level": "", "interval_level_reason": "not_read"}
WITH ends AS (
    SELECT *, coalesce(low < interval_low OR low > interval_high, false) AS low_is_out FROM reported_values
)
SELECT 'data/reported_values.csv' AS file, line, interval_low, interval_high,
    CASE WHEN low_is_out THEN 'low' ELSE 'high' END AS field,
    CASE WHEN low_is_out THEN low ELSE high END AS value
FROM ends
WHERE low_is_out OR high > interval_high OR high < interval_low
