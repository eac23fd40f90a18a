-- title: The number that was read stands in the printed token
-- level: error
-- why: A slip of the finger would change the figure. Decimals count: 2.0 is not 2.
-- mend: Compare low and high with the token, digit by digit. In German, French, Spanish, Portuguese, Italian, Dutch, Indonesian and Vietnamese sources a comma is the decimal mark.
-- message: The reading {value} does not stand in the token “{printed}”, which holds {numbers}.
-- example: {"table": "reported_values", "row": "KH010", "set": {"low": "2.3", "high": "2.3"}}
WITH tokens AS (
    SELECT v.line, v.printed, v.low, v.high,
        list_transform(
            regexp_extract_all(v.printed, '[0-9]+(?:[.,][0-9]+)*'),
            lambda token: CASE WHEN s.language IN ('de', 'es', 'fr', 'id', 'it', 'nl', 'pt', 'vi')
                THEN replace(replace(token, '.', ''), ',', '.')
                ELSE replace(token, ',', '') END
        ) AS numbers
    FROM raw.reported_values v JOIN raw.sources s USING (source_id)
    WHERE v.written_in = 'digits'
)
SELECT 'data/reported_values.csv' AS file, line, 'low' AS field, low AS value, printed, array_to_string(numbers, ' and ') AS numbers
FROM tokens WHERE low IS NOT NULL AND NOT list_contains(numbers, low)
UNION ALL
SELECT 'data/reported_values.csv', line, 'high', high, printed, array_to_string(numbers, ' and ')
FROM tokens WHERE high IS NOT NULL AND NOT list_contains(numbers, high)
