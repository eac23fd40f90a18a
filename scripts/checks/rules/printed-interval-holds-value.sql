-- title: A printed interval holds its value
-- level: error
-- why: An interval beside its value was read from another line.
-- mend: Compare the three numbers with the source.
-- message: The value {number} lies outside the printed interval {interval_low} to {interval_high}.{hint}
-- example: {"table": "reported_values", "row": "KH010", "set": {"interval_low": "3", "interval_high": "4", "interval_level": "95", "interval_level_reason": ""}}
-- mended: {"interval_low": "", "interval_high": "", "interval_level": "", "interval_level_reason": "not_read"}
-- says: ["reported_values", "KH010", "low"]
WITH ends AS (
    SELECT v.*, coalesce(low < interval_low OR low > interval_high, false) AS low_is_out,
        coalesce(unit = 'percent' AND low BETWEEN 100 * interval_low AND 100 * interval_high, false) AS is_proportion,
        regexp_replace(round(100 * interval_low, 10)::VARCHAR, '\.0$', '') AS from_percent,
        regexp_replace(round(100 * interval_high, 10)::VARCHAR, '\.0$', '') AS to_percent
    FROM reported_values v LEFT JOIN indicators USING (indicator_id)
)
SELECT 'data/reported_values.csv' AS file, line, interval_low, interval_high,
    CASE WHEN is_proportion THEN 'interval_low' WHEN low_is_out THEN 'low' ELSE 'high' END AS field,
    CASE WHEN low_is_out THEN low ELSE high END AS number,
    CASE WHEN is_proportion THEN interval_low ELSE number END AS value,
    CASE WHEN is_proportion THEN ' Shares are in percent: type ' || from_percent || ' and ' || to_percent || '.'
        ELSE '' END AS hint
FROM ends
WHERE low_is_out OR high > interval_high OR high < interval_low
-- breaks: [{"table": "reported_values", "row": "KH016", "set": {"interval_low": "0.5", "interval_high": "1"}}]
-- says: ["reported_values", "KH016", "low"]
-- breaks: [{"table": "reported_values", "row": "KH030", "set": {"interval_low": "10", "interval_high": "20"}}]
-- says: ["reported_values", "KH030", "high"]
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"interval_low": "2.2", "interval_high": "2.2"}}]
