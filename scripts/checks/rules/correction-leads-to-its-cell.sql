-- title: Corrections lead from one state of a cell to the next, and the last leads to its present content
-- level: error
-- why: A record of changes that does not end at the present cell describes a change that was not made.
-- fix: Write in was what the [cell] was after the correction before, in became what it is now; or set the [cell] to what the correction says.
-- message: The [cell] is now {now}.
-- example: {"table": "corrections", "row": "C999", "add": {"correction_id": "C999", "version": "1.1.0", "date": "2026-11-25", "kind": "correction", "table_name": "places", "row_key": "phnom-penh", "field": "name", "was": "Phnom Pen", "became": "Phnom Phen", "reason": "A slip."}}
-- fixed: {"became": "Phnom Penh"}
-- says: ["corrections", "C999", "became"]
FROM corrections WHERE kind <> 'removal'
;
WITH told AS (
    SELECT *, lag(became) OVER entered AS after_earlier, lag(correction_id) OVER entered AS earlier,
        lead(correction_id) OVER entered AS later
    FROM asked
    WINDOW entered AS (PARTITION BY table_name, row_key, field ORDER BY length(correction_id), correction_id)
), cells AS ( -- as they are now
    SELECT row_cells.table_name, key, unnest(names) AS field, unnest(cells) AS value
    FROM row_cells SEMI JOIN asked ON asked.table_name = row_cells.table_name AND row_key = key
)
SELECT 'data/corrections.csv' AS file, line, 'was' AS field, was AS value, coalesce(after_earlier, 'blank') AS now, earlier,
    'The [cell] was {now} after {earlier}.' AS says
FROM told WHERE earlier IS NOT NULL AND was IS DISTINCT FROM after_earlier
UNION ALL
SELECT 'data/corrections.csv', line, 'kind', kind, NULL, NULL,
    'A withdrawal sets show of a reading to withdrawn, and nothing else does.'
FROM told
WHERE (kind = 'withdrawal') <> (table_name = 'reported_values' AND field = 'show' AND coalesce(became, '') = 'withdrawn')
UNION ALL
SELECT 'data/corrections.csv', told.line, 'became', became, coalesce(cell.value, 'blank'), NULL, NULL
FROM told JOIN cells AS cell
    ON cell.table_name = told.table_name AND cell.key = told.row_key AND cell.field = told.field
WHERE later IS NULL AND became IS DISTINCT FROM cell.value
-- passes: [{"table": "corrections", "row": "C101", "add": {"correction_id": "C101", "version": "1.1.0", "date": "2026-11-25", "kind": "correction", "table_name": "reported_values", "row_key": "KH010", "field": "low", "was": "22", "became": "2.3", "reason": "A slip."}}, {"table": "corrections", "row": "C102", "add": {"correction_id": "C102", "version": "1.1.0", "date": "2026-11-25", "kind": "correction", "table_name": "reported_values", "row_key": "KH010", "field": "low", "was": "2.3", "became": "2.2", "reason": "A slip."}}]
-- breaks: [{"table": "corrections", "row": "C101", "add": {"correction_id": "C101", "version": "1.1.0", "date": "2026-11-25", "kind": "withdrawal", "table_name": "reported_values", "row_key": "KH010", "field": "low", "was": "22", "became": "2.3", "reason": "A slip."}}, {"table": "corrections", "row": "C102", "add": {"correction_id": "C102", "version": "1.1.0", "date": "2026-11-25", "kind": "correction", "table_name": "reported_values", "row_key": "KH010", "field": "low", "was": "2.4", "became": "2.2", "reason": "A slip."}}]
-- says: ["corrections", "C101", "kind"]
-- says: ["corrections", "C102", "was"]
