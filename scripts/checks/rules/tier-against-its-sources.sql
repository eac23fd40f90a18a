-- title: A tier is what most of its sources state, and no source stands alone
-- level: error
-- why: A tier against its sources is a slip of ours, or a slip of one of them.
-- mend: Compare the sources. If one of them is wrong, record its row in data/exceptions.csv with the reason.
-- message: {place_id} {report_year}: {shown}, but {state}.
-- except: yes
-- example: {"table": "tip_tiers", "row": ["thailand", "2019"], "set": {"tier": "tier_1"}}
-- mended: {"tier": "tier_2"}
-- says: ["tip_tier_sources", "thailand 2019 thaiger-tip-2019 narrative or text of the page", "tier_as_stated"]
-- says: ["tip_tiers", "thailand 2019", "tier"]
WITH stated AS (
    SELECT place_id, report_year, tier_as_stated, count(*) AS times FROM tip_tier_sources GROUP BY ALL
), most AS (
    SELECT place_id, report_year, arg_max(tier_as_stated, times) AS usual, max(times) AS usual_times, sum(times) AS total FROM stated GROUP BY ALL
), sources_of AS (
    SELECT t.*, s.title, s.date_published, try_cast(left(s.date_published, 4) AS INTEGER) AS published, s.organisation_id, s.kind FROM tip_tier_sources t JOIN sources s USING (source_id)
)
SELECT 'data/tip_tiers.csv' AS file, t.line, 'tier' AS field, t.tier AS value, t.place_id, t.report_year, t.tier AS shown, usual_times || ' of ' || total || ' sources state ' || usual AS state
FROM tip_tiers t JOIN most USING (place_id, report_year) WHERE t.tier <> usual AND 2 * usual_times > total
UNION ALL
SELECT 'data/tip_tier_sources.csv', s.line, 'tier_as_stated', s.tier_as_stated, s.place_id, s.report_year, s.tier_as_stated, 'the tier is ' || t.tier
FROM tip_tier_sources s JOIN tip_tiers t USING (place_id, report_year) WHERE s.tier_as_stated <> t.tier
UNION ALL
SELECT 'data/tip_tier_sources.csv', line, 'report_year', report_year::VARCHAR, place_id, report_year, source_id, 'its source was published in ' || date_published
FROM sources_of WHERE published < report_year OR (published > report_year AND evidence = 'primary' AND NOT contains(locator, 'later year'))
UNION ALL
SELECT 'data/tip_tier_sources.csv', line, 'tier_as_stated', tier_as_stated, place_id, report_year, tier_as_stated, 'it stands in the ' || regexp_extract(locator, 'list of (Tier .*) countries')
FROM sources_of WHERE regexp_matches(locator, 'list of Tier') AND NOT contains(lower(replace(locator, ' ', '_')), tier_as_stated || '_countries')
UNION ALL
SELECT 'data/tip_tier_sources.csv', line, 'report_year', report_year::VARCHAR, place_id, report_year, locator, 'its locator says TIP ' || regexp_extract(locator, 'TIP (20[0-9]{2})', 1)
FROM sources_of WHERE regexp_matches(locator, 'TIP 20') AND regexp_extract(locator, 'TIP (20[0-9]{2})', 1) <> report_year::VARCHAR
UNION ALL
SELECT 'data/tip_tier_sources.csv', s.line, 'place_id', s.place_id, s.place_id, s.report_year, s.source_id, 'the title names ' || p.name
FROM sources_of s JOIN places p ON p.level = 'country' AND contains(s.title, p.name) AND starts_with(s.title, '(Trafficking in Persons') WHERE p.place_id <> s.place_id
UNION ALL
SELECT 'data/tip_tier_sources.csv', line, 'report_year', report_year::VARCHAR, place_id, report_year, source_id, 'the title says ' || regexp_extract(title, 'Persons Report (20[0-9]{2})', 1)
FROM sources_of WHERE NOT contains(locator, 'later year') AND regexp_matches(title, 'Persons Report 20') AND regexp_extract(title, 'Persons Report (20[0-9]{2})', 1) <> report_year::VARCHAR
UNION ALL
SELECT 'data/tip_tiers.csv', a.line, 'tier', a.tier, a.place_id, a.report_year, a.tier, 'there was no report yet'
FROM tip_tiers a WHERE a.report_year > year(getvariable('today'))
-- breaks: [{"table": "tip_tier_sources", "row": ["myanmar", "2003"], "set": {"tier_as_stated": "tier_1"}}]
-- says: ["tip_tier_sources", "myanmar 2003 cambodia-daily-tip-2003 narrative or text of the page", "tier_as_stated"]
-- passes: [{"table": "tip_tiers", "row": ["thailand", "2019"], "set": {"tier": "", "tier_reason": "not_found"}}]
