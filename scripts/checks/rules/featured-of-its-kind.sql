-- title: A role names a row of the kind that it is for
-- level: error
-- why: A page written for a share would describe a count in the words for a share.
-- fix: Point the role at a row of its kind, or correct kind.
-- message: The role {role} is for a {kind}, and {value} is a {is_a}.
-- example: {"table": "featured", "row": "share-under-18-later", "set": {"value_id": "KH007"}}
-- fixed: {"value_id": "KH010"}
-- says: ["featured", "share-under-18-later", "value_id"]
WITH cells AS (
    UNPIVOT featured ON value_id, study_id, limitation_id, not_available_id INTO NAME field VALUE value
), judged AS (
    SELECT cells.*, CASE field WHEN 'value_id' THEN one.kind WHEN 'study_id' THEN 'study'
        WHEN 'limitation_id' THEN 'limitation' ELSE 'missing' END AS is_a
    FROM cells LEFT JOIN all_readings one ON field = 'value_id' AND one.value_id = cells.value
)
SELECT 'data/editorial/featured.csv' AS file, line, field, value, role, kind, is_a
FROM judged
WHERE kind <> is_a
-- breaks: [{"table": "featured", "row": "venue-study-later", "set": {"kind": "limitation"}}]
-- says: ["featured", "venue-study-later", "study_id"]
-- passes: [{"table": "featured", "row": "share-under-18-later", "set": {"value_id": "KH018"}}]
