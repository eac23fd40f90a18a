-- title: A role names one thing
-- level: error
-- why: A page that asks for a role has to get one reading, one study, one limitation or one missing item.
-- mend: Fill value_id, study_id, limitation_id or not_available_id, and leave the other three blank.
-- message: The role {value} fills {filled} of the four columns; one is expected.
-- example: {"table": "featured", "row": "share-under-18-later", "set": {"study_id": "ijm-khm-2015"}}
-- mended: {"study_id": ""}
-- says: ["featured", "share-under-18-later", "role"]
SELECT 'data/featured.csv' AS file, line, 'role' AS field, role AS value, filled
FROM (SELECT *, len(list_filter([value_id, study_id, limitation_id, not_available_id], lambda one: one IS NOT NULL)) AS filled FROM featured)
WHERE filled <> 1
-- breaks: [{"table": "featured", "row": "share-under-18-later", "set": {"value_id": ""}}]
-- says: ["featured", "share-under-18-later", "role"]
-- breaks: [{"table": "featured", "row": "disputed-zero", "set": {"value_id": "KH010"}}, {"table": "featured", "row": "disputed-zero", "set": {"study_id": "ijm-khm-2015"}}]
-- says: ["featured", "disputed-zero", "role"]
-- passes: [{"table": "featured", "row": "share-under-18-later", "set": {"value_id": "", "study_id": "ijm-khm-2015"}}]
