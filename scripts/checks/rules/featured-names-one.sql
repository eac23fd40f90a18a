-- title: A role names one thing
-- level: error
-- why: A page that asks for a role has to get one reading, one study, one limitation or one missing item.
-- mend: Fill value_id, study_id, limitation_id or not_available_id, and leave the other three blank.
-- message: The role {value} fills {filled} of the four columns; one is expected.
-- example: {"table": "featured", "row": "share-under-18-later", "set": {"study_id": "ijm-khm-2015"}}
-- mended: {"study_id": ""}
-- says: {"table": "featured", "row": "share-under-18-later", "field": "role", "value": "share-under-18-later", "message": "The role share-under-18-later fills 2 of the four columns; one is expected."}
SELECT 'data/featured.csv' AS file, line, 'role' AS field, role AS value, filled
FROM (SELECT *, len(list_filter([value_id, study_id, limitation_id, not_available_id], lambda one: one IS NOT NULL)) AS filled FROM featured)
WHERE filled <> 1
-- breaks: [{"table": "featured", "row": "share-under-18-later", "set": {"value_id": ""}}]
-- says: {"table": "featured", "row": "share-under-18-later", "field": "role", "value": "share-under-18-later", "message": "The role share-under-18-later fills 0 of the four columns; one is expected."}
-- breaks: [{"table": "featured", "row": "disputed-zero", "set": {"value_id": "KH010"}}, {"table": "featured", "row": "disputed-zero", "set": {"study_id": "ijm-khm-2015"}}]
-- says: {"table": "featured", "row": "disputed-zero", "field": "role", "value": "disputed-zero", "message": "The role disputed-zero fills 3 of the four columns; one is expected."}
-- passes: [{"table": "featured", "row": "share-under-18-later", "set": {"value_id": "", "study_id": "ijm-khm-2015"}}]
