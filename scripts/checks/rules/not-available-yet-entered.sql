-- title: What is entered is not listed as not available
-- level: error
-- why: A base that was worked back from a share would look as if a source printed it.
-- mend: Remove the value if no source prints it; else remove the row of data/not_available.csv.
-- message: {value} is entered, but {not_available_id} says that it was not found.
-- example: {"table": "reported_values", "row": "KH031", "copy": {"value_id": "KH931", "indicator_id": "people-observed", "population_id": "venue-workers", "locator": "para 9"}}
-- mended: {}
-- says: ["reported_values", "KH931", "value_id"]
SELECT 'data/reported_values.csv' AS file, v.line, 'value_id' AS field, v.value_id AS value, n.not_available_id
FROM reported_values v
JOIN not_available n USING (indicator_id)
LEFT JOIN not_available_studies s USING (not_available_id)
WHERE v.study_id IN (n.study_id, s.study_id)
-- breaks: [{"table": "not_available", "row": "N01", "set": {"indicator_id": "fall-of-count"}}]
-- says: ["reported_values", "KH023", "value_id"]
-- passes: [{"table": "reported_values", "row": "KH031", "copy": {"value_id": "KH931", "indicator_id": "people-interviewed"}}, {"table": "reported_values", "row": "KH005", "copy": {"value_id": "KH905"}}]
