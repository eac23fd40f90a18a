-- title: Our own text has none of the terms to avoid
-- level: error
-- why: Words can blame a child or hide an offence.
-- fix: Write the words that the message proposes. Words of a source belong into a column for words as printed.
-- message: The text holds “{found}”. Write: {use_instead}.
-- example: {"table": "limitations", "row": "L01", "set": {"text": "Child prostitutes on the street were not counted."}}
-- fixed: {"text": "APLE says that the study left out children living on the street."}
-- says: ["limitations", "L01", "text"]
WITH plain AS ( -- “child-sex” with any hyphen, space or underscore is “child sex”; a soft hyphen is ignored
    SELECT value, CASE WHEN has_signs THEN regexp_replace(replace(value, chr(173), ''), '[\p{Z}\p{Pd}_]+', ' ', 'g')
        ELSE replace(value, '-', ' ') END AS words
    FROM texts
    WHERE keeps_to_terms
)
FROM plain WHERE regexp_matches(words, getvariable('terms_to_avoid'))
;
WITH ours AS (
    SELECT DISTINCT parse_filename(file, true), field FROM text_cells WHERE our_words AND field IN (SELECT field FROM corrections)
)
SELECT c.file, c.line, c.field, c.value, t.use_instead,
    regexp_extract(s.words, '(?i)' || t.pattern) AS found
FROM asked s JOIN terms t ON t.level = 'error' AND TRY(regexp_matches(s.words, '(?i)' || t.pattern))
    JOIN text_cells c ON c.value = s.value AND c.our_words AND c.file <> 'data/editorial/terms.csv'
WHERE NOT (c.file = 'data/corrections.csv' AND (c.field = 'was' OR c.field = 'became' AND EXISTS ( -- what a source printed may stay
    FROM corrections k WHERE k.line = c.line AND (k.table_name, k.field) NOT IN (FROM ours))))
-- breaks: [{"table": "limitations", "row": "L01", "set": {"text": "Sex tourism was not counted."}}, {"table": "terms", "row": "minor", "set": {"pattern": "\\bminors?("}}]
-- says: ["limitations", "L01", "text"]
-- passes: [{"table": "sources", "row": "cambodia-daily-2015", "set": {"title": "Child Sex Abuse Down"}}, {"table": "reported_values", "row": "KH010", "set": {"scope_as_printed": "child prostitutes"}}, {"table": "events", "row": "RESP-044", "set": {"fact_as_printed": "sex tourism"}}, {"table": "terms", "row": "minor", "set": {"basis": "The word minor."}}]
-- breaks: [{"table": "corrections", "row": "C101", "add": {"correction_id": "C101", "version": "1.1.0", "date": "2026-11-27", "kind": "correction", "table_name": "limitations", "row_key": "L01", "field": "text", "was": "Children were not counted.", "became": "Child prostitutes were not counted.", "reason": "A slip."}}]
-- says: ["corrections", "C101", "became"]
-- passes: [{"table": "corrections", "row": "C101", "add": {"correction_id": "C101", "version": "1.1.0", "date": "2026-11-27", "kind": "correction", "table_name": "sources", "row_key": "phnom-penh-post-2015", "field": "archived_url", "was": "", "became": "https://web.archive.org/web/20150615000000/https://www.phnompenhpost.com/national/child-sex-trade-decline-org", "reason": "A slip."}}, {"table": "corrections", "row": "C102", "add": {"correction_id": "C102", "version": "1.1.0", "date": "2026-11-27", "kind": "correction", "table_name": "limitations", "row_key": "L01", "field": "text", "was": "Child prostitutes were not counted.", "became": "Children were not counted.", "reason": "A slip."}}]
-- finds: ["Child porn", "Underage prostitutes", "Prostituted children", "Sex with a child", "child sex"]
-- finds: ["sex workers under 18", "sex tourists", "Customers of girls", "willing minors", "shocking", "eradicated"]
-- finds: ["girl sex workers", "boy sex worker", "children's prostitution", "children’s prostitution"]
-- finds: ["child\u00a0prostitutes", "child\u2010sex", "child–sex", "child — sex"]
-- finds: ["child\u00adprostitution\u00ad child sex", "chi\u00adld sex", "sex-slaves", "child_prostitute"]
-- finds: ["eliminate", "Sale of virginity"]
-- spares: ["Children of minority groups in sex venues", "Child sexual exploitation", "A virginal forest"]
