-- title: The number that was read stands in the reported token
-- level: error
-- why: A slip of the finger would change the figure.
-- mend: Compare [low] and [high] with [printed], digit by digit. Shares are typed in percent: 2.2, not 0.022. [decimal_mark] in data/sources.csv says whether a comma is the decimal mark; [written_in] says whether the number is a fraction, such as 2.4 per 1,000, or holds a word such as million.
-- message: The number {value} does not stand in “{printed}”, which holds {numbers}.
-- example: {"table": "reported_values", "row": "KH010", "set": {"low": "2.3", "high": "2.3"}}
-- mended: {"low": "2.2", "high": "2.2"}
-- says: ["reported_values", "KH010", "high"]
-- says: ["reported_values", "KH010", "low"]
WITH alike AS ( -- readings with the same token and numbers are asked once
    SELECT token_id, written_in, qualifier = 'none_found' AS is_none, unit IS NOT DISTINCT FROM 'percent' AS is_percent, low, high, list(line) AS lines
    FROM all_readings WHERE written_in <> 'words' GROUP BY ALL
), told AS ( -- one in 22, 2.4 per 1,000; the largest scale, because mil stands in million
    SELECT *, list_transform(numbers_printed, lambda one: try_cast(one AS DOUBLE)) AS numbers,
        CASE WHEN len(numbers) > 1 THEN numbers[1] / numbers[2] ELSE 1 / numbers[1] END AS fraction,
        is_none AND regexp_matches(token, '^\pL') AS says_none, -- no girl under 14
        is_percent AND regexp_matches(token, '(?i)\bper 1[,. ]?0{2}|‰') AS is_rate,
        CASE written_in WHEN 'scaled' THEN (SELECT max(value) FROM number_words WHERE kind = 'scale' AND contains(lower(token), word)) END AS scale,
        unnest([{'field': 'low', 'value': low}, {'field': 'high', 'value': high}], recursive := true)
    FROM alike JOIN tokens USING (token_id) WHERE regexp_matches(printed, '\p{Nd}')
)
SELECT 'data/reported_values.csv' AS file, unnest(lines) AS line, field, value, printed,
    coalesce(nullif(array_to_string(numbers_printed, ' and '), ''), 'unknown digits') AS numbers
FROM told
WHERE value IS NOT NULL AND NOT says_none AND NOT coalesce(CASE written_in
    WHEN 'digits' THEN list_contains(numbers, value) AND NOT is_rate
    WHEN 'scaled' THEN list_contains(list_transform(numbers, lambda one: round(one * scale)), value)
    ELSE abs(value - 100 * fraction) <= 0.06 * fraction END, false)
-- breaks: [{"table": "reported_values", "row": "KH201", "set": {"printed": "2.12 Prozent"}}, {"table": "reported_values", "row": "ILO-2017-01", "set": {"low": "40300001"}}]
-- says: ["reported_values", "ILO-2017-01", "low"]
-- says: ["reported_values", "KH201", "high"]
-- says: ["reported_values", "KH201", "low"]
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"printed": "2.4 per 1,000", "written_in": "fraction", "low": "2.4", "high": "0.24"}}, {"table": "reported_values", "row": "KH018", "set": {"printed": "0.1 per 1,000", "written_in": "digits"}}]
-- says: ["reported_values", "KH010", "low"]
-- says: ["reported_values", "KH018", "high"]
-- says: ["reported_values", "KH018", "low"]
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"printed": "2.4 per 1,000 (95 % CI 1.9–2.9)", "written_in": "fraction", "low": "0.24", "high": "0.24"}}, {"table": "reported_values", "row": "KH035", "set": {"printed": "fewer than 20"}}, {"table": "reported_values", "row": "KH007", "set": {"printed": "៣៨.０"}}, {"table": "reported_values", "row": "KH201", "set": {"printed": "nur 2,12 Prozent"}}]
-- passes: [{"table": "reported_values", "row": "KH021", "set": {"printed": "no girl under 14", "written_in": "digits"}}, {"table": "reported_values", "row": "KH091", "set": {"printed": "48 775"}}, {"table": "reported_values", "row": "ILO-2017-01", "set": {"printed": "៤០.៣ លាន"}}]
