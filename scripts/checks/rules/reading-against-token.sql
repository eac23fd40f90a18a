-- title: The number that was read stands in the printed token
-- level: error
-- why: A slip of the finger would change the figure. Decimals count: 2.0 is not 2.
-- mend: Compare low and high with the token, digit by digit. decimal_mark in data/sources.csv says whether a comma is the decimal mark; written_in says whether the token is a fraction or holds a word such as million.
-- message: The reading {value} does not stand in the token “{printed}”, which holds {numbers}.{hint}
-- example: {"table": "reported_values", "row": "KH010", "set": {"low": "2.3", "high": "2.3"}}
-- mended: {"low": "2.2", "high": "2.2"}
-- says: {"table": "reported_values", "row": "KH010", "field": "high", "value": "2.3", "message": "The reading 2.3 does not stand in the token “2.2”, which holds 2.2."}
-- says: {"table": "reported_values", "row": "KH010", "field": "low", "value": "2.3", "message": "The reading 2.3 does not stand in the token “2.2”, which holds 2.2."}
WITH alike AS (
    SELECT list(line) AS lines, printed, written_in, unit, token, source_id, low, high FROM raw.reported_values JOIN (SELECT line, unit, token FROM all_readings) USING (line) GROUP BY ALL
), tokens AS (
    SELECT v.lines, v.low, v.high, v.printed, v.written_in, v.unit = 'percent' AS is_share, lower(v.token) AS words, list_transform(
        regexp_extract_all(v.token, '[0-9]+(?:[ \x{A0}\x{202F}][0-9]{3}\b)*(?:[.,][0-9]+)*'),
        lambda token: regexp_replace(CASE WHEN s.decimal_mark = 'comma'
            THEN replace(replace(token, '.', ''), ',', '.') ELSE replace(token, ',', '') END,
            '[ \x{A0}\x{202F}]', '', 'g')
    ) AS numbers
    FROM alike v JOIN raw.sources s USING (source_id)
), scales AS ( -- the largest of them: mil stands in million
    SELECT words, max(value) AS unit FROM (SELECT DISTINCT words FROM tokens WHERE written_in = 'scaled') JOIN number_words ON kind = 'scale' AND contains(words, word) GROUP BY words
), readings AS (
    SELECT *, 'low' AS field, low AS value FROM tokens WHERE low IS NOT NULL UNION ALL SELECT *, 'high', high FROM tokens WHERE high IS NOT NULL
), compared AS (
    SELECT *, TRY_CAST(value AS DOUBLE) AS number,
        CASE WHEN len(numbers) > 1 THEN try_cast(numbers[1] AS DOUBLE) ELSE 1 END AS part, try_cast(numbers[-1] AS DOUBLE) AS whole
    FROM readings LEFT JOIN scales ON scales.words = readings.words AND written_in = 'scaled'
)
SELECT 'data/reported_values.csv' AS file, unnest(lines) AS line, field, value, printed, coalesce(nullif(array_to_string(numbers, ' and '), ''), 'digits of a script that we do not read') AS numbers,
    coalesce(' Shares are in percent: type ' || CASE WHEN is_share AND number <= 1 AND written_in = 'digits' THEN
        list_filter(numbers, lambda one: abs(try_cast(one AS DOUBLE) - 100 * number) < 1e-9)[1] END || '.', '') AS hint
FROM compared
WHERE NOT (len(numbers) = 0 AND NOT regexp_matches(printed, '\p{Nd}')) AND NOT coalesce(CASE written_in -- another rule tells of a token without digits
    WHEN 'words' THEN true
    WHEN 'digits' THEN list_contains(numbers, value)
    WHEN 'scaled' THEN list_contains(list_transform(numbers, lambda one: round(try_cast(one AS DOUBLE) * unit)), number)
    ELSE abs(number - 100 * part / whole) <= 0.0006 * number END, false)
-- breaks: [{"table": "reported_values", "row": "IJM-DOM-12", "set": {"printed": "5,8 %"}}]
-- says: {"table": "reported_values", "row": "IJM-DOM-12", "field": "high", "value": "5.8", "message": "The reading 5.8 does not stand in the token “5,8 %”, which holds 58."}
-- says: {"table": "reported_values", "row": "IJM-DOM-12", "field": "low", "value": "5.8", "message": "The reading 5.8 does not stand in the token “5,8 %”, which holds 58."}
-- breaks: [{"table": "reported_values", "row": "ILO-2017-01", "set": {"low": "40300001"}}]
-- says: {"table": "reported_values", "row": "ILO-2017-01", "field": "low", "value": "40300001", "message": "The reading 40300001 does not stand in the token “40.3 million”, which holds 40.3."}
-- breaks: [{"table": "reported_values", "row": "ILO-2017-01", "set": {"printed": "40.3 thousand"}}]
-- says: {"table": "reported_values", "row": "ILO-2017-01", "field": "high", "value": "40300000", "message": "The reading 40300000 does not stand in the token “40.3 thousand”, which holds 40.3."}
-- says: {"table": "reported_values", "row": "ILO-2017-01", "field": "low", "value": "40300000", "message": "The reading 40300000 does not stand in the token “40.3 thousand”, which holds 40.3."}
-- breaks: [{"table": "reported_values", "row": "ILO-2017-01", "set": {"printed": "40.3 billion"}}]
-- says: {"table": "reported_values", "row": "ILO-2017-01", "field": "high", "value": "40300000", "message": "The reading 40300000 does not stand in the token “40.3 billion”, which holds 40.3."}
-- says: {"table": "reported_values", "row": "ILO-2017-01", "field": "low", "value": "40300000", "message": "The reading 40300000 does not stand in the token “40.3 billion”, which holds 40.3."}
-- breaks: [{"table": "reported_values", "row": "ILO-2017-01", "set": {"printed": "40.3", "low": "40.3"}}]
-- says: {"table": "reported_values", "row": "ILO-2017-01", "field": "high", "value": "40300000", "message": "The reading 40300000 does not stand in the token “40.3”, which holds 40.3."}
-- says: {"table": "reported_values", "row": "ILO-2017-01", "field": "low", "value": "40.3", "message": "The reading 40.3 does not stand in the token “40.3”, which holds 40.3."}
-- breaks: [{"table": "reported_values", "row": "KH201", "set": {"printed": "2.12 Prozent"}}]
-- says: {"table": "reported_values", "row": "KH201", "field": "high", "value": "2.12", "message": "The reading 2.12 does not stand in the token “2.12 Prozent”, which holds 212."}
-- says: {"table": "reported_values", "row": "KH201", "field": "low", "value": "2.12", "message": "The reading 2.12 does not stand in the token “2.12 Prozent”, which holds 212."}
-- breaks: [{"table": "reported_values", "row": "KH252-a", "set": {"low": "4.5"}}]
-- says: {"table": "reported_values", "row": "KH252-a", "field": "low", "value": "4.5", "message": "The reading 4.5 does not stand in the token “1 in 22”, which holds 1 and 22."}
-- breaks: [{"table": "reported_values", "row": "KH252-a", "set": {"low": "22"}}]
-- says: {"table": "reported_values", "row": "KH252-a", "field": "low", "value": "22", "message": "The reading 22 does not stand in the token “1 in 22”, which holds 1 and 22."}
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"low": "2104", "high": "38", "printed": "38 of 2,104"}}, {"table": "reported_values", "row": "KH018", "set": {"printed": "a tenth", "written_in": "words"}}, {"table": "reported_values", "row": "KH035", "set": {"printed": "fewer than 20"}}, {"table": "reported_values", "row": "KH091", "set": {"printed": "48\u00a0775"}}, {"table": "reported_values", "row": "KH201", "set": {"printed": "nur 2,12 Prozent"}}, {"table": "reported_values", "row": "KH202", "set": {"printed": "1.234,5 Prozent", "low": "1234.5", "high": "1234.5"}}]
-- passes: [{"table": "reported_values", "row": "ILO-2017-01", "set": {"printed": "40.30 MILLION"}}, {"table": "reported_values", "row": "ILO-2017-02", "set": {"printed": "4,800 thousand"}}, {"table": "reported_values", "row": "ILO-2022-01", "set": {"printed": "0.0496 billion"}}, {"table": "reported_values", "row": "KH106", "set": {"printed": "1 in 350"}}, {"table": "reported_values", "row": "KH252-a", "set": {"printed": "3 in 8", "low": "37.5", "high": "37.5"}}]
-- passes: [{"table": "reported_values", "row": "KH007", "set": {"printed": "៣៨"}}, {"table": "reported_values", "row": "ILO-2017-01", "set": {"printed": "៤០.៣ លាន"}}, {"table": "reported_values", "row": "ILO-2017-02", "set": {"printed": "48 lakh"}}, {"table": "reported_values", "row": "ILO-2022-03", "set": {"printed": "6.3 millones"}}]
-- breaks: [{"table": "reported_values", "row": "KH007", "set": {"printed": "៣៩", "low": "39"}}]
-- says: {"table": "reported_values", "row": "KH007", "field": "high", "value": "38", "message": "The reading 38 does not stand in the token “៣៩”, which holds 39."}
-- passes: [{"table": "reported_values", "row": "KH018", "set": {"printed": "about a tenth of one percent", "written_in": "fraction", "low": "0.1", "high": "0.1"}}]
-- breaks: [{"table": "reported_values", "row": "KH007", "set": {"printed": "𑁩𑁮"}}]
-- says: {"table": "reported_values", "row": "KH007", "field": "high", "value": "38", "message": "The reading 38 does not stand in the token “𑁩𑁮”, which holds digits of a script that we do not read."}
-- says: {"table": "reported_values", "row": "KH007", "field": "low", "value": "38", "message": "The reading 38 does not stand in the token “𑁩𑁮”, which holds digits of a script that we do not read."}
