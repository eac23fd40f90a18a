-- title: No chain leads back to its start
-- level: error
-- why: A place that lies in itself, or a source that rests on itself, has no beginning.
-- mend: Correct the row that points the wrong way.
-- message: {id} leads back to itself by way of {value}.
-- example: {"table": "places", "row": "cambodia", "set": {"parent_id": "phnom-penh"}}
-- mended: {"parent_id": ""}
-- says: {"table": "places", "row": "cambodia", "field": "parent_id", "value": "phnom-penh", "message": "cambodia leads back to itself by way of phnom-penh."}
-- says: {"table": "places", "row": "phnom-penh", "field": "parent_id", "value": "cambodia", "message": "phnom-penh leads back to itself by way of cambodia."}
WITH RECURSIVE steps AS ( -- each id leads to one other, so a walk of 1, 2, 4, 8 … steps is one row an id
    SELECT file, line, field, own AS id, value FROM references_of_rows
    WHERE own IS NOT NULL AND file <> 'data/reported_values.csv' -- printing-points-at-root asks more of printings
), enough AS (SELECT 1 + ceil(log2(1 + count(*))) AS doublings FROM steps
), walks AS ( -- one of more steps than there are ids must go round
    SELECT 0 AS doubled, file, field, id AS start, value AS stop FROM steps
    UNION ALL
    SELECT a.doubled + 1, a.file, a.field, a.start, b.stop
    FROM walks a JOIN walks b ON a.file = b.file AND a.field = b.field AND a.stop = b.start
    WHERE a.doubled < (SELECT doublings FROM enough)
), on_ring AS (SELECT file, field, stop FROM walks WHERE doubled = (SELECT doublings FROM enough))
SELECT file, line, field, value, id
FROM steps
WHERE (file, field, id) IN (FROM on_ring)
UNION ALL -- a part has many wholes: here only a pair that holds each other is looked for
SELECT 'data/links.csv', line, 'to_id', to_id, from_id
FROM links
WHERE relation = 'part_of' AND (to_id, from_id) IN (SELECT (from_id, to_id) FROM links WHERE relation = 'part_of')
-- breaks: [{"table": "links", "row": ["KH010", "later_end_of"], "set": {"relation": "part_of", "to_id": "KH018"}}]
-- says: {"table": "links", "row": "KH010 part_of KH018", "field": "to_id", "value": "KH018", "message": "KH010 leads back to itself by way of KH018."}
-- says: {"table": "links", "row": "KH018 part_of KH010", "field": "to_id", "value": "KH010", "message": "KH018 leads back to itself by way of KH010."}
-- breaks: [{"table": "links", "row": ["KH201", "part_of"], "set": {"from_id": "KH010"}}]
-- says: {"table": "links", "row": "KH010 part_of KH010", "field": "to_id", "value": "KH010", "message": "KH010 leads back to itself by way of KH010."}
-- breaks: [{"table": "sources", "row": "tip-report-2015", "set": {"based_on": "phnom-penh-post-2015-2"}}]
-- says: {"table": "sources", "row": "phnom-penh-post-2015-2", "field": "based_on", "value": "tip-report-2015", "message": "phnom-penh-post-2015-2 leads back to itself by way of tip-report-2015."}
-- says: {"table": "sources", "row": "tip-report-2015", "field": "based_on", "value": "phnom-penh-post-2015-2", "message": "tip-report-2015 leads back to itself by way of phnom-penh-post-2015-2."}
-- breaks: [{"table": "events", "row": "RESP-043", "set": {"same_event_as": "RESP-132"}}]
-- says: {"table": "events", "row": "RESP-043", "field": "same_event_as", "value": "RESP-132", "message": "RESP-043 leads back to itself by way of RESP-132."}
-- says: {"table": "events", "row": "RESP-132", "field": "same_event_as", "value": "RESP-043", "message": "RESP-132 leads back to itself by way of RESP-043."}
-- breaks: [{"table": "places", "row": "world", "set": {"parent_id": "siem-reap"}}, {"table": "places", "row": "siem-reap", "set": {"parent_id": "phnom-penh"}}, {"table": "places", "row": "cambodia", "set": {"parent_id": "world"}}]
-- says: {"table": "places", "row": "cambodia", "field": "parent_id", "value": "world", "message": "cambodia leads back to itself by way of world."}
-- says: {"table": "places", "row": "phnom-penh", "field": "parent_id", "value": "cambodia", "message": "phnom-penh leads back to itself by way of cambodia."}
-- says: {"table": "places", "row": "siem-reap", "field": "parent_id", "value": "phnom-penh", "message": "siem-reap leads back to itself by way of phnom-penh."}
-- says: {"table": "places", "row": "world", "field": "parent_id", "value": "siem-reap", "message": "world leads back to itself by way of siem-reap."}
-- passes: [{"table": "sources", "row": "tip-report-2015", "set": {"based_on": "us-state-2017"}}, {"table": "links", "row": ["KH018", "part_of"], "set": {"to_id": "KH201"}}]
-- passes: [{"table": "places", "row": "world", "set": {"parent_id": "phnom-penh"}}]
-- passes: [{"table": "links", "row": ["KH010", "later_end_of"], "set": {"to_id": "KH018"}}]
