-- title: A printed interval holds its value
-- level: error
-- why: An interval beside its value was read from another line.
-- mend: Compare the three numbers with the source.
-- message: The value {value} lies outside the printed interval {interval_low} to {interval_high}.
-- example: {"table": "reported_values", "row": "KH010", "set": {"interval_low": "3", "interval_high": "4", "interval_level": "95", "interval_level_reason": ""}}
SELECT 'data/reported_values.csv' AS file, line, 'low' AS field, low AS value, interval_low, interval_high
FROM reported_values
WHERE low < interval_low OR high > interval_high
