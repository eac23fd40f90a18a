-- title: There was no Watch List before 2004
-- level: error
-- why: The reports of 2001 to 2003 had three tiers.
-- fix: Compare the year and the tier with the source.
-- message: The Watch List did not exist in {report_year}.
-- example: {"table": "tip_tiers", "row": ["cambodia", "2002"], "set": {"tier": "tier_2_watch_list"}}
-- fixed: {"tier": "tier_3"}
-- says: ["tip_tiers", "cambodia 2002", "tier"]
SELECT 'data/tip_tiers.csv' AS file, line, 'tier' AS field, tier AS value, report_year FROM tip_tiers
WHERE tier = 'tier_2_watch_list' AND report_year < 2004
UNION ALL SELECT 'data/tip_tier_sources.csv', line, 'tier_as_stated', tier_as_stated, report_year FROM tip_tier_sources
WHERE tier_as_stated = 'tier_2_watch_list' AND report_year < 2004
-- passes: [{"table": "tip_tiers", "row": ["cambodia", "2004"], "set": {"tier": "tier_2_watch_list"}}]
