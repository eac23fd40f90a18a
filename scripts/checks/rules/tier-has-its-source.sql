-- title: A tier has a source that states it, and every source has its cell
-- level: error
-- why: A tier without a source cannot be checked.
-- mend: Restore or correct the tier in data/tip_tiers.csv, or add the source to data/tip_tier_sources.csv.
-- message: {place_id} {report_year}: {state}.
-- example: {"table": "tip_tiers", "row": ["cambodia", "2015"], "set": {"tier": "tier_1"}}
-- mended: {"tier": "tier_2_watch_list"}
-- says: ["tip_tiers", "cambodia 2015", "tier"]
SELECT 'data/tip_tiers.csv' AS file, t.line, 'tier' AS field, t.tier AS value, t.place_id, t.report_year,
    'no source states ' || t.tier AS state
FROM tip_tiers t
WHERE t.tier IS NOT NULL AND NOT EXISTS (
    FROM tip_tier_sources s
    WHERE s.place_id = t.place_id AND s.report_year = t.report_year AND s.tier_as_stated = t.tier
)
UNION ALL
SELECT 'data/tip_tier_sources.csv', s.line, 'report_year', s.report_year::VARCHAR, s.place_id, s.report_year,
    'a source states a tier, but data/tip_tiers.csv has none'
FROM tip_tier_sources s
WHERE NOT EXISTS (
    FROM tip_tiers t WHERE t.place_id = s.place_id AND t.report_year = s.report_year AND t.tier IS NOT NULL
)
-- breaks: [{"table": "tip_tier_sources", "row": ["cambodia", "2015", "tip-report-2015"], "set": {"locator": "p. 7", "report_year": "2055"}}]
-- says: ["tip_tier_sources", "cambodia 2055 tip-report-2015 p. 7", "report_year"]
-- breaks: [{"table": "tip_tier_sources", "row": ["cambodia", "2015", "tip-report-2015"], "set": {"locator": "p. 7"}}, {"table": "tip_tiers", "row": ["cambodia", "2015"], "set": {"tier": "", "tier_reason": "not_found"}}]
-- says: ["tip_tier_sources", "cambodia 2015 scorecard-diplomacy-tiers data/processed/map_tiers.csv", "report_year"]
-- says: ["tip_tier_sources", "cambodia 2015 tip-report-2015 p. 7", "report_year"]
-- breaks: [{"table": "tip_tiers", "row": ["cambodia", "2015"], "set": {"tier": "tier_3"}}]
-- says: ["tip_tiers", "cambodia 2015", "tier"]
-- passes: [{"table": "tip_tier_sources", "row": ["cambodia", "2015", "scorecard-diplomacy-tiers"], "set": {"tier_as_stated": "tier_1"}}]
