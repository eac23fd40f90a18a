-- title: If a row has one of certain codes, its words include one that goes with the code
-- level: hint
-- why: A row coded as a law whose title mentions a plan is usually coded wrongly.
-- fix: Read the words again, and correct the code if it is another.
-- message: {key}: the {field} is {value}, and nothing in the words tells of it.
-- example: {"table": "study_facts", "row": "KH003", "set": {"attribute": "age_band"}}
-- fixed: {"attribute": "fieldwork"}
-- says: ["study_facts", "KH003", "attribute"]
WITH listed AS ( -- “convict-” means every word that begins with it, “plan” only itself
    SELECT *, ' ' || replace(unnest(string_split(words, '|')) || ' ', '- ', '') AS word FROM words.codes_and_words
)
SELECT r.file, r.line, w.field, cells[list_position(names, w.field)] AS code, code AS value, key
FROM listed w JOIN row_cells r USING (table_name)
JOIN spoken t ON t.file = r.file AND t.line = r.line AND list_contains(string_split(reads, ' '), t.field)
WHERE list_contains(string_split(codes, ' '), code)
GROUP BY ALL HAVING NOT bool_or(contains(t.words, word))
-- passes: [{"table": "study_facts", "row": "KH003", "set": {"fact_as_printed": "in 2015"}}]
