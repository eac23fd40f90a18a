-- title: A correction names a row and a column that exist
-- level: error
-- why: A correction that cannot be traced to a cell explains nothing.
-- fix: Write the key of the row as it stands in its table, parts with one space between them, and the name of the column.
-- message: There is no such row in {table_name}.
-- example: {"table": "corrections", "row": "C999", "add": {"correction_id": "C999", "version": "1.0.1", "date": "2026-11-25", "kind": "correction", "table_name": "places", "row_key": "phnom-penhh", "field": "name", "was": "Phnom Pen", "became": "Phnom Penh", "reason": "A slip."}}
-- fixed: {"row_key": "phnom-penh"}
-- says: ["corrections", "C999", "row_key"]
FROM corrections
;
WITH keys AS (
    SELECT parse_filename(file, true) AS table_name, replace(key, chr(1), ' ') AS row_key FROM keys_of_rows
    WHERE row_key IN (SELECT row_key FROM asked)
), columns AS (
    SELECT table_name, column_name AS field FROM information_schema.columns WHERE table_schema = 'raw'
), judged AS (
    SELECT line, table_name, row_key, CASE
        WHEN kind = 'removal' AND table_name = 'reported_values' THEN 'A reading is withdrawn, never removed.'
        WHEN kind = 'removal' AND field IS NOT NULL THEN 'A removal takes out a whole row, so it names no column.'
        WHEN kind = 'removal' AND (table_name, row_key) IN (FROM keys) THEN 'The row is still there.'
        WHEN kind = 'removal' THEN 'sound'
        WHEN field IS NULL THEN 'The column is not named.'
        WHEN (table_name, field) NOT IN (FROM columns) THEN 'There is no such column in {table_name}.'
        WHEN was IS NOT DISTINCT FROM became THEN 'Before and after are the same.'
        WHEN (table_name, row_key) IN (FROM keys) THEN 'sound'
        WHEN (table_name, row_key) IN (SELECT (table_name, row_key) FROM asked WHERE kind = 'removal') THEN 'sound'
        END AS says
    FROM asked
)
SELECT 'data/corrections.csv' AS file, line, 'row_key' AS field, row_key AS value, table_name, says
FROM judged WHERE says IS DISTINCT FROM 'sound'
-- passes: [{"table": "corrections", "row": "C101", "add": {"correction_id": "C101", "version": "1.0.1", "date": "2026-11-25", "kind": "removal", "table_name": "links", "row_key": "KH007 part_of KH010", "field": "", "was": "2.3", "became": "2.2", "reason": "A slip."}}, {"table": "corrections", "row": "C102", "add": {"correction_id": "C102", "version": "1.0.1", "date": "2026-11-25", "kind": "correction", "table_name": "links", "row_key": "KH007 numerator_of KH010", "field": "reason", "was": "2.3", "became": "2.2", "reason": "A slip."}}]
-- breaks: [{"table": "corrections", "row": "C101", "add": {"correction_id": "C101", "version": "1.0.1", "date": "2026-11-25", "kind": "removal", "table_name": "links", "row_key": "KH007 numerator_of KH010", "field": "", "was": "2.3", "became": "2.2", "reason": "A slip."}}, {"table": "corrections", "row": "C102", "add": {"correction_id": "C102", "version": "1.0.1", "date": "2026-11-25", "kind": "correction", "table_name": "reported_values", "row_key": "KH010", "field": "lowest", "was": "2.3", "became": "2.2", "reason": "A slip."}}]
-- says: ["corrections", "C101", "row_key"]
-- says: ["corrections", "C102", "row_key"]
