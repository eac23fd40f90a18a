-- title: A reported interval has two ends, and a level only with them
-- level: error
-- why: One end alone, or a level without its ends, was read from half a line.
-- fix: Compare [interval_low], [interval_high], [interval_level] and its reason with the source; fill both ends or none.
-- message: The reported interval lacks an end.
-- example: {"table": "reported_values", "row": "KH263", "set": {"interval_low": ""}}
-- fixed: {"interval_low": "1.75"}
-- says: ["reported_values", "KH263", "interval_low"]
WITH ends AS (
    SELECT *, CASE WHEN interval_low IS NOT NULL THEN 'interval_high' WHEN interval_high IS NOT NULL THEN 'interval_low'
        ELSE 'interval_level' END AS field
    FROM reported_values WHERE interval_low IS NULL OR interval_high IS NULL
)
SELECT 'data/reported_values.csv' AS file, line, field, CASE field WHEN 'interval_level' THEN interval_level END AS value
FROM ends
WHERE coalesce(interval_low, interval_high, interval_level) IS NOT NULL
-- breaks: [{"table": "reported_values", "row": "KH263", "set": {"interval_high": ""}}, {"table": "reported_values", "row": "KH010", "set": {"interval_level": "95", "interval_level_reason": ""}}]
-- says: ["reported_values", "KH010", "interval_level"]
-- says: ["reported_values", "KH263", "interval_high"]
-- passes: [{"table": "reported_values", "row": "KH263", "set": {"interval_low": "0", "interval_high": "100"}}, {"table": "reported_values", "row": "KH264", "set": {"interval_level": "", "interval_level_reason": "not_reported"}}]
