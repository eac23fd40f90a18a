-- title: Each tier has a source that states it, and every row that mentions a tier refers to one in the table
-- level: error
-- why: A tier without a source cannot be checked.
-- fix: Restore or correct the tier in data/tip_tiers.csv, or add the source to data/tip_tier_sources.csv.
-- message: No source states {value} of {place}, {year}.
-- example: {"table": "tip_tiers", "row": ["cambodia", "2015"], "set": {"tier": "tier_1"}}
-- fixed: {"tier": "tier_2_watch_list"}
-- says: ["tip_tiers", "cambodia 2015", "tier"]
WITH asking AS (
    SELECT 'data/tip_tier_sources.csv' AS file, line, place_id, report_year FROM tip_tier_sources
    UNION ALL SELECT 'data/editorial/article_evidence.csv', line, place_id, report_year FROM article_evidence
    WHERE place_id IS NOT NULL OR report_year IS NOT NULL
)
SELECT 'data/tip_tiers.csv' AS file, t.line, 'tier' AS field, t.tier AS value, t.place_id AS place, t.report_year::VARCHAR AS year,
    NULL AS says
FROM tip_tiers t
WHERE t.tier IS NOT NULL AND (t.place_id, t.report_year, t.tier) NOT IN (
    SELECT (place_id, report_year, tier_as_stated) FROM tip_tier_sources
)
UNION ALL
SELECT file, line, 'report_year', report_year::VARCHAR, coalesce(place_id, 'no country'), coalesce(report_year::VARCHAR, 'no year'),
    'data/tip_tiers.csv has no tier of {place}, {year}.'
FROM asking
WHERE NOT EXISTS (FROM tip_tiers t WHERE t.place_id = asking.place_id AND t.report_year = asking.report_year AND t.tier IS NOT NULL)
-- breaks: [{"table": "article_evidence", "row": "KT34-06", "set": {"report_year": "2055"}}]
-- says: ["article_evidence", "KT34-06", "report_year"]
-- passes: [{"table": "tip_tier_sources", "row": ["cambodia", "2015", "scorecard-diplomacy-tiers"], "set": {"tier_as_stated": "tier_1"}}]
