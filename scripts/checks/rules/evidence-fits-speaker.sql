-- title: Only a body that speaks in the source speaks of its own work
-- level: error
-- why: A newspaper that reports a study is not the study.
-- mend: Write secondary, or say in data/sources.csv which body speaks (organisation_id) and how it stands to the study (independence).
-- message: {source_id} speaks as primary, but {state}.
-- example: {"table": "reported_values", "row": "KH010", "set": {"evidence": "primary"}}
-- mended: {"evidence": "secondary"}
-- says: ["reported_values", "KH010", "evidence"]
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
-- breaks: [{"table": "sources", "row": "plos-one-ctdc", "set": {"kind": "newspaper"}}]
-- says: ["reported_values", "CTDC-03-a", "evidence"]
-- says: ["reported_values", "CTDC-03-b", "evidence"]
-- says: ["reported_values", "CTDC-03-c", "evidence"]
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"evidence": "primary", "source_id": "ijm-article"}}, {"table": "sources", "row": "ijm-article", "set": {"organisation_id": ""}}]
-- says: ["reported_values", "KH010", "evidence"]
-- says: ["reported_values", "KH013", "evidence"]
-- says: ["reported_values", "KH020", "evidence"]
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"evidence": "primary", "source_id": "tip-report-2015"}}]
-- says: ["reported_values", "KH010", "evidence"]
-- breaks: [{"table": "sources", "row": "masseur-study-page", "set": {"creator": "", "creator_reason": "not_reported"}}]
-- says: ["reported_values", "KH133", "evidence"]
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"evidence": "primary", "source_id": "ijm-article"}}]
-- passes: [{"table": "sources", "row": "bbs-2019", "set": {"kind": "evaluation"}}, {"table": "sources", "row": "masseur-study-page", "set": {"creator": "Another Author"}}]
