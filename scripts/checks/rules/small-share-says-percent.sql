-- title: A share below 1 percent says that it is a percentage
-- level: error
-- why: 0.05 may be 5 percent written as a proportion, which would make it a hundred times too small.
-- mend: Write low and high in percent: 5, not 0.05. Copy the token with its sign or its word for percent.
-- message: The reading {value} is taken as percent, but the token “{printed}” does not say percent.
-- example: {"table": "reported_values", "row": "KH010", "set": {"printed": "0.022", "low": "0.022", "high": "0.022"}}
-- mended: {"printed": "2.2", "low": "2.2", "high": "2.2"}
-- says: ["reported_values", "KH010", "low"]
SELECT 'data/reported_values.csv' AS file, v.line, 'low' AS field, coalesce(v.low, v.high) AS value, v.printed
FROM reported_values v JOIN indicators USING (indicator_id)
WHERE unit = 'percent' AND v.written_in = 'digits' AND coalesce(v.low, v.high) > 0
    AND coalesce(v.low, v.high) < 1
    AND NOT regexp_matches(v.printed, '(?i)%|per ?cent|prozent|por ciento|pour cent|ភាគរយ')
-- passes: [{"table": "reported_values", "row": "KH018", "set": {"printed": "0.1 per cent"}}, {"table": "reported_values", "row": "KH019", "set": {"low": "0"}}]
