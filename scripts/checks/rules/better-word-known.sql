-- title: Our own text avoids legal and report terms for which there is a better word
-- level: warning
-- why: “Minor” means different ages in different laws, and hides that a child is meant.
-- fix: Write the word that the message proposes. Words of a source belong into a column for words as printed.
-- message: The text holds “{found}”. Better: {use_instead}.
-- example: {"table": "limitations", "row": "L01", "set": {"text": "Minors on the street were not counted."}}
-- fixed: {"text": "APLE says that the study left out children living on the street."}
-- says: ["limitations", "L01", "text"]
SELECT value FROM texts WHERE keeps_to_terms AND value LIKE '% %' AND regexp_matches(value, getvariable('terms_to_avoid'))
;
SELECT c.file, c.line, c.field, c.value, t.use_instead, regexp_extract(c.value, '(?i)' || t.pattern) AS found
FROM asked JOIN terms t ON t.level = 'warning' AND TRY(regexp_matches(value, '(?i)' || t.pattern)) JOIN text_cells c USING (value)
WHERE c.our_words AND c.file NOT IN ('data/editorial/terms.csv', 'data/corrections.csv') -- a key is not our own wording
-- breaks: [{"table": "populations", "row": "venue-workers", "set": {"definition": "Any minor seen at work."}}]
-- says: ["populations", "venue-workers", "definition"]
-- passes: [{"table": "terms", "row": "minor", "set": {"basis": "The word minor."}}, {"table": "reported_values", "row": "KH010", "set": {"scope_as_printed": "minors in bars"}}, {"table": "limitations", "row": "L01", "set": {"text": "Children of minority groups were not counted."}}]
