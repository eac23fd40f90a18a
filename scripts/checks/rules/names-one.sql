-- title: A row that refers to one thing names exactly one
-- level: error
-- why: A page that asks what a role or a statement rests on gets one row, not two and not none.
-- fix: Fill one of these columns, and leave the others blank.
-- message: {value} fills {filled} of these columns; one is expected: {columns}.
-- example: {"table": "featured", "row": "share-under-18-later", "set": {"study_id": "ijm-khm-2015"}}
-- fixed: {"study_id": ""}
-- says: ["featured", "share-under-18-later", "role"]
WITH expected AS (
    SELECT table_name, string_agg(field, ', ') AS columns FROM words.one_of_these GROUP BY table_name
), filled AS (
    SELECT file, line, count(*) AS times FROM references_of_rows r
    JOIN words.one_of_these one ON parse_filename(r.file, true) = one.table_name AND r.field = one.field
    WHERE list_contains(getvariable('tables')['one_of_these'], parse_filename(r.file, true))
    GROUP BY file, line
)
SELECT file, line, field, value, columns, coalesce(times, 0) AS filled
FROM keys_of_rows k JOIN expected ON table_name = parse_filename(k.file, true) LEFT JOIN filled USING (file, line)
WHERE list_contains(getvariable('tables')['one_of_these'], parse_filename(k.file, true)) AND times IS DISTINCT FROM 1
-- breaks: [{"table": "article_evidence", "row": "KT01-01", "set": {"value_id": ""}}]
-- says: ["article_evidence", "KT01-01", "article_evidence_id"]
-- passes: [{"table": "featured", "row": "share-under-18-later", "set": {"value_id": "", "study_id": "ijm-khm-2015"}}]
