-- title: If the words of a row imply a code, the row or its study has that code
-- level: hint
-- why: If “household survey” is next to the code for a convenience sample, one of the two is usually a slip.
-- fix: Read the words again, and correct the code if it is another.
-- message: {key}: the {read} says “{said}”, and the {judged} is {code}.
-- example: {"table": "studies", "row": "ijm-khm-2012", "set": {"design_note": "Respondent-driven sampling."}}
-- fixed: {"design_note": "Named in the title of the report of 2013."}
-- says: ["studies", "ijm-khm-2012", "design"]
WITH listed AS ( -- “convict-” means every word that begins with it, “plan” only itself
    SELECT *, ' ' || replace(unnest(string_split(words, '|')) || ' ', '- ', '') AS word FROM words.words_and_codes
), told AS MATERIALIZED (
    SELECT file, line, t.field AS read, min(trim(word)) AS said, l.field AS judged, codes
    FROM listed l JOIN spoken t ON parse_filename(file, true) = table_name AND contains(t.words, word) AND list_contains(string_split(reads, ' '), t.field)
    WHERE unless IS NULL OR NOT list_bool_or(list_transform(string_split(unless, '|'), lambda one: contains(t.words, ' ' || one || ' '))) GROUP BY ALL
)
SELECT file, line, CASE WHEN list_contains(own, judged) THEN judged ELSE 'study_id' END AS field,
    cells[list_position(names, CASE WHEN list_contains(own, judged) THEN judged ELSE 'study_id' END)] AS value,
    key, read, said, judged, cells[list_position(names, judged)] AS code
FROM told JOIN rows_and_studies USING (file, line) WHERE NOT list_contains(string_split(codes, ' '), code)
-- breaks: [{"table": "study_facts", "row": "KH003", "set": {"fact_as_printed": "Link-tracing in March"}}]
-- says: ["study_facts", "KH003", "study_id"]
-- passes: [{"table": "studies", "row": "ijm-khm-2012", "set": {"design": "other", "design_note": "Respondent-driven sampling."}}]
