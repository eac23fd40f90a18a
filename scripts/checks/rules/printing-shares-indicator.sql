-- title: A printing has the indicator and the study of its root
-- level: error
-- why: A share and a count are never printings of one quantity.
-- mend: Correct the indicator or study, or make the row a root of its own and link it.
-- message: The printing has {value}, its root {root} has {expected}.
-- example: {"table": "reported_values", "row": "KH011", "set": {"indicator_id": "fall-of-share"}}
-- mended: {"indicator_id": "share-in-age-band"}
-- says: {"table": "reported_values", "row": "KH011", "field": "indicator_id", "value": "fall-of-share", "message": "The printing has fall-of-share, its root KH010 has share-in-age-band."}
SELECT 'data/reported_values.csv' AS file, p.line, 'indicator_id' AS field, p.indicator_id AS value,
    r.value_id AS root, r.indicator_id AS expected
FROM all_readings p JOIN all_readings r ON r.value_id = p.printing_of
WHERE p.indicator_id <> r.indicator_id
UNION ALL
SELECT 'data/reported_values.csv', p.line, 'study_id', coalesce(p.study_id, 'no study'), r.value_id, coalesce(r.study_id, 'no study')
FROM all_readings p JOIN all_readings r ON r.value_id = p.printing_of
WHERE p.study_id IS DISTINCT FROM r.study_id
-- breaks: [{"table": "reported_values", "row": "KH011", "set": {"study_id": "ijm-khm-2012"}}]
-- says: {"table": "reported_values", "row": "KH011", "field": "study_id", "value": "ijm-khm-2012", "message": "The printing has ijm-khm-2012, its root KH010 has ijm-khm-2015."}
-- breaks: [{"table": "reported_values", "row": "RESP-110-a", "set": {"study_id": "ijm-khm-2015", "study_id_reason": ""}}]
-- says: {"table": "reported_values", "row": "RESP-110-a", "field": "study_id", "value": "ijm-khm-2015", "message": "The printing has ijm-khm-2015, its root KH030 has no study."}
-- passes: [{"table": "reported_values", "row": "KH011", "set": {"place_id": "cambodia"}}]
