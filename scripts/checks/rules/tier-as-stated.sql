-- title: The tier in the table is the one that its source states
-- level: warning
-- why: If a source states another tier, one of the two was misread.
-- fix: Look at the source again, and correct one of the two.
-- message: {source_id} states {value} for {place_id} in {report_year}, and the tier is {tier}.
-- example: {"table": "tip_tier_sources", "row": ["brunei", "2009", "gvnet-ratings", "snapshot adapted from TIP 2009"], "set": {"tier_as_stated": "tier_3"}}
-- fixed: {"tier_as_stated": "tier_2"}
-- says: ["tip_tier_sources", "brunei 2009 gvnet-ratings snapshot adapted from TIP 2009", "tier_as_stated"]
SELECT 'data/tip_tier_sources.csv' AS file, s.line, 'tier_as_stated' AS field, tier_as_stated AS value, place_id, report_year, source_id, tier
FROM tip_tier_sources s JOIN tip_tiers t USING (place_id, report_year) WHERE tier_as_stated <> tier
-- passes: [{"table": "tip_tier_sources", "row": "brunei", "set": {"locator": "list of Tier 3 countries"}}]
