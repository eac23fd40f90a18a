-- title: No row leads back to itself through others in its table, and no two readings are parts of each other
-- level: error
-- why: A place that contains itself, or a source that is based on itself, has no beginning.
-- fix: Correct the row that points the wrong way.
-- message: {id} leads back to itself by way of {value}.
-- example: {"table": "places", "row": "cambodia", "set": {"parent_id": "phnom-penh"}}
-- fixed: {"parent_id": ""}
-- says: ["places", "cambodia", "parent_id"]
-- says: ["places", "phnom-penh", "parent_id"]
WITH RECURSIVE steps AS ( -- each id leads to one other, so a walk of 1, 2, 4, 8 … steps is one row per id
    SELECT file, line, field, own AS id, value FROM references_of_rows
    WHERE own IS NOT NULL AND file <> 'data/reported_values.csv' -- mention-points-at-main-one asks more of mentions
), enough AS (SELECT 1 + ceil(log2(1 + count(*))) AS doublings FROM steps
), walks AS ( -- a walk with more steps than there are ids must be in a ring
    SELECT 0 AS doubled, file, field, id AS start, value AS stop FROM steps
    UNION ALL
    SELECT a.doubled + 1, a.file, a.field, a.start, b.stop
    FROM walks a JOIN walks b ON a.file = b.file AND a.field = b.field AND a.stop = b.start
    WHERE a.doubled < (SELECT doublings FROM enough)
), on_ring AS (SELECT file, field, stop FROM walks WHERE doubled = (SELECT doublings FROM enough))
SELECT file, line, field, value, id
FROM steps
WHERE (file, field, id) IN (FROM on_ring)
UNION ALL -- a part may have many wholes, so only pairs that contain each other are sought here
SELECT 'data/links.csv', line, 'to_id', to_id, from_id
FROM links
WHERE relation = 'part_of' AND (to_id, from_id) IN (SELECT (from_id, to_id) FROM links WHERE relation = 'part_of')
-- breaks: [{"table": "links", "row": ["KH010", "later_end_of"], "set": {"relation": "part_of", "to_id": "KH018"}}]
-- says: ["links", "KH010 part_of KH018", "to_id"]
-- says: ["links", "KH018 part_of KH010", "to_id"]
-- passes: [{"table": "links", "row": ["KH010", "later_end_of"], "set": {"to_id": "KH018"}}]
