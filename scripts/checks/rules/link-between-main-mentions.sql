-- title: A link joins two different main mentions
-- level: error
-- why: Quantities are linked, not their mentions.
-- fix: Use the short name of the main mention.
-- message: {value} is a mention of {main}.
-- example: {"table": "links", "row": ["KH007", "numerator_of", "KH010"], "set": {"to_id": "KH011"}}
-- fixed: {"to_id": "KH010"}
-- says: ["links", "KH007 numerator_of KH011", "to_id"]
WITH ends AS (
    SELECT line, relation, 'from_id' AS field, from_id AS value_id, from_id = to_id AS is_loop FROM links
    UNION ALL SELECT line, relation, 'to_id', to_id, false FROM links
)
SELECT 'data/links.csv' AS file, ends.line, field, value_id AS value, mention_of AS main,
    CASE WHEN is_loop THEN '{value} is linked with itself.' END AS says
FROM ends JOIN all_readings USING (value_id)
WHERE is_loop OR mention_of IS NOT NULL AND relation <> 'checked_against'
-- breaks: [{"table": "links", "row": ["KH043", "comparable"], "set": {"from_id": "KH018"}}]
-- says: ["links", "KH018 comparable KH018", "from_id"]
-- passes: [{"table": "links", "row": ["KH007", "numerator_of", "KH010"], "set": {"to_id": "KH201"}}]
