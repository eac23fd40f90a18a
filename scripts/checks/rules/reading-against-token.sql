-- title: The number entered is in the reported token
-- level: error
-- why: A typing error would change the figure.
-- fix: Compare [low] and [high] with [printed], digit by digit. [decimal_mark] in data/sources.csv says whether a comma is the decimal mark.
-- message: The number {value} does not stand in “{printed}”, which holds {numbers}.
-- example: {"table": "reported_values", "row": "KH010", "set": {"low": "2.3", "high": "2.3"}}
-- fixed: {"low": "2.2", "high": "2.2"}
-- says: ["reported_values", "KH010", "high"]
-- says: ["reported_values", "KH010", "low"]
WITH alike AS ( -- readings with the same token and numbers are tested only once
    SELECT token_id, written_in, qualifier = 'none_found' AS is_none, coalesce(unit, 'percent') AS unit, low, high, list(line) AS lines
    FROM all_readings WHERE written_in <> 'words' GROUP BY ALL
), told AS ( -- 2.4 per 1,000 is a rate, 1 in 22 a quotient; the largest scale decides, because “mil” is part of “million”
    SELECT *, list_transform(numbers_printed, lambda one: try_cast(one AS DOUBLE)) AS numbers,
        list_concat(numbers, list_transform(numbers_otherwise, lambda one: try_cast(one AS DOUBLE))) AS either, -- 9,0 is also tried as 9.0
        CASE WHEN unit <> 'percent' OR regexp_matches(token, '(?i)%|per ?cent') THEN NULL WHEN regexp_matches(token, '(?i)‰|per mille') THEN 0.1
            ELSE 100 / try_cast(regexp_replace(regexp_extract(token, '(?i)[0-9][^0-9]*\b(?:in|per|for|of|pour|por|pro|je|sur) (?:every |each )?(10{0,2}[,. \x{A0}]?0{3}|100)\b', 1), '\D', '', 'g') AS DOUBLE) END AS rate,
        CASE WHEN len(numbers) > 1 THEN numbers[1] / numbers[2] ELSE 1 / numbers[1] END * if(unit = 'ratio', 1, 100) AS quotient,
        (SELECT max(value) FROM number_words WHERE kind = 'scale' AND contains(lower(token), word)) AS scale,
        unnest([{'field': 'low', 'value': low}, {'field': 'high', 'value': high}], recursive := true)
    FROM alike JOIN tokens USING (token_id) WHERE regexp_matches(printed, '\p{Nd}')
), judged AS (
    SELECT *, coalesce(list_contains(either, value), false) AS stands, coalesce(CASE
        WHEN rate IS NOT NULL THEN list_contains(list_transform(either, lambda one: round(one * rate, 9)), value)
        WHEN unit = 'percent' AND numbers[1] <= 1 AND regexp_matches(token, '[.,][0-9]')
            THEN list_contains(list_transform(either, lambda one: round(one * 100, 9)), value)
        ELSE abs(value - quotient) <= 0.0006 * quotient OR value IN (round(quotient), round(quotient, 1)) END, false) AS is_fraction,
        coalesce(list_contains(list_transform(either, lambda one: round(one * scale)), value), false) AS is_scaled
    FROM told WHERE value IS NOT NULL AND NOT (is_none AND regexp_matches(token, '\pL')) -- as in “no girl under 14”
), differing AS MATERIALIZED (
    SELECT * FROM judged
    WHERE NOT CASE written_in WHEN 'digits' THEN stands AND coalesce(rate, 1) = 1 WHEN 'fraction' THEN is_fraction ELSE is_scaled END
), known AS ( -- words that leave a number as it is, and those that multiply it as is_scaled does
    SELECT (SELECT string_agg('(?:' || pattern || ')', '|') FROM words.telling
            WHERE about IN ('unit', 'sex', 'counted') OR codes IN ('at_most', 'at_least', 'less_than', 'more_than', 'about')) AS words,
        (SELECT '\b(?:' || string_agg(word, '|') || ')\b' FROM number_words WHERE kind = 'scale') AS scales
), sure AS ( -- read with certainty: one number, next to which every sign and word is known
    SELECT *, regexp_full_match(regexp_replace(regexp_replace(regexp_replace(token_words,
            if(rate IS NULL, '^$', '\b(?:in|per|for|of|pour|por|pro|je|sur) (?:every |each )?0(?:[,. \x{A0}]0)?'), ' '), words, ' ', 'g'), scales, ' '),
        '[^0-9\pL''’·½¼¾±/–—-]*0(?:[,. \x{A0}\x{202F}]0)*[^0-9\pL''’·½¼¾±/–—-]*') AS is_sure,
        is_fraction OR is_scaled OR value = 0 OR value = list_sum(numbers) OR list_bool_or(list_transform(either,
            lambda one: if(unit = 'percent', value < one, value > 10 * one) AND abs(log10(value / one) - round(log10(value / one))) < 1e-9)) AS may_fit -- “five laki” is 500,000
    FROM differing, known
)
SELECT 'data/reported_values.csv' AS file, unnest(lines) AS line, field, value, printed,
    coalesce(nullif(array_to_string(numbers_printed, ' and '), ''), 'unknown digits') AS numbers,
    CASE WHEN written_in = 'digits' AND is_fraction THEN '“{printed}” is {value} only if [written_in] is fraction.'
        WHEN NOT is_sure THEN 'The check cannot read “{printed}” for certain. If it is {value}, leave it so: a person will compare the two.' END AS says,
    if(is_sure, 'error', 'warning') AS level_of_row
FROM sure WHERE is_sure AND NOT is_scaled OR NOT coalesce(may_fit, false)
-- breaks: [{"table": "reported_values", "row": "ILO-2017-01", "set": {"low": "40300001"}}]
-- says: ["reported_values", "ILO-2017-01", "low"]
-- passes: [{"table": "reported_values", "row": "KH201", "set": {"printed": "2.12 Prozent"}}]
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"printed": "2.4 per 1,000", "written_in": "fraction", "low": "2.4", "high": "0.24"}}, {"table": "reported_values", "row": "KH018", "set": {"printed": "0.1 per 1,000", "written_in": "digits"}}]
-- says: ["reported_values", "KH010", "low"]
-- says: ["reported_values", "KH018", "high"]
-- says: ["reported_values", "KH018", "low"]
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"printed": "2.4 per 1,000 (95 % CI 1.9–2.9)", "written_in": "fraction", "low": "0.24", "high": "0.24"}}, {"table": "reported_values", "row": "KH035", "set": {"printed": "fewer than 20"}}, {"table": "reported_values", "row": "KH007", "set": {"printed": "៣៨.０"}}, {"table": "reported_values", "row": "KH201", "set": {"printed": "nur 2,12 Prozent"}}]
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"printed": "0.022", "written_in": "fraction"}}, {"table": "reported_values", "row": "KH018", "set": {"printed": "1‰", "written_in": "fraction"}}, {"table": "reported_values", "row": "KH007", "set": {"printed": "38 of 2,104"}}]
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"printed": ".022 [.019; .048]", "written_in": "fraction"}}, {"table": "reported_values", "row": "KH018", "set": {"printed": "0.1 per 100"}}]
-- passes: [{"table": "reported_values", "row": "KH021", "set": {"printed": "no girl under 14", "written_in": "digits"}}, {"table": "reported_values", "row": "KH091", "set": {"printed": "48 775"}}, {"table": "reported_values", "row": "ILO-2017-01", "set": {"printed": "៤០.៣ លាន"}}]
