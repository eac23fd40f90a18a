-- title: One of the years in the words of a row lies in its date, or in the fieldwork of its study
-- level: hint
-- why: An event or a fact in the wrong year appears next to the wrong count.
-- fix: Read the words again, and correct the date if it is another.
-- message: {key}: the words say {said}, and the {judged} is {date}.
-- example: {"table": "study_facts", "row": "KH003", "set": {"fact_as_printed": "March 2014"}}
-- fixed: {"fact_as_printed": "March"}
-- says: ["study_facts", "KH003", "study_id"]
WITH listed (table_name, reads, judged, slack) AS (VALUES
    ('events', ['title', 'text', 'fact_as_printed'], 'date', 0), ('series_breaks', ['text', 'fact_as_printed'], 'at', 1), ('studies', ['name'], 'fieldwork', 0),
    ('study_facts', ['fact_as_printed'], 'fieldwork', 0), ('limitations', ['text'], 'fieldwork', 0), ('not_available', ['what'], 'fieldwork', 0)
), read AS (
    SELECT r.*, judged, slack, cells[list_position(names, judged)] AS date, unnest(list_transform(reads, lambda name: cells[list_position(own, name)])) AS text
    FROM listed JOIN rows_and_studies r USING (table_name)
), told AS (
    SELECT file, line, own, names, cells, key, judged, slack, date, unnest(regexp_extract_all(text, '\b(?:19|20)[0-9]{2}\b')) AS year FROM read
)
SELECT file, line, CASE WHEN list_contains(own, judged) THEN judged ELSE 'study_id' END AS field,
    cells[list_position(names, field)] AS value, key, judged, date, string_agg(DISTINCT year, ', ' ORDER BY year) AS said
FROM told WHERE date IS NOT NULL GROUP BY ALL
HAVING NOT bool_or(try_cast(year AS INTEGER) BETWEEN try_cast(left(date, 4) AS INTEGER) - slack
    AND try_cast(left(split_part(date, '/', -1), 4) AS INTEGER) + slack)
-- passes: [{"table": "study_facts", "row": "KH003", "set": {"fact_as_printed": "March 2014 and March 2015"}}]
