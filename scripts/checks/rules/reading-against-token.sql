-- title: The number that was read stands in the printed token
-- level: error
-- why: A slip of the finger would change the figure. Decimals count: 2.0 is not 2.
-- mend: Compare low and high with the token, digit by digit. decimal_mark in data/sources.csv says whether a comma is the decimal mark; written_in says whether the token is a fraction or holds a word such as million.
-- message: The reading {value} does not stand in the token “{printed}”, which holds {numbers}.{hint}
-- example: {"table": "reported_values", "row": "KH010", "set": {"low": "2.3", "high": "2.3"}}
-- mended: {"low": "2.2", "high": "2.2"}
WITH tokens AS (
    SELECT v.line, v.printed, v.written_in, i.unit = 'percent' AS is_share, list_transform(
        regexp_extract_all(v.printed, '[0-9]+(?:[ \x{A0}\x{202F}][0-9]{3}\b)*(?:[.,][0-9]+)*'),
        lambda token: regexp_replace(CASE WHEN s.decimal_mark = 'comma'
            THEN replace(replace(token, '.', ''), ',', '.') ELSE replace(token, ',', '') END,
            '[ \x{A0}\x{202F}]', '', 'g')
    ) AS numbers
    FROM raw.reported_values v JOIN raw.sources s USING (source_id)
    LEFT JOIN raw.indicators i USING (indicator_id)
), readings AS (
    SELECT line, 'low' AS field, low AS value FROM raw.reported_values WHERE low IS NOT NULL
    UNION ALL SELECT line, 'high', high FROM raw.reported_values WHERE high IS NOT NULL
), compared AS (
    SELECT *, TRY_CAST(value AS DOUBLE) AS number,
        CASE WHEN printed ILIKE '%billion%' THEN 1e9 WHEN printed ILIKE '%million%' THEN 1e6
            WHEN printed ILIKE '%thousand%' THEN 1e3 END AS unit,
        CASE WHEN len(numbers) > 1 THEN numbers[1]::DOUBLE ELSE 1 END AS part, numbers[-1]::DOUBLE AS whole
    FROM readings JOIN tokens USING (line)
)
SELECT 'data/reported_values.csv' AS file, line, field, value, printed, array_to_string(numbers, ' and ') AS numbers,
    coalesce(' Shares are in percent: type ' || CASE WHEN is_share AND number <= 1 AND written_in = 'digits' THEN
        list_filter(numbers, lambda one: abs(one::DOUBLE - 100 * number) < 1e-9)[1] END || '.', '') AS hint
FROM compared
WHERE NOT coalesce(CASE written_in
    WHEN 'words' THEN true
    WHEN 'digits' THEN list_contains(numbers, value)
    WHEN 'scaled' THEN list_contains(list_transform(numbers, lambda one: round(one::DOUBLE * unit)), number)
    ELSE abs(number - 100 * part / whole) <= 0.0006 * number END, false)
