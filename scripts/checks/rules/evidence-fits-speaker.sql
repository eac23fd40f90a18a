-- title: Only a body that speaks in the source speaks of its own work
-- level: error
-- why: A newspaper that reports a study is not the study.
-- mend: Write secondary, or say in data/sources.csv which body speaks (organisation_id) and how it stands to the study (independence).
-- message: {source_id} speaks as primary, but {state}.
-- example: {"table": "reported_values", "row": "KH010", "set": {"evidence": "primary"}}
-- mended: {"evidence": "secondary"}
SELECT 'data/reported_values.csv' AS file, v.line, 'evidence' AS field, v.evidence AS value, v.source_id,
    CASE WHEN o.kind = 'implementer' AND s.independence <> 'implementer'
        THEN 'is ' || s.independence || ', and the study is by ' || o.organisation_id
        ELSE 'no body speaks in it' END AS state
FROM reported_values v
JOIN sources s USING (source_id)
LEFT JOIN studies t USING (study_id)
LEFT JOIN organisations o ON o.organisation_id = t.organisation_id
WHERE v.evidence = 'primary' AND (
    (o.kind = 'implementer' AND s.independence <> 'implementer')
    OR (s.organisation_id IS NULL AND s.kind NOT IN ('academic_article', 'evaluation')
        AND (s.creator IS NULL OR s.kind IN ('newspaper', 'magazine', 'news_agency')))
)
