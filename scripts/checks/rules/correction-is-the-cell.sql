-- title: The last correction of a cell tells what stands there now
-- level: error
-- why: A record of a change that did not happen misleads who follows it.
-- mend: Correct became, or the cell.
-- message: The correction says that {row_key} became {became}, and {field_name} is {now}.
-- example: {"table": "corrections", "row": "C101", "add": {"correction_id": "C101", "version": "1.0.1", "date": "2026-11-25", "kind": "correction", "table_name": "reported_values", "row_key": "KH010", "field": "low", "was": "2.3", "became": "2.4", "reason": "A digit was misread."}}
-- mended: {"x": ""}
-- says: ["corrections", "C101", "became"]
WITH last AS (
    SELECT *, row_number() OVER (PARTITION BY row_key, field ORDER BY line DESC) AS place FROM corrections WHERE table_name = 'reported_values' AND kind <> 'removal'
), cells AS (
    SELECT value_id, field_name, nullif(cell, '') AS cell FROM (
        UNPIVOT (SELECT value_id, * EXCLUDE (line, value_id) REPLACE (1 AS times_read) FROM (SELECT line, value_id, COLUMNS(* EXCLUDE (line, value_id))::VARCHAR FROM raw.reported_values WHERE value_id IN (SELECT row_key FROM corrections))) ON COLUMNS(* EXCLUDE (value_id, times_read)) INTO NAME field_name VALUE cell)
)
SELECT 'data/corrections.csv' AS file, last.line, 'became' AS field, last.became AS value, row_key, coalesce(last.became, 'blank') AS became, field_name, coalesce(cell, 'blank') AS now
FROM last JOIN cells ON value_id = row_key AND field_name = last.field
WHERE place = 1 AND cell IS DISTINCT FROM last.became
-- passes: [{"table": "corrections", "row": "C101", "add": {"correction_id": "C101", "version": "1.0.1", "date": "2026-11-25", "kind": "correction", "table_name": "reported_values", "row_key": "KH010", "field": "low", "was": "2.3", "became": "2.2", "reason": "A digit was misread."}}]
