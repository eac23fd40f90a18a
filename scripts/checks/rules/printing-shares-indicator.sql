-- title: A printing has the indicator and the study of its root
-- level: error
-- why: A share and a count are never printings of one quantity.
-- mend: Correct the indicator or study, or make the row a root of its own and link it.
-- message: The printing has {value}, its root {root} has {expected}.
-- example: {"table": "reported_values", "row": "KH011", "set": {"indicator_id": "fall-of-share"}}
-- mended: {"indicator_id": "share-in-age-band"}
SELECT 'data/reported_values.csv' AS file, p.line, 'indicator_id' AS field, p.indicator_id AS value,
    r.value_id AS root, r.indicator_id AS expected
FROM reported_values p JOIN reported_values r ON r.value_id = p.printing_of
WHERE p.indicator_id <> r.indicator_id
UNION ALL
SELECT 'data/reported_values.csv', p.line, 'study_id', coalesce(p.study_id, 'no study'), r.value_id, coalesce(r.study_id, 'no study')
FROM reported_values p JOIN reported_values r ON r.value_id = p.printing_of
WHERE p.study_id IS DISTINCT FROM r.study_id
