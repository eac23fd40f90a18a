-- title: What two cells that belong together both tell is the same
-- level: warning
-- why: A row says many things twice: in an id and a cell, in an address and a day, in words and a code.
-- mend: Look at the source again, and correct the cell that is wrong. Where both are right, record the row in data/exceptions.csv with its reason.
-- message: {key}: the {field} is {shown}, but {state}.
-- except: yes
-- example: {"table": "sources", "row": "voa-khmer-2008", "set": {"date_published": "2008-10-09"}}
-- mended: {"date_published": "2008-10-29"}
-- says: ["sources", "voa-khmer-2008", "date_published"]
WITH paired AS (
    SELECT from_id AS one, to_id AS two FROM links WHERE relation IN ('same_by_other_method', 'not_comparable', 'comparable') UNION ALL SELECT one_id, other_id FROM cross_checks
), partners AS (SELECT one, two FROM paired UNION SELECT two, one FROM paired
), breaks AS (
    SELECT line, series_id || ' ' || break_id AS key, series_id, left("at", 4) AS year, text, regexp_extract(text, '(lower|higher|same) (?:number|total)', 1) AS word, contains(text, 'later') AS later
    FROM series_breaks WHERE regexp_matches(text, '\b(?:lower|higher|same) (?:number|total)')
), alike AS ( -- readings of the series and the year that say the same: two of them stand for all
    SELECT b.line, b.key, b.text, b.word, b.later, v.indicator_id, v.low, v.published, min(v.value_id, 2) AS ids
    FROM breaks b JOIN all_readings v ON v.series = b.series_id AND v.period = b.year GROUP BY ALL
), restated AS (
    SELECT line, key, text, word, list(sign(its - low)) AS signs, min(one || ' is ' || low || ' and ' || two || ' is ' || its) AS one FROM (
        SELECT v.line, v.key, v.text, v.word, v.ids[1] AS one, v.low, CASE WHEN q.ids = v.ids THEN v.ids[2] ELSE q.ids[1] END AS two, q.low AS its
        FROM alike v JOIN alike q ON q.key = v.key AND q.indicator_id = v.indicator_id AND (NOT v.later OR q.published > v.published)
        UNION ALL SELECT b.line, b.key, b.text, b.word, v.value_id, v.low, q.value_id, q.low
        FROM breaks b JOIN all_readings v ON v.series = b.series_id AND v.period = b.year JOIN partners p ON p.one = v.value_id JOIN all_readings q ON q.value_id = p.two AND q.indicator_id = v.indicator_id AND (NOT b.later OR q.published > v.published) AND contains(q.period, b.year)
    ) WHERE two IS NOT NULL GROUP BY line, key, text, word
), paragraphs AS (
    SELECT 'reported_values' AS table_name, v.line, v.value_id AS key, v.locator, s.article_statement_id AS other, s.locator AS other_locator, s.paraphrase, v.source_id
    FROM article_evidence e JOIN article_statements s USING (article_statement_id) JOIN all_readings v ON v.value_id = e.value_id AND v.source_id = s.source_id
    UNION ALL SELECT 'limitations', l.line, l.limitation_id, l.locator, s.statement_id, s.locator, '', l.source_id FROM limitations l JOIN statements s ON s.organisation_id = l.raised_by AND s.source_id = l.source_id
    UNION ALL SELECT 'study_facts', f.line, f.study_fact_id, f.locator, s.article_statement_id, s.locator, '', f.source_id FROM article_evidence e JOIN article_statements s USING (article_statement_id) JOIN study_facts f ON f.study_fact_id = e.study_fact_id AND f.source_id = s.source_id
), spans AS (
    SELECT *, TRY_CAST(regexp_extract(locator, '\bpara(?:graph)?s? ([0-9]+)', 1) AS INTEGER) AS own, list_transform(regexp_extract_all(other_locator, '[0-9]+'), lambda n: TRY_CAST(n AS INTEGER)) AS others FROM paragraphs WHERE regexp_matches(locator, '\bpara(?:graph)?s? [0-9]+') AND regexp_matches(other_locator, '[0-9]')
), addresses AS (
    SELECT line, source_id, title, regexp_replace(lower(title), '[^a-z0-9]+', '-', 'g') AS told, regexp_replace(lower(url), '[^a-z0-9]+', '-', 'g') AS slug,
        regexp_extract(regexp_replace(lower(title), '[^a-z0-9]+', '-', 'g'), '(?:^|-)([0-9][0-9-]*?)-((?:[a-z]+-)?[a-z]{3,}-[a-z]{3,})(?:-|$)', 1) AS number, regexp_extract(regexp_replace(lower(title), '[^a-z0-9]+', '-', 'g'), '(?:^|-)([0-9][0-9-]*?)-((?:[a-z]+-)?[a-z]{3,}-[a-z]{3,})(?:-|$)', 2) AS words
    FROM sources WHERE regexp_matches(title, '[0-9]')
), judged AS (
    SELECT 'reported_values' AS table_name, line, value_id AS key, 'age_max_reason' AS field, age_max_reason AS value, 'its words say all ages' AS state FROM all_readings WHERE regexp_matches(scope_as_printed, '\ball ages') AND age_max_reason <> 'all_ages' AND (unit <> 'cases' OR age_max_reason <> 'not_applicable') AND NOT regexp_matches(scope_as_printed, '\b(?:rapes|cases)\b.*all ages')
    UNION ALL SELECT 'reported_values', v.line, v.value_id, 'printed', v.printed, 'its root ' || r.value_id || ' prints the same digits in another order: ' || r.printed FROM all_readings v JOIN all_readings r ON r.value_id = v.printing_of
    WHERE v.low <> r.low AND v.low > 1 AND list_sort(string_split(regexp_replace(v.low::VARCHAR, '\.0$|\.', ''), '')) = list_sort(string_split(regexp_replace(r.low::VARCHAR, '\.0$|\.', ''), ''))
    UNION ALL SELECT 'sources', line, source_id, 'date_published', date_published, 'its address has ' || replace(regexp_extract(url, '(?:19|20)[0-9]{2}[-/][01][0-9][-/][0-3][0-9]'), '/', '-') FROM sources
    WHERE length(date_published) = 10 AND replace(regexp_extract(url, '(?:19|20)[0-9]{2}[-/][01][0-9][-/][0-3][0-9]'), '/', '-') NOT IN ('', date_published) AND starts_with(date_published, replace(regexp_extract(url, '(?:19|20)[0-9]{2}[-/][01][0-9]'), '/', '-'))
    UNION ALL SELECT 'sources', line, source_id, 'title', title, 'its address has ' || regexp_extract(slug, '([0-9][0-9-]*)-' || words, 1) FROM addresses
    WHERE words <> '' AND regexp_matches(slug, '-[0-9][0-9-]*-' || words) AND NOT regexp_matches(slug, '-' || number || '-' || words)
    UNION ALL SELECT 'series_breaks', line, key, 'text', text, one FROM restated WHERE NOT list_contains(signs, CASE word WHEN 'lower' THEN -1 WHEN 'higher' THEN 1 ELSE 0 END)
    UNION ALL SELECT table_name, line, key, 'locator', locator, other || ', which speaks of it, stands in ' || other_locator FROM spans GROUP BY ALL HAVING list_max(others) < own AND own > 9 OR table_name <> 'reported_values' AND (own < list_min(others) OR own > list_max(others))
    UNION ALL SELECT 'studies', line, study_id, 'fieldwork', fieldwork, 'its id says ' || right(study_id, 4) FROM studies WHERE regexp_matches(study_id, '(?:19|20)[0-9]{2}$') AND right(study_id, 4) NOT BETWEEN left(fieldwork, 4) AND left(split_part(fieldwork, '/', -1), 4)
    UNION ALL SELECT 'assumptions', line, assumption_id, 'value', a.value::VARCHAR, 'its id says ' || n.word FROM assumptions a JOIN number_words n ON n.kind = 'fraction' AND ends_with(assumption_id, '-' || n.word) WHERE abs(a.value - 1 / n.value) > 0.01 AND n.value > 1
    UNION ALL SELECT 'places', line, place_id, 'level', level, 'its note says “' || regexp_extract(note, '^(?:A|The) [a-z]+') || '”' FROM places WHERE regexp_matches(note, '^(?:A|The) (?:state|province|district|city|town|country)\b')
        AND level <> CASE regexp_extract(note, '^(?:A|The) ([a-z]+)', 1) WHEN 'state' THEN 'province' WHEN 'town' THEN 'city' ELSE regexp_extract(note, '^(?:A|The) ([a-z]+)', 1) END
    UNION ALL SELECT 'indicators', line, indicator_id, 'unit', unit, 'its definition begins with “' || regexp_extract(definition, '^[A-Za-z]+') || '”' FROM indicators WHERE starts_with(definition, 'Rank ') <> (unit = 'rank') OR starts_with(definition, 'Share of ') AND unit <> 'percent'
    UNION ALL SELECT 'tip_tier_sources', t.line, t.place_id || ' ' || t.report_year || ' ' || t.source_id || ' ' || t.locator, 'evidence', t.evidence, s.source_id || ' is of the Department itself' FROM tip_tier_sources t JOIN sources s USING (source_id) WHERE t.evidence = 'secondary' AND s.organisation_id = 'us-state-department'
    UNION ALL SELECT 'sources', line, source_id, 'language', language, 'its title is in another language' FROM sources WHERE language <> 'en' AND (regexp_matches(lower(title), '\b(?:zur|und|der|die|das|mit|von)\b') AND language <> 'de' OR regexp_matches(lower(title), '\b(?:les|des|du|une|aux)\b') AND language <> 'fr' OR regexp_matches(lower(title), '\b(?:het|een|voor)\b') AND language <> 'nl')
    UNION ALL SELECT DISTINCT 'reported_values', v.line, v.value_id, 'also_fact_ids', v.also_fact_ids, f.study_fact_id || ' has that id of the evidence too' FROM (SELECT *, unnest(string_split(also_fact_ids, ';')) AS id FROM reported_values WHERE also_fact_ids IS NOT NULL) v JOIN (SELECT study_fact_id, unnest(string_split(also_fact_ids, ';')) AS id FROM study_facts) f USING (id)
    UNION ALL SELECT 'helplines', h.line, h.helpline_id, 'name', h.name, o.helpline_id || ' has the same name' FROM helplines h JOIN helplines o ON o.name = h.name AND o.helpline_id < h.helpline_id
    UNION ALL SELECT 'reported_values', max(line), max_by(value_id, line), 'printed', max_by(printed, line), min_by(value_id, line) || ' of the same source, place, people and words is ' || min_by(printed, line) FROM all_readings WHERE qualifier <> 'none_found' AND printing_of IS NULL
    GROUP BY source_id, indicator_id, place_id, period, age_min, age_max, sex, population_id, scope_as_printed, study_id, credited_to HAVING count(DISTINCT low) > 1
    UNION ALL SELECT 'limitations', line, limitation_id, 'text', text, 'its name is “' || name || '”' FROM limitations
    WHERE NOT list_bool_or(list_transform(list_filter(regexp_extract_all(lower(name), '[a-z]{4,}'), lambda w: w NOT IN ('children', 'with', 'that', 'people', 'from')), lambda w: contains(lower(text), left(w, 5))))
    UNION ALL SELECT 'article_statements', line, article_statement_id, 'verdict', verdict, 'its finding says “' || regexp_extract(finding, 'gives? the same number|place it there|prints? the same\b') || '”' FROM article_statements WHERE verdict = 'disputed' AND regexp_matches(finding, 'gives? the same number|place it there|prints? the same\b')
    UNION ALL SELECT 'studies', max(line), max_by(study_id, line), 'venue_types_as_printed', venue_types_as_printed, min_by(study_id, line) || ' in another place, or of the same time, has the same words' FROM studies WHERE length(venue_types_as_printed) > 25 GROUP BY venue_types_as_printed HAVING count(DISTINCT place_id) > 1 OR count(DISTINCT fieldwork) < count(fieldwork)
    UNION ALL SELECT 'featured', f.line, f.role, 'value_id', value_id, 'the role ' || o.role || ' has it too' FROM featured f JOIN featured o USING (value_id) WHERE o.role < f.role
    UNION ALL SELECT 'featured', line, role, 'quote_for', quote_for, 'what_for says “' || what_for || '”' FROM featured
    WHERE regexp_matches(quote_for, '(?:19|20)[0-9]{2}$') AND starts_with(quote_for, 'after') = false AND NOT regexp_matches(what_for, '^[^,.:]*' || right(quote_for, 4)) OR quote_for = 'whole_country' AND NOT contains(what_for, 'country') OR contains(what_for, 'whole country') AND quote_for <> 'whole_country'
)
SELECT 'data/' || table_name || '.csv' AS file, line, field, value, CASE WHEN length(value) > 70 THEN '“' || left(value, 60) || '…”' ELSE coalesce(value, 'blank') END AS shown, key, regexp_replace(state, '\.0\b', '', 'g') AS state FROM judged
-- breaks: [{"table": "reported_values", "row": "RESP-025", "set": {"age_min_reason": "not_reported", "age_max_reason": "not_reported"}}]
-- says: ["reported_values", "RESP-025", "age_max_reason"]
-- breaks: [{"table": "reported_values", "row": "KH002", "set": {"printed": "278", "low": "278", "high": "278"}}]
-- says: ["reported_values", "KH002", "printed"]
-- breaks: [{"table": "sources", "row": "zee-news-2017", "set": {"title": "78.7% of trafficked kids lured into sex trade on job promise"}}]
-- says: ["sources", "zee-news-2017", "title"]
-- breaks: [{"table": "series_breaks", "row": ["ncct-arrests-year", "B007"], "set": {"text": "The count of 2016 comes from the report on 2017. The police had printed a lower number for a year that starts on 25 December 2015."}}]
-- says: ["series_breaks", "ncct-arrests-year B007", "text"]
-- breaks: [{"table": "reported_values", "row": "KH005", "set": {"locator": "para 14"}}]
-- says: ["reported_values", "KH005", "locator"]
-- breaks: [{"table": "studies", "row": "two-samples-chn-2009", "set": {"fieldwork": "2010-10/2011-01"}}]
-- says: ["studies", "two-samples-chn-2009", "fieldwork"]
-- breaks: [{"table": "assumptions", "row": "place-share-third", "set": {"value": "0.5"}}]
-- says: ["assumptions", "place-share-third", "value"]
-- breaks: [{"table": "places", "row": "maharashtra", "set": {"level": "city"}}]
-- says: ["places", "maharashtra", "level"]
-- breaks: [{"table": "indicators", "row": "rank-in-modern-slavery", "set": {"unit": "countries"}}]
-- says: ["indicators", "rank-in-modern-slavery", "unit"]
-- breaks: [{"table": "tip_tier_sources", "row": ["cambodia", "2010", "us-embassy-phnom-penh-2010", "narrative or text of the page"], "set": {"evidence": "secondary"}}]
-- says: ["tip_tier_sources", "cambodia 2010 us-embassy-phnom-penh-2010 narrative or text of the page", "evidence"]
-- breaks: [{"table": "sources", "row": "dpa-2006", "set": {"language": "nl"}}]
-- says: ["sources", "dpa-2006", "language"]
-- breaks: [{"table": "helplines", "row": "H2", "set": {"name": "Police hotline"}}]
-- says: ["helplines", "H2", "name"]
-- breaks: [{"table": "reported_values", "row": "KH262-c", "set": {"place_id": "phnom-penh"}}]
-- says: ["reported_values", "KH262-c", "printed"]
-- breaks: [{"table": "limitations", "row": "L01", "set": {"text": "APLE says that the study left out children living in orphanages."}}]
-- says: ["limitations", "L01", "text"]
-- breaks: [{"table": "article_statements", "row": "KT34", "set": {"verdict": "disputed"}}]
-- says: ["article_statements", "KT34", "verdict"]
-- breaks: [{"table": "featured", "row": "share-under-16-later", "set": {"quote_for": "under_16_in_2012"}}]
-- says: ["featured", "share-under-16-later", "quote_for"]
-- breaks: [{"table": "reported_values", "row": "KH131", "set": {"also_fact_ids": "DH-KHM-06"}}]
-- says: ["reported_values", "KH131", "also_fact_ids"]
-- breaks: [{"table": "featured", "row": "people-seen-later", "set": {"value_id": "KH006"}}]
-- says: ["featured", "people-seen-later-elsewhere", "value_id"]
-- breaks: [{"table": "studies", "row": "ijm-dom-2014", "set": {"venue_types_as_printed": "brothels … ladies bars … silent bars"}}]
-- says: ["studies", "ijm-ind-mumbai-2016", "venue_types_as_printed"]
-- breaks: [{"table": "studies", "row": "ijm-ind-kolkata-2016", "set": {"venue_types_as_printed": "residences, massage parlours, lodges"}}]
-- says: ["studies", "ijm-ind-kolkata-private-2016", "venue_types_as_printed"]
-- passes: [{"table": "sources", "row": "voa-khmer-2008", "set": {"date_published": "2008-10"}}]
-- passes: [{"table": "studies", "row": "ijm-khm-2012", "set": {"venue_types_as_printed": "karaoke clubs, beer gardens, hostess bars, massage parlors and brothels fronting as coffee shops"}}]
