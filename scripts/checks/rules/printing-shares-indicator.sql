-- title: A printing has the indicator and the study of its root
-- level: error
-- why: A share and a count are never printings of one quantity.
-- mend: Correct the indicator or study, or make the row a root of its own and link it.
-- message: The printing has {value}, its root {root} has {expected}.
-- example: {"table": "reported_values", "row": "KH011", "set": {"indicator_id": "fall-of-share"}}
-- mended: {"indicator_id": "share-in-age-band"}
-- says: ["reported_values", "KH011", "indicator_id"]
SELECT 'data/reported_values.csv' AS file, p.line, 'indicator_id' AS field, p.indicator_id AS value,
    r.value_id AS root, r.indicator_id AS expected
FROM all_readings p JOIN all_readings r ON r.value_id = p.printing_of
WHERE p.indicator_id <> r.indicator_id
UNION ALL
SELECT 'data/reported_values.csv', p.line, 'study_id', coalesce(p.study_id, 'no study'), r.value_id, coalesce(r.study_id, 'no study')
FROM all_readings p JOIN all_readings r ON r.value_id = p.printing_of
WHERE p.study_id IS DISTINCT FROM r.study_id
-- breaks: [{"table": "reported_values", "row": "KH011", "set": {"study_id": "ijm-khm-2012"}}]
-- says: ["reported_values", "KH011", "study_id"]
-- breaks: [{"table": "reported_values", "row": "RESP-110-a", "set": {"study_id": "ijm-khm-2015", "study_id_reason": ""}}]
-- says: ["reported_values", "RESP-110-a", "study_id"]
-- passes: [{"table": "reported_values", "row": "KH011", "set": {"place_id": "cambodia"}}]
