-- title: Our own text names nobody by a title
-- level: warning
-- why: A person named next to such figures can be found and harmed, and the name cannot be taken back.
-- fix: Delete the name. Say which office or body speaks.
-- message: “{said}” in {field} may be a person.
-- example: {"table": "limitations", "row": "L01", "set": {"text": "Mrs Sok of APLE says that the study left out children living on the street."}}
-- fixed: {"text": "APLE says that the study left out children living on the street."}
-- says: ["limitations", "L01", "text"]
SELECT value, regexp_extract(value, '\b(?:Mr|Mrs|Ms|Miss|Mme|Madame|Sra?)[.]? \p{Lu}\p{Ll}+') AS said FROM texts WHERE our_words AND value LIKE '% %' AND said <> ''
;
SELECT file, line, field, value, said
FROM text_cells JOIN asked USING (value) WHERE our_words
-- passes: [{"table": "limitations", "row": "L01", "set": {"text": "APLE says that some were told to miss the study, and missed Sok."}}]
