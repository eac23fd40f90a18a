-- title: The number that was read stands in the printed token
-- level: error
-- why: A slip of the finger would change the figure. Decimals count: 2.0 is not 2.
-- mend: Compare low and high with the token, digit by digit. decimal_mark in data/sources.csv says whether a comma is the decimal mark; written_in says whether the token is a fraction or holds a word such as million.
-- message: The reading {value} does not stand in the token “{printed}”, which holds {numbers}.{hint}
-- example: {"table": "reported_values", "row": "KH010", "set": {"low": "2.3", "high": "2.3"}}
-- mended: {"low": "2.2", "high": "2.2"}
-- says: ["reported_values", "KH010", "high"]
-- says: ["reported_values", "KH010", "low"]
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
-- says: ["reported_values", "IJM-DOM-12", "high"]
-- says: ["reported_values", "IJM-DOM-12", "low"]
-- breaks: [{"table": "reported_values", "row": "ILO-2017-01", "set": {"low": "40300001"}}]
-- says: ["reported_values", "ILO-2017-01", "low"]
-- breaks: [{"table": "reported_values", "row": "ILO-2017-01", "set": {"printed": "40.3 thousand"}}]
-- says: ["reported_values", "ILO-2017-01", "high"]
-- says: ["reported_values", "ILO-2017-01", "low"]
-- breaks: [{"table": "reported_values", "row": "ILO-2017-01", "set": {"printed": "40.3 billion"}}]
-- says: ["reported_values", "ILO-2017-01", "high"]
-- says: ["reported_values", "ILO-2017-01", "low"]
-- breaks: [{"table": "reported_values", "row": "ILO-2017-01", "set": {"printed": "40.3", "low": "40.3"}}]
-- says: ["reported_values", "ILO-2017-01", "high"]
-- says: ["reported_values", "ILO-2017-01", "low"]
-- breaks: [{"table": "reported_values", "row": "KH201", "set": {"printed": "2.12 Prozent"}}]
-- says: ["reported_values", "KH201", "high"]
-- says: ["reported_values", "KH201", "low"]
-- breaks: [{"table": "reported_values", "row": "KH252-a", "set": {"low": "4.5"}}]
-- says: ["reported_values", "KH252-a", "low"]
-- breaks: [{"table": "reported_values", "row": "KH252-a", "set": {"low": "22"}}]
-- says: ["reported_values", "KH252-a", "low"]
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"low": "2104", "high": "38", "printed": "38 of 2,104"}}, {"table": "reported_values", "row": "KH018", "set": {"printed": "a tenth", "written_in": "words"}}, {"table": "reported_values", "row": "KH035", "set": {"printed": "fewer than 20"}}, {"table": "reported_values", "row": "KH091", "set": {"printed": "48\u00a0775"}}, {"table": "reported_values", "row": "KH201", "set": {"printed": "nur 2,12 Prozent"}}, {"table": "reported_values", "row": "KH202", "set": {"printed": "1.234,5 Prozent", "low": "1234.5", "high": "1234.5"}}]
-- passes: [{"table": "reported_values", "row": "ILO-2017-01", "set": {"printed": "40.30 MILLION"}}, {"table": "reported_values", "row": "ILO-2017-02", "set": {"printed": "4,800 thousand"}}, {"table": "reported_values", "row": "ILO-2022-01", "set": {"printed": "0.0496 billion"}}, {"table": "reported_values", "row": "KH106", "set": {"printed": "1 in 350"}}, {"table": "reported_values", "row": "KH252-a", "set": {"printed": "3 in 8", "low": "37.5", "high": "37.5"}}]
-- passes: [{"table": "reported_values", "row": "KH007", "set": {"printed": "៣៨"}}, {"table": "reported_values", "row": "ILO-2017-01", "set": {"printed": "៤០.៣ លាន"}}, {"table": "reported_values", "row": "ILO-2017-02", "set": {"printed": "48 lakh"}}, {"table": "reported_values", "row": "ILO-2022-03", "set": {"printed": "6.3 millones"}}]
-- breaks: [{"table": "reported_values", "row": "KH007", "set": {"printed": "៣៩", "low": "39"}}]
-- says: ["reported_values", "KH007", "high"]
-- passes: [{"table": "reported_values", "row": "KH018", "set": {"printed": "about a tenth of one percent", "written_in": "fraction", "low": "0.1", "high": "0.1"}}]
-- breaks: [{"table": "reported_values", "row": "KH007", "set": {"printed": "𑁩𑁮"}}]
-- says: ["reported_values", "KH007", "high"]
-- says: ["reported_values", "KH007", "low"]
