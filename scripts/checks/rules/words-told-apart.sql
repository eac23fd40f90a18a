-- title: The words of a row and of its indicator or population do not contradict each other
-- level: hint
-- why: A number of people convicted, filed under arrests, ends up in the wrong series.
-- fix: Read the words again, and correct the code if it is another.
-- message: {key}: the words tell of {said}, and what the {field} names ({value}) of {other}.
-- example: {"table": "reported_values", "row": "KH022", "set": {"scope_as_printed": "rise of the prevalence of under 18"}}
-- fixed: {"scope_as_printed": "prevalence of under 18"}
-- says: ["reported_values", "KH022", "indicator_id"]
WITH listed AS ( -- “convict-” means every word that begins with it, “up” only itself
    SELECT of, sense, ' ' || replace(unnest(string_split(words, '|')) || ' ', '- ', '') AS word FROM words.told_apart
), told AS (
    SELECT file, line, of, list(DISTINCT sense) AS senses FROM spoken t JOIN listed ON contains(t.words, word)
    WHERE field IN ('scope_as_printed', 'printed', 'counts', 'what', 'name', 'definition') GROUP BY ALL
)
SELECT c.file, c.line, c.field, c.value, r.key, a.senses[1] AS said, b.senses[1] AS other
FROM references_of_rows c JOIN row_cells r USING (file, line) JOIN row_cells named ON named.file = c.to_file AND named.key = c.value
JOIN told a ON a.file = c.file AND a.line = c.line JOIN told b ON b.file = named.file AND b.line = named.line AND b.of = a.of
WHERE c.field IN ('indicator_id', 'population_id') AND NOT list_has_any(a.senses, b.senses)
-- passes: [{"table": "reported_values", "row": "KH022", "set": {"scope_as_printed": "prevalence of under 18, after a rise, its fall"}}]
