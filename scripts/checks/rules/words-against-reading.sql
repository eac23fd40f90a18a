-- title: A number in words is the number entered
-- level: hint
-- why: A number in words can be misread as easily as digits, and no digits reveal it.
-- fix: Compare [low] and [high] with the words of [printed]. A fraction is read in percent.
-- message: “{printed}” says {said}, the number is {value}.
-- example: {"table": "reported_values", "row": "KH008", "set": {"low": "36", "high": "36"}}
-- fixed: {"low": "38", "high": "38"}
-- says: ["reported_values", "KH008", "low"]
WITH words AS ( -- one in eight, or ten to fifteen, is more than one number
    SELECT line, unnest(regexp_extract_all(lower(token), '[^[:space:][:punct:]]+')) AS word, generate_subscripts(
        regexp_extract_all(lower(token), '[^[:space:][:punct:]]+'), 1) AS position
    FROM all_readings JOIN tokens USING (token_id)
    WHERE written_in = 'words' AND qualifier <> 'none_found' AND NOT regexp_matches(lower(token), '\b(?:in|of|to|de|en|sur|half) |cent\b')
), said AS ( -- a hundred multiplies the number before it, a third divides it
    SELECT line, list(CASE kind WHEN 'number' THEN value ELSE -value END ORDER BY position) FILTER (WHERE kind <> 'fraction') AS steps,
        list_reduce(list_prepend(0::DOUBLE, steps), lambda sum, one: CASE WHEN one >= 0 THEN sum + one
            WHEN one = -100 THEN floor(sum / 1000) * 1000 + greatest(sum % 1000, 1) * 100 ELSE greatest(sum, 1) * -one END) AS number,
        max(value) FILTER (WHERE kind = 'fraction') AS fraction
    FROM words JOIN number_words USING (word) WHERE kind IN ('number', 'scale', 'fraction') GROUP BY line
), judged AS (
    SELECT v.line, printed, coalesce(low, high) AS value, CASE WHEN low IS NULL THEN 'high' ELSE 'low' END AS field,
        CASE WHEN fraction IS NULL THEN number ELSE greatest(number, 1) * 100 / fraction END AS said
    FROM all_readings v JOIN said USING (line)
)
SELECT 'data/reported_values.csv' AS file, line, field, value, printed, round(said, 1) AS said
FROM judged
WHERE abs(value - said) > 0.01 * said
-- passes: [{"table": "reported_values", "row": "KH008", "set": {"printed": "thirty - eight"}}]
