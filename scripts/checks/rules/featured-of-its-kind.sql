-- title: A role names what it is for
-- level: error
-- why: A page that writes a share would write a count with the words of a share.
-- mend: Point the role at a row of its kind, or correct kind.
-- message: The role {role} is for a {kind}, and {value} is a {is_a}.
-- example: {"table": "featured", "row": "share-under-18-later", "set": {"value_id": "KH007"}}
-- mended: {"value_id": "KH010"}
SELECT 'data/featured.csv' AS file, line, field, value, role, kind, is_a
FROM (
    SELECT f.line, 'value_id' AS field, f.value_id AS value, f.role, f.kind, i.kind AS is_a
    FROM featured f JOIN reported_values v USING (value_id) JOIN indicators i USING (indicator_id)
    UNION ALL SELECT line, 'study_id', study_id, role, kind, 'study' FROM featured WHERE study_id IS NOT NULL
    UNION ALL SELECT line, 'limitation_id', limitation_id, role, kind, 'limitation'
    FROM featured WHERE limitation_id IS NOT NULL
)
WHERE kind <> is_a
