-- title: A role names what it is for
-- level: error
-- why: A page that writes a share would write a count with the words of a share.
-- mend: Point the role at a row of its kind, or correct kind.
-- message: The role {role} is for a {kind}, and {value} is a {is_a}.
-- example: {"table": "featured", "row": "share-under-18-later", "set": {"value_id": "KH007"}}
-- mended: {"value_id": "KH010"}
-- says: ["featured", "share-under-18-later", "value_id"]
SELECT 'data/featured.csv' AS file, line, field, value, role, kind, is_a
FROM (
    SELECT f.line, 'value_id' AS field, f.value_id AS value, f.role, f.kind, i.kind AS is_a
    FROM featured f JOIN reported_values v USING (value_id) JOIN indicators i USING (indicator_id)
    UNION ALL SELECT line, 'study_id', study_id, role, kind, 'study' FROM featured WHERE study_id IS NOT NULL
    UNION ALL SELECT line, 'limitation_id', limitation_id, role, kind, 'limitation'
    FROM featured WHERE limitation_id IS NOT NULL
    UNION ALL SELECT line, 'not_available_id', not_available_id, role, kind, 'missing item'
    FROM featured WHERE not_available_id IS NOT NULL AND kind <> 'missing'
)
WHERE kind <> is_a
-- breaks: [{"table": "featured", "row": "people-seen-later", "set": {"kind": "study"}}]
-- says: ["featured", "people-seen-later", "value_id"]
-- breaks: [{"table": "featured", "row": "venue-study-later", "set": {"kind": "limitation"}}]
-- says: ["featured", "venue-study-later", "study_id"]
-- breaks: [{"table": "featured", "row": "disputed-zero", "set": {"kind": "change"}}]
-- says: ["featured", "disputed-zero", "limitation_id"]
-- passes: [{"table": "featured", "row": "share-under-18-later", "set": {"value_id": "KH018"}}]
-- passes: [{"table": "featured", "row": "venue-study-later", "set": {"study_id": "ijm-khm-2012"}}]
-- breaks: [{"table": "featured", "row": "repeat-after-the-studies", "set": {"kind": "study"}}]
-- says: ["featured", "repeat-after-the-studies", "not_available_id"]
