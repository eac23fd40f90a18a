-- title: A tier has a source that states it, and every source has its cell
-- level: error
-- why: A tier without a source cannot be checked.
-- mend: Restore or correct the tier in data/tip_tiers.csv, or add the source to data/tip_tier_sources.csv.
-- message: {place_id} {report_year}: {state}.
-- example: {"table": "tip_tiers", "row": ["cambodia", "2015"], "set": {"tier": "tier_1"}}
-- mended: {"tier": "tier_2_watch_list"}
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
