-- title: News, a blog, or a press release or page without an author is primary evidence only if an organisation speaks in it
-- level: warning
-- why: A newspaper that reports a study is not the study.
-- fix: Write secondary, or say in data/sources.csv which body speaks ([organisation_id]).
-- message: {source_id} speaks as primary, but no body speaks in it.
-- example: {"table": "events", "row": "RESP-044", "set": {"evidence": "primary", "source_id": "khmer-times-2015"}}
-- fixed: {"evidence": "secondary", "source_id": "us-labor-2016"}
-- says: ["events", "RESP-044", "evidence"]
WITH told AS (
    SELECT 'data/reported_values.csv' AS file, line, source_id FROM reported_values WHERE evidence = 'primary'
    UNION ALL SELECT 'data/study_facts.csv', line, source_id FROM study_facts WHERE evidence = 'primary'
    UNION ALL SELECT 'data/events.csv', line, source_id FROM events WHERE evidence = 'primary'
    UNION ALL SELECT 'data/tip_tier_sources.csv', line, source_id FROM tip_tier_sources WHERE evidence = 'primary'
)
SELECT file, told.line, 'evidence' AS field, 'primary' AS value, source_id
FROM told JOIN sources USING (source_id)
WHERE organisation_id IS NULL AND independence <> 'foreign_government' AND (kind IN ('newspaper', 'magazine', 'news_agency', 'blog')
    OR creator IS NULL AND kind IN ('press_release', 'ngo_web_page'))
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"evidence": "primary", "source_id": "khmer-times-2015"}}]
-- says: ["reported_values", "KH010", "evidence"]
-- passes: [{"table": "sources", "row": "masseur-study-page", "set": {"creator": "Another Author"}}]
