-- title: A link joins two different roots
-- level: error
-- why: Quantities are linked, not their printings.
-- mend: Use the id of the root.
-- message: {value} is {state}.
-- example: {"table": "links", "row": ["KH007", "numerator_of", "KH010"], "set": {"to_id": "KH011"}}
-- mended: {"to_id": "KH010"}
-- says: ["links", "KH007 numerator_of KH011", "to_id"]
SELECT 'data/links.csv' AS file, ends.line, field, id AS value,
    CASE WHEN printing_of IS NOT NULL THEN 'a printing of ' || printing_of ELSE 'linked with itself' END AS state
FROM (
    SELECT line, 'from_id' AS field, from_id AS id, from_id = to_id AS is_loop FROM links
    UNION ALL SELECT line, 'to_id', to_id, from_id = to_id FROM links
) AS ends JOIN all_readings ON value_id = id
WHERE printing_of IS NOT NULL OR is_loop
-- breaks: [{"table": "links", "row": ["KH007", "numerator_of", "KH010"], "set": {"from_id": "KH011"}}]
-- says: ["links", "KH011 numerator_of KH010", "from_id"]
-- breaks: [{"table": "links", "row": ["KH043", "comparable"], "set": {"from_id": "KH018"}}]
-- says: ["links", "KH018 comparable KH018", "from_id"]
-- says: ["links", "KH018 comparable KH018", "to_id"]
-- passes: [{"table": "links", "row": ["KH007", "numerator_of", "KH010"], "set": {"to_id": "KH201"}}]
