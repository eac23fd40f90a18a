-- title: Only a body that speaks in the source speaks of its own work
-- level: error
-- why: A newspaper that reports a study is not the study.
-- mend: Write secondary, or say in data/sources.csv which body speaks (organisation_id) and how it stands to the study (independence).
-- message: {source_id} speaks as primary, but {state}.
-- example: {"table": "reported_values", "row": "KH010", "set": {"evidence": "primary"}}
-- mended: {"evidence": "secondary"}
-- says: {"table": "reported_values", "row": "KH010", "field": "evidence", "value": "primary", "message": "khmer-times-2015 speaks as primary, but is independent, and the study is by ijm."}
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
-- says: {"table": "reported_values", "row": "CTDC-03-a", "field": "evidence", "value": "primary", "message": "plos-one-ctdc speaks as primary, but no body speaks in it."}
-- says: {"table": "reported_values", "row": "CTDC-03-b", "field": "evidence", "value": "primary", "message": "plos-one-ctdc speaks as primary, but no body speaks in it."}
-- says: {"table": "reported_values", "row": "CTDC-03-c", "field": "evidence", "value": "primary", "message": "plos-one-ctdc speaks as primary, but no body speaks in it."}
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"evidence": "primary", "source_id": "ijm-article"}}, {"table": "sources", "row": "ijm-article", "set": {"organisation_id": ""}}]
-- says: {"table": "reported_values", "row": "KH010", "field": "evidence", "value": "primary", "message": "ijm-article speaks as primary, but no body speaks in it."}
-- says: {"table": "reported_values", "row": "KH013", "field": "evidence", "value": "primary", "message": "ijm-article speaks as primary, but no body speaks in it."}
-- says: {"table": "reported_values", "row": "KH020", "field": "evidence", "value": "primary", "message": "ijm-article speaks as primary, but no body speaks in it."}
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"evidence": "primary", "source_id": "tip-report-2015"}}]
-- says: {"table": "reported_values", "row": "KH010", "field": "evidence", "value": "primary", "message": "tip-report-2015 speaks as primary, but is foreign_government, and the study is by ijm."}
-- breaks: [{"table": "sources", "row": "masseur-study-page", "set": {"creator": "", "creator_reason": "not_reported"}}]
-- says: {"table": "reported_values", "row": "KH133", "field": "evidence", "value": "primary", "message": "masseur-study-page speaks as primary, but no body speaks in it."}
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"evidence": "primary", "source_id": "ijm-article"}}]
-- passes: [{"table": "sources", "row": "bbs-2019", "set": {"kind": "evaluation"}}, {"table": "sources", "row": "masseur-study-page", "set": {"creator": "Another Author"}}]
