-- title: Our own words follow the Terminology Guidelines
-- level: error
-- why: Words can blame a child or hide an offence.
-- mend: Write the words that the message proposes. Words of a source belong into a column whose name ends in _as_printed.
-- message: The text holds “{found}”. Write: {use_instead}.
-- example: {"table": "limitations", "row": "L01", "set": {"text": "Child prostitutes on the street were not counted."}}
-- mended: {"text": "APLE says that the study left out children living on the street."}
WITH plain AS ( -- “child-sex” with any hyphen, space or underscore is “child sex”; a soft hyphen is nothing
    SELECT value, regexp_replace(replace(value, chr(173), ''), '[\p{Z}\p{Pd}_]+', ' ', 'g') AS words
    FROM texts
    WHERE our_words
), suspects AS (
    FROM plain
    WHERE regexp_matches(words, getvariable('terms_to_avoid'))
)
SELECT c.file, c.line, c.field, c.value, t.use_instead,
    regexp_extract(s.words, '(?i)' || t.pattern) AS found
FROM suspects s JOIN terms t ON TRY(regexp_matches(s.words, '(?i)' || t.pattern))
    JOIN text_cells c ON c.value = s.value AND c.our_words AND c.file <> 'data/terms.csv'
