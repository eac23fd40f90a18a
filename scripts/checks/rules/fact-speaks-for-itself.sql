-- title: Facts and events are primary only where a body speaks of its own work
-- level: error
-- why: A newspaper that reports an event is not the body that made it.
-- mend: Write secondary, or say in data/sources.csv which body speaks.
-- message: {source_id} speaks as {value}, but {state}.
-- except: yes
-- example: {"table": "events", "row": "RESP-044", "set": {"evidence": "primary", "source_id": "khmer-times-2015"}}
-- mended: {"evidence": "secondary", "source_id": "us-labor-2016"}
-- says: ["events", "RESP-044", "evidence"]
SELECT 'data/study_facts.csv' AS file, f.line, 'evidence' AS field, f.evidence AS value, f.source_id,
    CASE WHEN f.evidence = 'primary' THEN 'no body speaks in it' ELSE s.organisation_id || ' ran the study' END AS state
FROM study_facts f JOIN sources s USING (source_id) LEFT JOIN studies t USING (study_id)
WHERE (f.evidence = 'primary' AND s.organisation_id IS NULL AND s.kind IN ('newspaper', 'magazine', 'news_agency', 'press_release', 'blog', 'ngo_web_page'))
    OR (f.evidence = 'secondary' AND s.organisation_id = t.organisation_id AND s.kind NOT IN ('newspaper', 'magazine', 'news_agency') AND f.credited_to = t.organisation_id AND s.independence = 'implementer')
UNION ALL
SELECT 'data/events.csv', e.line, 'evidence', e.evidence, e.source_id, 'no body speaks in it' FROM events e JOIN sources s USING (source_id)
WHERE e.evidence = 'primary' AND s.organisation_id IS NULL AND s.kind IN ('newspaper', 'magazine', 'news_agency', 'blog')
UNION ALL
SELECT 'data/tip_tier_sources.csv', t.line, 'evidence', t.evidence, t.source_id, CASE WHEN t.evidence = 'primary' THEN 'it is ' || s.independence ELSE 'the Department of State speaks in it' END FROM tip_tier_sources t JOIN sources s USING (source_id)
WHERE (t.evidence = 'primary' AND s.independence <> 'foreign_government') OR (t.evidence = 'secondary' AND regexp_matches(s.publisher, '^US Department of State') AND NOT contains(t.locator, 'later'))
-- passes: [{"table": "events", "row": "RESP-103", "set": {"evidence": "secondary"}}]
