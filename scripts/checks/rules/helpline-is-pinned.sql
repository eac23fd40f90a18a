-- title: A helpline is the one that was compared with its source
-- level: error
-- why: A child who calls a wrong number gets no help. So each line stands a second time in data/helplines_compared.csv, and a digit that is swapped by a slip cannot pass.
-- mend: Put the cell back. Where the source prints something else now, let two people type it from there, one into data/helplines.csv and one into data/helplines_compared.csv.
-- message: {fault}
-- example: {"table": "helplines", "row": "H1", "set": {"contact_as_printed": "1828"}}
-- mended: {"contact_as_printed": "1288"}
-- says: ["helplines", "H1", "contact_as_printed"]
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
-- says: ["helplines", "H2", "contact_as_printed"]
-- breaks: [{"table": "helplines", "row": "H2", "set": {"channel": "web"}}]
-- says: ["helplines", "H2", "channel"]
-- breaks: [{"table": "helplines", "row": "H3", "set": {"source_id": "acton-2015"}}]
-- says: ["helplines", "H3", "source_id"]
-- breaks: [{"table": "helplines", "row": "H3", "set": {"helpline_id": "H4"}}]
-- says: ["helplines", "H1", "helpline_id"]
-- says: ["helplines", "H4", "helpline_id"]
-- passes: [{"table": "helplines", "row": "H1", "set": {"name": "Hotline of the police", "hours_as_printed": "day and night"}}]
