-- title: A helpline is the one that was compared with its source
-- level: error
-- why: A child who calls a wrong number gets no help. So each line stands a second time in data/helplines_compared.csv, and a digit that is swapped by a slip cannot pass.
-- mend: Put the cell back. Where the source prints something else now, let two people type it from there, one into data/helplines.csv and one into data/helplines_compared.csv.
-- message: {fault}
-- example: {"table": "helplines", "row": "H1", "set": {"contact_as_printed": "1828"}}
-- mended: {"contact_as_printed": "1288"}
-- says: {"table": "helplines", "row": "H1", "field": "contact_as_printed", "value": "1828", "message": "H1 was compared with its source as “1288”."}
WITH cells AS (
    UNPIVOT (SELECT * EXCLUDE line FROM helplines_compared) ON channel, contact_as_printed, organisation_id, source_id INTO NAME field VALUE wanted
), there AS (
    UNPIVOT (SELECT line, helpline_id, channel, contact_as_printed, organisation_id, source_id FROM helplines)
    ON channel, contact_as_printed, organisation_id, source_id INTO NAME field VALUE value
)
SELECT 'data/helplines.csv' AS file, line, field, value,
    helpline_id || ' was compared with its source as “' || wanted || '”.' AS fault
FROM there JOIN cells USING (helpline_id, field)
WHERE value <> wanted
UNION ALL
SELECT 'data/helplines.csv', line, 'helpline_id', helpline_id, 'Nobody has compared ' || helpline_id || ' with its source a second time.'
FROM helplines WHERE helpline_id NOT IN (SELECT helpline_id FROM helplines_compared)
UNION ALL
SELECT 'data/helplines.csv', first.line, 'helpline_id', first.helpline_id, compared.helpline_id || ' is missing.'
FROM helplines_compared AS compared, (FROM helplines ORDER BY line LIMIT 1) AS first
WHERE compared.helpline_id NOT IN (SELECT helpline_id FROM helplines)
-- breaks: [{"table": "helplines", "row": "H2", "set": {"contact_as_printed": "092 311 151"}}]
-- says: {"table": "helplines", "row": "H2", "field": "contact_as_printed", "value": "092 311 151", "message": "H2 was compared with its source as “092 311 511”."}
-- breaks: [{"table": "helplines", "row": "H2", "set": {"channel": "web"}}]
-- says: {"table": "helplines", "row": "H2", "field": "channel", "value": "web", "message": "H2 was compared with its source as “telephone”."}
-- breaks: [{"table": "helplines", "row": "H3", "set": {"source_id": "acton-2015"}}]
-- says: {"table": "helplines", "row": "H3", "field": "source_id", "value": "acton-2015", "message": "H3 was compared with its source as “aple-reporting-page”."}
-- breaks: [{"table": "helplines", "row": "H3", "set": {"helpline_id": "H4"}}]
-- says: {"table": "helplines", "row": "H1", "field": "helpline_id", "value": "H1", "message": "H3 is missing."}
-- says: {"table": "helplines", "row": "H4", "field": "helpline_id", "value": "H4", "message": "Nobody has compared H4 with its source a second time."}
-- passes: [{"table": "helplines", "row": "H1", "set": {"name": "Hotline of the police", "hours_as_printed": "day and night"}}]
