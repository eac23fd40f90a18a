-- title: A helpline is the one that was compared with its source
-- level: error
-- why: A child who calls a wrong number gets no help, so each line is recorded a second time in data/editorial/helplines_compared.csv, where a mistyped digit shows.
-- fix: Put the [cell] back. Where the source gives something else now, let two people type it from there, one into data/editorial/helplines.csv and one into data/editorial/helplines_compared.csv.
-- message: {helpline_id} was compared with its source as “{wanted}”.
-- example: {"table": "helplines", "row": "H2", "set": {"contact_as_printed": "1828"}}
-- fixed: {"contact_as_printed": "1288"}
-- says: ["helplines", "H2", "contact_as_printed"]
WITH compared AS (
    UNPIVOT (SELECT * EXCLUDE line FROM helplines_compared) ON * EXCLUDE helpline_id INTO NAME field VALUE wanted
), here AS (
    UNPIVOT helplines ON channel, contact_as_printed, organisation_id, source_id INTO NAME field VALUE value
)
SELECT 'data/editorial/helplines.csv' AS file, line, field, value, helpline_id, wanted, NULL AS says
FROM here JOIN compared USING (helpline_id, field)
WHERE value <> wanted
UNION ALL
SELECT 'data/editorial/helplines.csv', line, 'helpline_id', helpline_id, helpline_id, NULL, 'Nobody has compared {value} with its source a second time.'
FROM helplines WHERE helpline_id NOT IN (SELECT helpline_id FROM helplines_compared)
UNION ALL
SELECT 'data/editorial/helplines_compared.csv', line, 'helpline_id', helpline_id, helpline_id, NULL, '{value} is missing in data/editorial/helplines.csv.'
FROM helplines_compared WHERE helpline_id NOT IN (SELECT helpline_id FROM helplines)
-- breaks: [{"table": "helplines", "row": "H2", "set": {"contact_as_printed": "1188"}}]
-- says: ["helplines", "H2", "contact_as_printed"]
-- breaks: [{"table": "helplines", "row": "H2", "set": {"helpline_id": "H9"}}]
-- says: ["helplines", "H9", "helpline_id"]
-- says: ["helplines_compared", "H2", "helpline_id"]
-- passes: [{"table": "helplines", "row": "H2", "set": {"name": "Hotline of the police", "hours_as_printed": "day and night"}}]
