-- title: Words of indicators hold the placeholders that are filled in
-- level: error
-- why: A placeholder that nobody knows would stand on the pages as it is, and a sentence without {n} tells no number.
-- mend: Write a placeholder of the list, in plain braces and with nothing added; or leave the cell blank, and the general words serve.
-- message: {fault} This column may hold {allowed}.
-- example: {"table": "indicator_words", "row": "share-in-age-band", "set": {"sentence": "{nn} of {group} {where} {were} {ages}"}}
-- mended: {"sentence": "{n} of {group} {where} {were} {ages}"}
-- says: {"table": "indicator_words", "row": "share-in-age-band", "field": "sentence", "value": "{nn} of {group} {where} {were} {ages}", "message": "“{nn}” is not filled in. This column may hold {n}, {name}, {judged}, {held}, {ages}, {supposed}, {reckoned}, {recorded}, {counted}, {people}, {group}, {whom}, {persons}, {were}, {tallied}, {there_were}, {setting}, {scope}, {place}, {where}, {between}."}
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
-- says: {"table": "indicator_words", "row": "share-in-age-band", "field": "sentence", "value": "{n:>200000000} of {group} {where} {were} {ages}", "message": "“{n:>200000000}” is not filled in. This column may hold {n}, {name}, {judged}, {held}, {ages}, {supposed}, {reckoned}, {recorded}, {counted}, {people}, {group}, {whom}, {persons}, {were}, {tallied}, {there_were}, {setting}, {scope}, {place}, {where}, {between}."}
-- breaks: [{"table": "indicator_words", "row": "share-in-age-band", "set": {"heading": "{caption!r} among {group}"}}]
-- says: {"table": "indicator_words", "row": "share-in-age-band", "field": "heading", "value": "{caption!r} among {group}", "message": "“{caption!r}” is not filled in. This column may hold {caption}, {name}, {judged}, {held}, {ages}, {supposed}, {reckoned}, {recorded}, {counted}, {people}, {group}, {whom}, {persons}, {were}, {tallied}, {there_were}, {setting}, {scope}, {place}, {where}, {between}."}
-- breaks: [{"table": "indicator_words", "row": "share-in-age-band", "set": {"heading": "{caption.title} among {0}"}}]
-- says: {"table": "indicator_words", "row": "share-in-age-band", "field": "heading", "value": "{caption.title} among {0}", "message": "“{caption.title}” is not filled in. This column may hold {caption}, {name}, {judged}, {held}, {ages}, {supposed}, {reckoned}, {recorded}, {counted}, {people}, {group}, {whom}, {persons}, {were}, {tallied}, {there_were}, {setting}, {scope}, {place}, {where}, {between}."}
-- breaks: [{"table": "indicator_words", "row": "share-in-age-band", "set": {"heading": "{} among {group}"}}]
-- says: {"table": "indicator_words", "row": "share-in-age-band", "field": "heading", "value": "{} among {group}", "message": "“{}” is not filled in. This column may hold {caption}, {name}, {judged}, {held}, {ages}, {supposed}, {reckoned}, {recorded}, {counted}, {people}, {group}, {whom}, {persons}, {were}, {tallied}, {there_were}, {setting}, {scope}, {place}, {where}, {between}."}
-- breaks: [{"table": "indicator_words", "row": "share-in-age-band", "set": {"heading": "{caption} among { group}"}}]
-- says: {"table": "indicator_words", "row": "share-in-age-band", "field": "heading", "value": "{caption} among { group}", "message": "“{ group}” is not filled in. This column may hold {caption}, {name}, {judged}, {held}, {ages}, {supposed}, {reckoned}, {recorded}, {counted}, {people}, {group}, {whom}, {persons}, {were}, {tallied}, {there_were}, {setting}, {scope}, {place}, {where}, {between}."}
-- breaks: [{"table": "indicator_words", "row": "share-in-age-band", "set": {"heading": "{caption} among {group"}}]
-- says: {"table": "indicator_words", "row": "share-in-age-band", "field": "heading", "value": "{caption} among {group", "message": "“{group” is not filled in. This column may hold {caption}, {name}, {judged}, {held}, {ages}, {supposed}, {reckoned}, {recorded}, {counted}, {people}, {group}, {whom}, {persons}, {were}, {tallied}, {there_were}, {setting}, {scope}, {place}, {where}, {between}."}
-- breaks: [{"table": "indicator_words", "row": "share-in-age-band", "set": {"caption": "share {judged} ages}"}}]
-- says: {"table": "indicator_words", "row": "share-in-age-band", "field": "caption", "value": "share {judged} ages}", "message": "“}” is not filled in. This column may hold {name}, {judged}, {held}, {ages}, {supposed}, {reckoned}, {recorded}, {counted}."}
-- breaks: [{"table": "indicator_words", "row": "share-in-age-band", "set": {"caption": "{n} {judged} {ages}"}}]
-- says: {"table": "indicator_words", "row": "share-in-age-band", "field": "caption", "value": "{n} {judged} {ages}", "message": "“{n}” is not filled in. This column may hold {name}, {judged}, {held}, {ages}, {supposed}, {reckoned}, {recorded}, {counted}."}
-- breaks: [{"table": "indicator_words", "row": "share-in-age-band", "set": {"unnamed": "{people}"}}]
-- says: {"table": "indicator_words", "row": "share-in-age-band", "field": "unnamed", "value": "{people}", "message": "“{people}” is not filled in. This column may hold none."}
-- breaks: [{"table": "indicator_words", "row": "share-in-age-band", "set": {"sentence": "some of {group} {where} {were} {ages}"}}]
-- says: {"table": "indicator_words", "row": "share-in-age-band", "field": "sentence", "value": "some of {group} {where} {were} {ages}", "message": "The sentence lacks {n}. This column may hold {n}, {name}, {judged}, {held}, {ages}, {supposed}, {reckoned}, {recorded}, {counted}, {people}, {group}, {whom}, {persons}, {were}, {tallied}, {there_were}, {setting}, {scope}, {place}, {where}, {between}."}
-- breaks: [{"table": "indicator_words", "row": "share-in-age-band", "set": {"sentence": "{n} of {group} {were} {ages}"}}]
-- says: {"table": "indicator_words", "row": "share-in-age-band", "field": "sentence", "value": "{n} of {group} {were} {ages}", "message": "The sentence lacks {where} or {place}. This column may hold {n}, {name}, {judged}, {held}, {ages}, {supposed}, {reckoned}, {recorded}, {counted}, {people}, {group}, {whom}, {persons}, {were}, {tallied}, {there_were}, {setting}, {scope}, {place}, {where}, {between}."}
-- passes: [{"table": "indicator_words", "row": "share-in-age-band", "set": {"caption": "", "heading": "", "sentence": "", "unnamed": ""}}, {"table": "indicator_words", "row": "age-at-entry", "set": {"caption": "{name}, {recorded}age", "sentence": "in {place} {people} were {n}"}}]
