-- title: Corrections lead from one state of a cell to the next, and the last to what stands there now
-- level: error
-- why: A record of changes that does not end at the cell tells a change that was not made.
-- mend: Write in was what the cell was after the correction before, in became what it is now, and the kind that fits; or set the cell to what the correction says.
-- message: {fault}
-- example: {"table": "corrections", "row": "C999", "add": {"correction_id": "C999", "version": "1.1.0", "date": "2026-11-25", "kind": "correction", "table_name": "places", "row_key": "phnom-penh", "field": "name", "was": "Phnom Pen", "became": "Phnom Phen", "reason": "A slip."}}
-- mended: {"became": "Phnom Penh"}
-- says: ["corrections", "C999", "became"]
WITH told AS (
    SELECT *, lag(became) OVER entered AS after_earlier, lag(correction_id) OVER entered AS earlier,
        lead(correction_id) OVER entered AS later
    FROM corrections WHERE kind <> 'removal'
    WINDOW entered AS (PARTITION BY table_name, row_key, field ORDER BY length(correction_id), correction_id)
), judged AS (
    SELECT told.*, CASE
        WHEN earlier IS NOT NULL AND was IS DISTINCT FROM after_earlier THEN 'was'
        WHEN (kind = 'withdrawal')
            <> (told.table_name = 'reported_values' AND told.field = 'show' AND coalesce(became, '') = 'withdrawn') THEN 'kind'
        WHEN later IS NULL AND row_key IN (SELECT key FROM corrected_cells AS here WHERE here.table_name = told.table_name)
            AND became IS DISTINCT FROM cell.value THEN 'became'
        END AS wrong, cell.value AS now
    FROM told LEFT JOIN corrected_cells AS cell
        ON cell.table_name = told.table_name AND cell.key = row_key AND cell.field = told.field
)
SELECT 'data/corrections.csv' AS file, line, wrong AS field,
    CASE wrong WHEN 'was' THEN was WHEN 'kind' THEN kind ELSE became END AS value,
    CASE wrong
        WHEN 'was' THEN 'The cell was ' || coalesce('“' || after_earlier || '”', 'blank') || ' after ' || earlier || '.'
        WHEN 'kind' THEN 'A withdrawal sets show of a reading to withdrawn, and nothing else does.'
        ELSE 'The cell is now ' || coalesce('“' || now || '”', 'blank') || '.' END AS fault
FROM judged WHERE wrong IS NOT NULL
-- breaks: [{"table": "corrections", "row": "C101", "add": {"correction_id": "C101", "version": "1.1.0", "date": "2026-11-25", "kind": "correction", "table_name": "places", "row_key": "phnom-penh", "field": "name", "was": "P. P.", "became": "Phnom Pen", "reason": "A slip."}}, {"table": "corrections", "row": "C102", "add": {"correction_id": "C102", "version": "1.1.0", "date": "2026-11-25", "kind": "correction", "table_name": "places", "row_key": "phnom-penh", "field": "name", "was": "Phnom Pnh", "became": "Phnom Penh", "reason": "A slip."}}]
-- says: ["corrections", "C102", "was"]
-- breaks: [{"table": "corrections", "row": "C101", "add": {"correction_id": "C101", "version": "1.1.0", "date": "2026-11-25", "kind": "withdrawal", "table_name": "places", "row_key": "phnom-penh", "field": "name", "was": "P. P.", "became": "Phnom Penh", "reason": "A slip."}}]
-- says: ["corrections", "C101", "kind"]
-- breaks: [{"table": "corrections", "row": "C101", "add": {"correction_id": "C101", "version": "1.1.0", "date": "2026-11-25", "kind": "correction", "table_name": "reported_values", "row_key": "KH010", "field": "low", "was": "22", "became": "", "reason": "A slip."}}]
-- says: ["corrections", "C101", "became"]
-- breaks: [{"table": "corrections", "row": "C101", "add": {"correction_id": "C101", "version": "1.1.0", "date": "2026-11-25", "kind": "correction", "table_name": "links", "row_key": "KH007 numerator_of KH010", "field": "partition", "was": "", "became": "x", "reason": "A slip."}}]
-- says: ["corrections", "C101", "became"]
-- passes: [{"table": "corrections", "row": "C101", "add": {"correction_id": "C101", "version": "1.1.0", "date": "2026-11-25", "kind": "correction", "table_name": "reported_values", "row_key": "KH010", "field": "low", "was": "22", "became": "2.3", "reason": "A slip."}}, {"table": "corrections", "row": "C102", "add": {"correction_id": "C102", "version": "1.1.0", "date": "2026-11-25", "kind": "correction", "table_name": "reported_values", "row_key": "KH010", "field": "low", "was": "2.3", "became": "2.2", "reason": "A slip."}}]
-- passes: [{"table": "corrections", "row": "C101", "add": {"correction_id": "C101", "version": "1.1.0", "date": "2026-11-25", "kind": "correction", "table_name": "places", "row_key": "gone-by-now", "field": "name", "was": "A", "became": "B", "reason": "A slip."}}]
