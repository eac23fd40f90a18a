-- title: A share such as 0.05 says that it is a percentage
-- level: warning
-- why: 0.05 may be 5 percent written as a proportion, which would make it a hundred times too small.
-- fix: If the number is in percent, type its sign behind it: 0.05 %. If it is a proportion, [written_in] is fraction, and [low] and [high] are in percent: 5.
-- message: The number {value} is taken as percent, but “{printed}” does not say percent.
-- example: {"table": "reported_values", "row": "KH010", "set": {"printed": "0.022", "low": "0.022", "high": "0.022"}}
-- fixed: {"printed": "2.2", "low": "2.2", "high": "2.2"}
-- says: ["reported_values", "KH010", "low"]
SELECT line, printed, token_id FROM all_readings WHERE unit = 'percent' AND written_in = 'digits' AND low < 1
;
SELECT 'data/reported_values.csv' AS file, line, 'low' AS field, low AS value, v.printed
FROM asked v JOIN (SELECT line, low FROM raw.reported_values) USING (line) JOIN tokens USING (token_id)
WHERE regexp_matches(low, '^0[.][0-9]{2}')
    AND NOT regexp_matches(lower(token), (SELECT any_value(pattern) FROM words.telling WHERE codes = 'percent'))
-- passes: [{"table": "reported_values", "row": "KH018", "set": {"printed": "0.12 per cent", "low": "0.12"}}, {"table": "reported_values", "row": "KH010", "set": {"printed": "2.4 per 1,000", "written_in": "fraction", "low": "0.24"}}]
