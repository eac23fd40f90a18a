-- title: The words of indicators use only the placeholders that are filled in
-- level: error
-- why: An unknown placeholder would appear on the pages as it is, and a sentence without {n} gives no number.
-- fix: Write a placeholder of the list, in plain braces and with nothing added; or leave the [cell] blank, and the general words serve.
-- message: “{other}” in braces is not filled in. This column may hold: {listed}.
-- example: {"table": "indicator_words", "row": "share-in-age-band", "set": {"sentence": "{nn} of {group} {where} {were} {ages}"}}
-- fixed: {"sentence": "{n} of {group} {where} {were} {ages}"}
-- says: ["indicator_words", "share-in-age-band", "sentence"]
WITH cells AS (
    UNPIVOT indicator_words ON caption, heading, sentence, unnamed INTO NAME field VALUE value
), told AS (
    SELECT line, field, value, coalesce(nullif(translate(array_to_string(allowed, ', '), '{}', ''), ''), 'none') AS listed,
        list_filter(regexp_extract_all(value, '\{[^{}]*}?|}'), lambda one: NOT list_contains(allowed, one))[1] AS other
    FROM cells JOIN placeholders USING (field)
)
SELECT 'data/editorial/indicator_words.csv' AS file, line, field, value, listed, coalesce(nullif(trim(told.other, '{}'), ''), 'nothing') AS other,
    CASE WHEN told.other IS NULL THEN 'A sentence holds n, and where or place, in braces.' END AS says
FROM told
WHERE told.other IS NOT NULL OR field = 'sentence' AND NOT (contains(value, '{n}') AND regexp_matches(value, '\{(where|place)}'))
-- breaks: [{"table": "indicator_words", "row": "share-in-age-band", "set": {"sentence": "{n} of {group} {were} {ages}", "heading": "{caption!r} among { group"}}]
-- says: ["indicator_words", "share-in-age-band", "heading"]
-- says: ["indicator_words", "share-in-age-band", "sentence"]
-- passes: [{"table": "indicator_words", "row": "share-in-age-band", "set": {"caption": "", "heading": "", "sentence": "", "unnamed": ""}}]
