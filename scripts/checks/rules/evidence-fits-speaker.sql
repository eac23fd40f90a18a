-- title: Only the body that measured speaks of its own work
-- level: error
-- why: A newspaper that reports a study is not the study.
-- mend: Write secondary, or correct how the source stands to the study (independence in data/sources.csv).
-- message: {source_id} is {independence}, but speaks as {value} of a study by {organisation_id}.
-- example: {"table": "reported_values", "row": "KH010", "set": {"evidence": "primary"}}
SELECT 'data/reported_values.csv' AS file, v.line, 'evidence' AS field, v.evidence AS value, v.source_id, s.independence,
    t.organisation_id
FROM reported_values v
JOIN sources s USING (source_id)
JOIN studies t USING (study_id)
JOIN organisations o USING (organisation_id)
WHERE v.evidence = 'primary' AND o.kind = 'implementer' AND s.independence <> 'implementer'
