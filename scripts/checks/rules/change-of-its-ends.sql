-- title: A change is the difference between its two ends, as a percentage of the earlier end if its unit is percent
-- level: warning
-- why: A change that does not follow from its ends was misread, was computed differently by the source, or has another end.
-- fix: Compare the three numbers with the source. Where it gives them so, leave them. Percentage points are no change in percent: of such a change enter the two ends alone.
-- message: {change} is {low}, and from {earlier} ({first}) to {later} ({last}) it would be {made}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH022", "set": {"low": "37", "high": "37"}}
-- fixed: {"low": "73", "high": "73"}
-- says: ["reported_values", "KH022", "low"]
WITH three AS (
    SELECT c.line, c.value_id AS change, c.low, c.unit, c.qualifier, e.value_id AS earlier, e.low AS first,
        l.value_id AS later, l.low AS last,
        (l.low - e.low) * CASE c.direction WHEN 'fall' THEN -1 ELSE 1 END AS difference
    FROM all_readings c JOIN links a ON a.to_id = c.value_id AND a.relation = 'earlier_end_of'
    JOIN links b ON b.to_id = c.value_id AND b.relation = 'later_end_of'
    JOIN all_readings e ON e.value_id = a.from_id AND e.low = e.high JOIN all_readings l ON l.value_id = b.from_id AND l.low = l.high
    WHERE c.direction IS NOT NULL
)
SELECT 'data/reported_values.csv' AS file, line, 'low' AS field, low AS value, change, low, earlier, first, later, last,
    round(CASE WHEN unit = 'percent' THEN 100 * difference / first ELSE difference END, 1) AS made
FROM three WHERE CASE WHEN qualifier <> 'exact' THEN difference < 0 WHEN unit = 'percent' THEN abs(made - low) > 1.5 ELSE abs(difference - low) > 0.05 END
-- passes: [{"table": "reported_values", "row": "KH022", "set": {"low": "74", "high": "74"}}]
