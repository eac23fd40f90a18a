-- title: A role names one thing
-- level: error
-- why: A page that asks for a role has to get one reading, one study or one limitation.
-- mend: Fill value_id, study_id or limitation_id, and leave the other two blank.
-- message: The role {value} fills {filled} of the three columns; one is expected.
-- example: {"table": "featured", "row": "share-under-18-later", "set": {"study_id": "ijm-khm-2015"}}
-- mended: {"study_id": ""}
SELECT 'data/featured.csv' AS file, line, 'role' AS field, role AS value, filled
FROM (SELECT *, len(list_filter([value_id, study_id, limitation_id], lambda one: one IS NOT NULL)) AS filled FROM featured)
WHERE filled <> 1
