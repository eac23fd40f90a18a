-- title: A year, a number or a name in the words of a row is that of its own cells
-- level: error
-- why: A row that says 2015 and is filed under 2014 is wrong in one of the two.
-- mend: Compare the source with the words and the cell, and correct the one that is wrong.
-- message: {key}: the {field} is {shown}, but {state}.
-- except: yes
-- example: {"table": "series_breaks", "row": ["tip-convictions-year", "B044"], "set": {"at": "2015"}}
-- mended: {"at": "2014"}
-- says: ["series_breaks", "tip-convictions-year B044", "at"]
WITH ages AS (
    SELECT study_id, min(age_min) AS low, max(age_max) AS high FROM all_readings WHERE study_id IS NOT NULL GROUP BY study_id
), spots AS (
    SELECT study_id, list(DISTINCT place_id) AS places FROM all_readings WHERE study_id IS NOT NULL GROUP BY study_id
), judged AS (
    SELECT 'series_breaks' AS table_name, line, series_id || ' ' || break_id AS key, 'at' AS field, "at" AS value, 'its words say “' || regexp_extract(text, '^For (?:19|20)[0-9]{2}|^The report of (?:19|20)[0-9]{2}') || '”' AS state FROM series_breaks
    WHERE regexp_matches(text, '^For (?:19|20)[0-9]{2} the government') AND left("at", 4) <> regexp_extract(text, '^For ([0-9]{4})', 1)
        OR regexp_matches(text, '^The report of (?:19|20)[0-9]{2} says that the figures') AND try_cast(left("at", 4) AS INTEGER) <> try_cast(regexp_extract(text, '^The report of ([0-9]{4})', 1) AS INTEGER) - 1
    UNION ALL SELECT 'series_breaks', b.line, series_id || ' ' || break_id, 'source_id', b.source_id, 'that report is of ' || left(s.date_published, 4) FROM series_breaks b JOIN sources s USING (source_id)
    WHERE s.kind = 'government_report' AND NOT regexp_matches(b.text, '(?:19|20)[0-9]{2}') AND abs(try_cast(left(s.date_published, 4) AS INTEGER) - try_cast(left(b."at", 4) AS INTEGER)) > 1
    UNION ALL SELECT 'claims', c.line, claim_id, 'text', c.text, 'no reading of it prints ' || n.told FROM claims c JOIN (SELECT claim_id, unnest(regexp_extract_all(text, '[0-9]{2,3},[0-9]{3}')) AS told FROM claims) n USING (claim_id)
    WHERE NOT EXISTS (SELECT 1 FROM claim_values x JOIN all_readings v ON v.value_id = x.value_id OR v.printing_of = x.value_id WHERE x.claim_id = c.claim_id AND contains(v.printed || v.scope_as_printed, split_part(n.told, ',', 1)))
    UNION ALL SELECT 'claims', c.line, claim_id, 'text', c.text, 'no reading of it is of people under ' || told FROM (SELECT *, unnest(regexp_extract_all(text, '\bshare (?:judged )?under ([0-9]{2})\b', 1)) AS told FROM claims) c
    WHERE NOT EXISTS (SELECT 1 FROM claim_values x JOIN all_readings v ON x.value_id IN (v.value_id, v.printing_of) WHERE x.claim_id = c.claim_id AND v.age_max = try_cast(told AS INTEGER) - 1)
    UNION ALL SELECT 'reported_values', v.line, v.value_id, 'place_id', v.place_id, 'the claim ' || c.claim_id || ' does not name ' || v.place_name FROM claims c JOIN claim_values x USING (claim_id) JOIN all_readings v ON v.value_id = x.value_id WHERE v.place_level = 'city' AND NOT contains(c.text || c.name, v.place_name)
    UNION ALL SELECT 'speaks_for', f.line, f.source_id || ' ' || organisation_id, 'reason', f.reason, o.name || ' is no ministry' FROM speaks_for f JOIN organisations o USING (organisation_id) WHERE regexp_matches(f.reason, '\bof the ministry\b') AND o.kind <> 'government'
    UNION ALL SELECT 'series_breaks', line, series_id || ' ' || break_id, 'fact_as_printed', fact_as_printed, 'its text does not say ' || list_filter(regexp_extract_all(fact_as_printed, '\b(?:19|20)[0-9]{2}\b'), lambda one: NOT contains(text, one))[1] FROM series_breaks
    WHERE regexp_matches(text, '\b(?:19|20)[0-9]{2}\b') AND len(list_filter(regexp_extract_all(fact_as_printed, '\b(?:19|20)[0-9]{2}\b'), lambda one: NOT contains(text, one))) > 0
    UNION ALL SELECT 'limitations', l.line, limitation_id, 'text', l.text, 'no reading prints ' || n.told FROM limitations l JOIN (SELECT limitation_id, unnest(regexp_extract_all(text, '[0-9,]*[0-9]{3,}')) AS told FROM limitations WHERE kind = 'denominator') n USING (limitation_id)
    WHERE NOT EXISTS (SELECT 1 FROM all_readings v WHERE contains(v.printed, n.told)) AND n.told NOT IN ('2012', '2015')
    UNION ALL SELECT 'limitations', line, limitation_id, 'effect_on_level', effect_on_level, 'its words say that less is seen' FROM limitations WHERE regexp_matches(text, 'sees less|is missed|are missed') AND effect_on_level = 'overstates'
    UNION ALL SELECT 'assumptions', line, assumption_id, 'value', value::VARCHAR, 'one less the printed ' || value_as_printed || ' is another number' FROM assumptions
    WHERE starts_with(caveat, 'One less the printed') AND regexp_matches(value_as_printed, '^[0-9.]+ ?%$') AND abs(1 - try_cast(regexp_extract(value_as_printed, '[0-9.]+') AS DOUBLE) / 100 - value) > 0.0001
    UNION ALL SELECT 'assumptions', line, assumption_id, 'basis', basis, 'the value is the printed one' FROM assumptions WHERE basis = 'scenario' AND fact_id IS NOT NULL AND value_as_printed = value::VARCHAR
    UNION ALL SELECT 'organisations', o.line, o.organisation_id, 'name', o.name, p.organisation_id || ' has the same name' FROM organisations o JOIN organisations p ON lower(p.name) = lower(o.name) AND p.organisation_id < o.organisation_id
    UNION ALL SELECT 'featured', line, role, 'quote_for', quote_for, 'what_for speaks of ' || regexp_extract(what_for, '(?:19|20)[0-9]{2}') FROM featured
    WHERE regexp_matches(quote_for, '^in_(?:19|20)[0-9]{2}$') AND regexp_matches(what_for, '(?:19|20)[0-9]{2}') AND regexp_extract(quote_for, '[0-9]{4}') <> regexp_extract(what_for, '(?:19|20)[0-9]{2}')
    UNION ALL SELECT 'featured', f.line, role, 'not_available_id', f.not_available_id, 'that row says “' || n.what || '”' FROM featured f JOIN not_available n USING (not_available_id) WHERE regexp_matches(f.what_for, 'later survey') AND NOT regexp_matches(lower(n.what), 'later|after|repeat|since')
    UNION ALL SELECT 'not_available', n.line, not_available_id, 'what', n.what, 'its source prints no ' || regexp_extract(n.what, '\bthe ([0-9]{2,3}) of\b', 1) FROM not_available n WHERE regexp_matches(n.what, '\bthe [0-9]{2,3} of\b')
        AND NOT EXISTS (SELECT 1 FROM all_readings v WHERE v.source_id = n.source_id AND contains(v.printed, regexp_extract(n.what, '\bthe ([0-9]{2,3}) of\b', 1)))
    UNION ALL SELECT 'not_available', n.line, not_available_id, 'source_id', n.source_id, 'its study is of ' || p.name FROM not_available n JOIN sources s USING (source_id) JOIN studies t ON t.study_id = n.study_id JOIN places p ON p.place_id = t.place_id JOIN places q ON q.level = 'city' AND q.place_id <> p.place_id AND contains(s.title, q.name)
    WHERE p.level IN ('city', 'area_set') AND NOT contains(s.title, p.name) AND NOT contains(p.name, q.name)
    UNION ALL SELECT 'not_available', line, not_available_id, 'topic', topic, 'its words speak of ' || regexp_extract(lower(what), '^(?:convictions|prosecutions|arrests|victims)') FROM not_available WHERE regexp_matches(what, '^(?:Convictions|Prosecutions|Arrests|Victims)') AND topic NOT IN ('response')
    UNION ALL SELECT 'not_available', line, not_available_id, 'reason', reason, 'its words name a text that was not found' FROM not_available WHERE reason = 'other_measure' AND starts_with(what_would_settle, 'The country text')
    UNION ALL SELECT 'not_available', n.line, not_available_id, 'reason', n.reason, 'only the title page of ' || s.source_id || ' was read' FROM not_available n JOIN sources s USING (source_id)
    WHERE s.read_extent = 'title_page' AND n.reason <> 'not_read' AND regexp_matches(lower(what_would_settle), '\b(?:pages?|chapters?|sections?|annex|the report itself)\b')
    UNION ALL SELECT 'studies', t.line, t.study_id, 'place_id', t.place_id, 'its readings are of ' || spots.places[1] FROM studies t JOIN spots USING (study_id) JOIN places p ON p.place_id = t.place_id JOIN places q ON q.place_id = spots.places[1]
    WHERE len(spots.places) = 1 AND spots.places[1] <> t.place_id AND p.level = 'area_set' AND q.level = 'area_set'
    UNION ALL SELECT 'studies', line, study_id, 'age_method', age_method, 'the people told their age' FROM studies WHERE contains(generalises_to, 'told their age') AND age_method <> 'self_report'
    UNION ALL SELECT 'studies', line, study_id, 'frame_as_printed', frame_as_printed, 'its people are seen in venues' FROM studies WHERE contains(generalises_to, 'sampled venues') AND contains(frame_as_printed, 'hotspot')
    UNION ALL SELECT 'study_facts', f.line, study_fact_id, 'fact_as_printed', f.fact_as_printed, 'its readings are of ' || ages.low || ' to ' || ages.high FROM study_facts f JOIN ages USING (study_id)
    WHERE attribute = 'age_band' AND regexp_matches(f.fact_as_printed, '^aged [0-9]+-[0-9]+$') AND f.fact_as_printed <> 'aged ' || ages.low || '-' || ages.high
    UNION ALL SELECT 'statement_values', x.line, x.statement_id || ' ' || x.value_id, 'value_id', x.value_id, 'the statement says cases' FROM statement_values x JOIN statements s USING (statement_id) JOIN all_readings v ON v.value_id = x.value_id
    WHERE regexp_matches(s.paraphrase, 'percent of (?:trafficking |all )?cases') AND v.unit = 'percent' AND NOT contains(v.indicator_id, 'case')
    UNION ALL SELECT 'tip_tier_sources', t.line, t.place_id || ' ' || report_year, 'evidence', evidence, 'the publisher is “' || s.publisher || '”' FROM tip_tier_sources t JOIN sources s USING (source_id) WHERE evidence = 'primary' AND NOT regexp_matches(s.publisher, 'Department of State|Embassy|State Department|US government')
    UNION ALL SELECT 'tip_tier_sources', t.line, t.place_id || ' ' || report_year, 'locator', t.locator, 'its source is of another year' FROM tip_tier_sources t WHERE regexp_matches(source_id, 'tip-20[0-9]{2}$') AND try_cast(right(source_id, 4) AS INTEGER) > report_year + 1 AND NOT regexp_matches(t.locator, 'later|table|list|history|earlier')
    UNION ALL SELECT 'article_evidence', e.line, article_evidence_id, 'report_year', e.report_year::VARCHAR, 'the finding does not name that year' FROM article_evidence e JOIN article_statements a USING (article_statement_id)
    WHERE e.report_year IS NOT NULL AND NOT contains(a.finding, e.report_year::VARCHAR) AND regexp_matches(a.finding, '20[0-9]{2}')
        AND e.report_year > list_min(try_cast(regexp_extract_all(a.finding, '20[0-9]{2}') AS INTEGER[])) AND e.report_year < list_max(try_cast(regexp_extract_all(a.finding, '20[0-9]{2}') AS INTEGER[]))
)
SELECT 'data/' || table_name || '.csv' AS file, line, field, value, coalesce(value, 'blank') AS shown, key, state
FROM judged
-- breaks: [{"table": "studies", "row": "bbs-khm-2016", "set": {"place_id": "phnom-penh-7-provinces"}}]
-- says: ["studies", "bbs-khm-2016", "place_id"]
-- breaks: [{"table": "studies", "row": "network-samples-moz-2011", "set": {"age_method": "visual"}}]
-- says: ["studies", "network-samples-moz-2011", "age_method"]
-- breaks: [{"table": "studies", "row": "ijm-khm-2015", "set": {"frame_as_printed": "252 hotspots"}}]
-- says: ["studies", "ijm-khm-2015", "frame_as_printed"]
-- breaks: [{"table": "study_facts", "row": "E2-115", "set": {"fact_as_printed": "aged 8-14"}}]
-- says: ["study_facts", "E2-115", "fact_as_printed"]
-- breaks: [{"table": "tip_tier_sources", "row": ["brunei", "2022", "cia-factbook-world-tip-2022"], "set": {"evidence": "primary"}}]
-- says: ["tip_tier_sources", "brunei 2022 cia-factbook-world-tip-2022 world/xx.json, list of Tier 3 countries", "evidence"]
-- breaks: [{"table": "tip_tier_sources", "row": ["philippines", "2016", "iacat-philippines-tip-2021"], "set": {"locator": "narrative or text of the page"}}]
-- says: ["tip_tier_sources", "philippines 2016 iacat-philippines-tip-2021 narrative or text of the page", "locator"]
-- breaks: [{"table": "series_breaks", "row": ["tip-victims-year", "RESP-050"], "set": {"source_id": "us-state-2021"}}]
-- says: ["series_breaks", "tip-victims-year RESP-050", "source_id"]
-- breaks: [{"table": "claims", "row": "40-percent", "set": {"text": "One source read prints it: a newspaper feature, in a photo caption, of 60,000 to 80,000 people in sex work. It credits nobody in what was read."}}]
-- says: ["claims", "40-percent", "text"]
-- says: ["claims", "40-percent", "text"]
-- breaks: [{"table": "not_available", "row": "N02", "set": {"reason": "not_found"}}]
-- says: ["not_available", "N02", "reason"]
-- breaks: [{"table": "not_available", "row": "N22", "set": {"source_id": "ijm-manila-2016"}}]
-- says: ["not_available", "N22", "source_id"]
-- breaks: [{"table": "claims", "row": "52.2-percent", "set": {"text": "One source that we read prints it: a blog of September 2009, which credits UNICEF and gives the share under 18 of between 50,000 and 100,000 people. We have seen no document of UNICEF, and other sources credit UNICEF with 35 percent or with one third."}}]
-- says: ["claims", "52.2-percent", "text"]
-- breaks: [{"table": "reported_values", "row": "KH219", "set": {"place_id": "siem-reap"}}]
-- says: ["reported_values", "KH219", "place_id"]
-- breaks: [{"table": "speaks_for", "row": ["usaid-count-report-2003", "university-of-miami"], "set": {"reason": "A page of the partnership to which the survey of the ministry belongs."}}]
-- says: ["speaks_for", "usaid-count-report-2003 university-of-miami", "reason"]
-- breaks: [{"table": "series_breaks", "row": ["aple-victims-year", "RESP-191"], "set": {"fact_as_printed": "2014 to 2015"}}]
-- says: ["series_breaks", "aple-victims-year RESP-191", "fact_as_printed"]
-- passes: [{"table": "series_breaks", "row": ["tip-convictions-year", "B044"], "set": {"text": "The government gave no figures."}}]
