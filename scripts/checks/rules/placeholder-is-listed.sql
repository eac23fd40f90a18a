-- title: Words of indicators hold the placeholders that are filled in
-- level: error
-- why: A placeholder that nobody knows would stand on the pages as it is, and a sentence without {n} tells no number.
-- mend: Write a placeholder of the list, in plain braces and with nothing added; or leave the cell blank, and the general words serve.
-- message: {fault} This column may hold {allowed}.
-- example: {"table": "indicator_words", "row": "share-in-age-band", "set": {"sentence": "{nn} of {group} {where} {were} {ages}"}}
-- mended: {"sentence": "{n} of {group} {where} {were} {ages}"}
-- says: ["indicator_words", "share-in-age-band", "sentence"]
WITH cells AS (
    UNPIVOT (SELECT line, caption, heading, sentence, unnamed FROM indicator_words)
    ON caption, heading, sentence, unnamed INTO NAME field VALUE value
), judged AS (
    SELECT line, field, value, allowed, CASE
        WHEN len(others) > 0 THEN '“' || others[1] || '” is not filled in.'
        WHEN field = 'sentence' AND NOT contains(value, '{n}') THEN 'The sentence lacks {n}.'
        WHEN field = 'sentence' AND NOT regexp_matches(value, '\{(where|place)}') THEN 'The sentence lacks {where} or {place}.'
        END AS fault
    FROM (SELECT *, list_filter(regexp_extract_all(value, '\{[^{}]*}?|}'), lambda one: NOT list_contains(allowed, one)) AS others
        FROM cells JOIN placeholders USING (field))
)
SELECT 'data/indicator_words.csv' AS file, line, field, value, fault, coalesce(nullif(array_to_string(allowed, ', '), ''), 'none') AS allowed
FROM judged
WHERE fault IS NOT NULL
-- breaks: [{"table": "indicator_words", "row": "share-in-age-band", "set": {"sentence": "{n:>200000000} of {group} {where} {were} {ages}"}}]
-- says: ["indicator_words", "share-in-age-band", "sentence"]
-- breaks: [{"table": "indicator_words", "row": "share-in-age-band", "set": {"heading": "{caption!r} among {group}"}}]
-- says: ["indicator_words", "share-in-age-band", "heading"]
-- breaks: [{"table": "indicator_words", "row": "share-in-age-band", "set": {"heading": "{caption.title} among {0}"}}]
-- says: ["indicator_words", "share-in-age-band", "heading"]
-- breaks: [{"table": "indicator_words", "row": "share-in-age-band", "set": {"heading": "{} among {group}"}}]
-- says: ["indicator_words", "share-in-age-band", "heading"]
-- breaks: [{"table": "indicator_words", "row": "share-in-age-band", "set": {"heading": "{caption} among { group}"}}]
-- says: ["indicator_words", "share-in-age-band", "heading"]
-- breaks: [{"table": "indicator_words", "row": "share-in-age-band", "set": {"heading": "{caption} among {group"}}]
-- says: ["indicator_words", "share-in-age-band", "heading"]
-- breaks: [{"table": "indicator_words", "row": "share-in-age-band", "set": {"caption": "share {judged} ages}"}}]
-- says: ["indicator_words", "share-in-age-band", "caption"]
-- breaks: [{"table": "indicator_words", "row": "share-in-age-band", "set": {"caption": "{n} {judged} {ages}"}}]
-- says: ["indicator_words", "share-in-age-band", "caption"]
-- breaks: [{"table": "indicator_words", "row": "share-in-age-band", "set": {"unnamed": "{people}"}}]
-- says: ["indicator_words", "share-in-age-band", "unnamed"]
-- breaks: [{"table": "indicator_words", "row": "share-in-age-band", "set": {"sentence": "some of {group} {where} {were} {ages}"}}]
-- says: ["indicator_words", "share-in-age-band", "sentence"]
-- breaks: [{"table": "indicator_words", "row": "share-in-age-band", "set": {"sentence": "{n} of {group} {were} {ages}"}}]
-- says: ["indicator_words", "share-in-age-band", "sentence"]
-- passes: [{"table": "indicator_words", "row": "share-in-age-band", "set": {"caption": "", "heading": "", "sentence": "", "unnamed": ""}}, {"table": "indicator_words", "row": "age-at-entry", "set": {"caption": "{name}, {recorded}age", "sentence": "in {place} {people} were {n}"}}]
