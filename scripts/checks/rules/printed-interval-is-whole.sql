-- title: A printed interval has two ends, and its level stands beside them
-- level: error
-- why: One end alone, or a level without its ends, was read from half a line.
-- mend: Compare interval_low, interval_high, interval_level and its reason with the source; fill both ends or none.
-- message: The printed interval {state}.
-- example: {"table": "reported_values", "row": "KH263", "set": {"interval_low": ""}}
-- mended: {"interval_low": "1.75"}
-- says: ["reported_values", "KH263", "interval_low"]
WITH ends AS (
    SELECT v.*, i.kind,
        regexp_replace(interval_low::VARCHAR, '\.0$', '') AS from_end,
        regexp_replace(interval_high::VARCHAR, '\.0$', '') AS to_end,
        regexp_replace(interval_level::VARCHAR, '\.0$', '') AS level
    FROM reported_values v LEFT JOIN indicators i USING (indicator_id)
    WHERE interval_low IS NOT NULL OR interval_high IS NOT NULL OR interval_level IS NOT NULL
), faults AS (
    SELECT line, 'interval_low' AS field, interval_low AS value, CASE
        WHEN interval_low IS NULL AND interval_high IS NOT NULL
            THEN 'has the upper end ' || to_end || ' and no lower end; both are expected'
        WHEN kind = 'share' AND interval_low NOT BETWEEN 0 AND 100
            THEN 'of a share begins at ' || from_end || '; 0 to 100 is expected' END AS state
    FROM ends
    UNION ALL
    SELECT line, 'interval_high', interval_high, CASE
        WHEN interval_high IS NULL AND interval_low IS NOT NULL
            THEN 'has the lower end ' || from_end || ' and no upper end; both are expected'
        WHEN kind = 'share' AND interval_high NOT BETWEEN 0 AND 100
            THEN 'of a share ends at ' || to_end || '; 0 to 100 is expected' END
    FROM ends
    UNION ALL
    SELECT line, 'interval_level', interval_level,
        'has the level ' || level || ' and no ends; a reason is expected in place of the level'
    FROM ends WHERE interval_level IS NOT NULL AND interval_low IS NULL AND interval_high IS NULL
)
SELECT 'data/reported_values.csv' AS file, line, field, value, state
FROM faults
WHERE state IS NOT NULL
-- breaks: [{"table": "reported_values", "row": "KH263", "set": {"interval_high": ""}}]
-- says: ["reported_values", "KH263", "interval_high"]
-- breaks: [{"table": "reported_values", "row": "KH263", "set": {"interval_high": "101"}}]
-- says: ["reported_values", "KH263", "interval_high"]
-- breaks: [{"table": "reported_values", "row": "KH263", "set": {"interval_low": "-0.5"}}]
-- says: ["reported_values", "KH263", "interval_low"]
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"interval_level": "95", "interval_level_reason": ""}}]
-- says: ["reported_values", "KH010", "interval_level"]
-- passes: [{"table": "reported_values", "row": "KH263", "set": {"interval_low": "0", "interval_high": "100"}}, {"table": "reported_values", "row": "KH264", "set": {"interval_level": "", "interval_level_reason": "not_reported"}}, {"table": "reported_values", "row": "KH030", "set": {"interval_low": "10", "interval_high": "20"}}, {"table": "reported_values", "row": "KH007", "set": {"interval_low": "120", "interval_high": "2000"}}]
