-- title: A printed interval lies around its value, and an assumption repeats it
-- level: error
-- why: An interval of another line has another middle.
-- mend: Compare the three numbers with the source.
-- message: {value_id}: {field} is {value}, but {state}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH263", "set": {"interval_low": "2.75"}}
-- mended: {"interval_low": "1.75"}
-- says: ["reported_values", "KH263", "interval_low"]
WITH ends AS (
    SELECT v.line, v.value_id, v.low, interval_low, interval_high, sqrt(greatest(interval_low, 1e-9) * interval_high) AS middle, (interval_low + interval_high) / 2 AS plain_middle,
        list_transform(regexp_extract_all(a.value_as_printed, '[0-9]+(?:[.][0-9]+)?'), lambda one: try_cast(one AS DOUBLE)) AS told, a.assumption_id
    FROM reported_values v LEFT JOIN assumptions a ON a.fact_id = v.value_id AND regexp_matches(a.value_as_printed, 'CI')
    WHERE interval_low IS NOT NULL AND interval_high IS NOT NULL AND v.low = v.high
)
SELECT 'data/reported_values.csv' AS file, line, CASE WHEN told IS NOT NULL AND NOT list_contains(told, interval_high) THEN 'interval_high' ELSE 'interval_low' END AS field,
    CASE WHEN told IS NOT NULL AND NOT list_contains(told, interval_high) THEN interval_high ELSE interval_low END AS value, value_id,
    CASE WHEN told IS NOT NULL AND NOT (list_contains(told, interval_low) AND list_contains(told, interval_high)) THEN assumption_id || ' repeats another interval' ELSE 'the middle of the interval is ' || round(middle, 2) || ', and the value ' || low END AS state
FROM ends
WHERE (told IS NOT NULL AND NOT (list_contains(told, interval_low) AND list_contains(told, interval_high)))
    OR (low BETWEEN interval_low AND interval_high) AND NOT (low BETWEEN 0.9 * middle AND 1.12 * middle OR low BETWEEN 0.97 * plain_middle AND 1.03 * plain_middle)
-- breaks: [{"table": "reported_values", "row": "KH265", "set": {"interval_high": "8.75"}}]
-- says: ["reported_values", "KH265", "interval_low"]
-- passes: [{"table": "reported_values", "row": "KH265", "set": {"interval_low": "1.75"}}]
