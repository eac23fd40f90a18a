-- title: A reported interval has two ends and its level, all as reported
-- level: error
-- why: A single end, a level without ends, or a number that the source does not give was read from the wrong line.
-- fix: Compare [interval_low], [interval_high], [interval_level] and its reason with the source; fill both ends or none.
-- message: The reported interval lacks an end.
-- example: {"table": "reported_values", "row": "KH263", "set": {"interval_low": ""}}
-- fixed: {"interval_low": "1.75"}
-- says: ["reported_values", "KH263", "interval_low"]
WITH ends AS (
    SELECT line, NULL AS printed, NULL AS numbers, CASE WHEN interval_low IS NOT NULL THEN 'interval_high'
        WHEN interval_high IS NOT NULL THEN 'interval_low' ELSE 'interval_level' END AS field,
        CASE field WHEN 'interval_level' THEN interval_level END AS value
    FROM reported_values WHERE (interval_low IS NULL OR interval_high IS NULL) AND coalesce(interval_low, interval_high, interval_level) IS NOT NULL
), beside AS ( -- a number that holds its interval: 9.0 % (95 % CI 6.4–12.2)
    SELECT r.line, k.printed, k.token, list_transform(list_concat(k.numbers_printed, k.numbers_otherwise), lambda one: try_cast(one AS DOUBLE)) AS numbers,
        unnest([{'field': 'interval_low', 'value': interval_low}, {'field': 'interval_high', 'value': interval_high},
            {'field': 'interval_level', 'value': interval_level}], recursive := true)
    FROM (FROM reported_values WHERE interval_low IS NOT NULL AND regexp_matches(printed, '\b(?:CI|CrI|UI|IC|KI|interval)\b')) r
    JOIN all_readings v USING (line) JOIN tokens k USING (token_id) WHERE v.written_in <> 'fraction'
), sure AS ( -- read with certainty: two ends in digits and nothing else, or the level before the word
    SELECT *, CASE field WHEN 'interval_level' THEN regexp_matches(token, '[0-9] ?%? (?:CI|CrI|UI|IC|KI)\b')
        ELSE regexp_matches(token, '\b(?:CI|CrI|UI|IC|KI)[ :=,]*[0-9.,]+ ?%?(?: to |;? |, | ?[–-] ?)[0-9.,]+ ?%?[)\]]?$') END AS is_sure
    FROM beside WHERE value IS NOT NULL AND NOT list_contains(numbers, abs(value))
)
SELECT 'data/reported_values.csv' AS file, line, field, value, NULL AS printed, NULL AS says FROM ends
UNION ALL SELECT 'data/reported_values.csv', line, field, value, printed, '{value} does not stand in “{printed}”.' FROM sure WHERE is_sure
-- breaks: [{"table": "reported_values", "row": "KH263", "set": {"interval_high": ""}}, {"table": "reported_values", "row": "KH010", "set": {"interval_level": "95", "interval_level_reason": ""}}]
-- says: ["reported_values", "KH010", "interval_level"]
-- says: ["reported_values", "KH263", "interval_high"]
-- breaks: [{"table": "reported_values", "row": "KH263", "set": {"printed": "3.2 % (95 % CI 1.75–5.57)", "interval_level": "59", "interval_level_reason": ""}}]
-- says: ["reported_values", "KH263", "interval_high"]
-- says: ["reported_values", "KH263", "interval_level"]
-- passes: [{"table": "reported_values", "row": "KH263", "set": {"interval_low": "0", "interval_high": "100"}}, {"table": "reported_values", "row": "KH264", "set": {"interval_level": "", "interval_level_reason": "not_reported"}}]
