-- title: A number in words is the number that was read
-- level: error
-- why: A number word can be read wrong like a digit, and no digit shows it.
-- mend: Compare low and high with the words of the token. A fraction or one in so many is read in percent.
-- message: The token “{printed}” says {said}, the reading is {value}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH008", "set": {"low": "36", "high": "36"}}
-- mended: {"low": "38", "high": "38"}
-- says: ["reported_values", "KH008", "high"]
-- says: ["reported_values", "KH008", "low"]
WITH tokens AS (
    SELECT line, low, high, printed, unit, regexp_replace(regexp_replace(lower(token),
        '(?:per ?cent|pour cent|por ciento|prozent|peratus)\b|\bnew ones\b', ''), '^.*?\bof\b (?:the )?(?:total|more)\b', '') AS words,
        regexp_matches(token, '(?i)of one per ?cent') AS is_percent_already
    FROM all_readings WHERE written_in = 'words' AND qualifier <> 'none_found'
), ends AS ( -- ten to fifteen thousand: two numbers, of which the first lends its scale from the last
    SELECT *, CASE WHEN is_percent_already THEN split_part(words, ' of ', 1) ELSE words END AS text, 'high' AS which FROM tokens
), words AS (
    SELECT line, part, word, position FROM (
        SELECT line, part, string_split(text, ' to ')[part] AS piece
        FROM ends, (VALUES (1), (2)) AS parts (part) WHERE part <= len(string_split(text, ' to '))
    ), LATERAL (SELECT unnest(regexp_extract_all(piece, '[^[:space:][:digit:].,;:()"–-]+')) AS word, generate_subscripts(regexp_extract_all(piece, '[^[:space:][:digit:].,;:()"–-]+'), 1) AS position)
), parts AS (
    SELECT line, part, list_reduce(list_prepend(0::DOUBLE, coalesce(list(CASE kind WHEN 'scale' THEN -value ELSE value END ORDER BY position)
            FILTER (WHERE kind <> 'fraction'), [])), lambda sum, one: CASE WHEN one >= 0 THEN sum + one
            WHEN one = -100 THEN floor(sum / 1000) * 1000 + greatest(sum % 1000, 1) * 100 ELSE greatest(sum, 1) * -one END) AS number,
        max(value) FILTER (WHERE kind = 'scale') AS scale, max(value) FILTER (WHERE kind = 'fraction') AS fraction
    FROM words JOIN number_words USING (word) GROUP BY line, part
), said AS (
    SELECT e.*, first.number AS first_number, last.number AS last_number, CASE
        WHEN unit = 'percent' AND regexp_matches(text, '\b(?:one|1) (?:in|of|out of) ') THEN 100 / (coalesce(last.number, first.number) - 1)
        WHEN regexp_matches(text, 'twice') THEN 2
        WHEN regexp_matches(text, '\bdoubled?\b') THEN 100 WHEN regexp_matches(text, '\b(?:tripled?|trebled?)\b') THEN 200
        WHEN regexp_matches(text, '\bmajority\b') THEN 50
        WHEN first.fraction IS NOT NULL THEN greatest(first.number, 1) / first.fraction
            * CASE WHEN unit = 'percent' AND NOT is_percent_already THEN 100 WHEN is_percent_already THEN 1 ELSE 1 END
        ELSE coalesce(last.number, first.number) END AS high_said,
        CASE WHEN last.number IS NOT NULL THEN first.number * CASE WHEN first.scale IS NULL THEN coalesce(last.scale, 1) ELSE 1 END ELSE high_said END AS low_said
    FROM ends e LEFT JOIN parts first ON first.line = e.line AND first.part = 1
    LEFT JOIN parts last ON last.line = e.line AND last.part = 2
), judged AS (
    SELECT line, printed, 'low' AS field, low AS value, low_said AS said FROM said
    UNION ALL SELECT line, printed, 'high', high, high_said FROM said
)
SELECT 'data/reported_values.csv' AS file, line, field, value, printed, round(said, 3) AS said
FROM judged
WHERE value IS NOT NULL AND said > 0 AND abs(value - said) > 0.003 * said
-- breaks: [{"table": "reported_values", "row": "UNICEF-KEN-01-a", "set": {"high": "50000"}}]
-- says: ["reported_values", "UNICEF-KEN-01-a", "high"]
-- breaks: [{"table": "reported_values", "row": "KH226", "set": {"low": "66.7", "high": "66.7"}}]
-- says: ["reported_values", "KH226", "high"]
-- says: ["reported_values", "KH226", "low"]
-- passes: [{"table": "reported_values", "row": "KH008", "set": {"printed": "thirty - eight"}}]
-- passes: [{"table": "reported_values", "row": "KH062", "set": {"printed": "fast ein Drittel", "written_in": "words", "high": "33.3"}}]
