-- title: A source is what its own id, title, publisher and address tell
-- level: error
-- why: A newspaper named after another one sends the reader to the wrong page.
-- mend: Compare the page with the row, and correct the cell that is wrong.
-- message: {source_id}: the {field} is {shown}, but {state}.
-- except: yes
-- example: {"table": "sources", "row": "dpa-2006", "set": {"date_published": "2006-02-22"}}
-- mended: {"date_published": "2006-03-22"}
-- says: ["sources", "dpa-2006", "date_published"]
WITH words AS (
    SELECT s.*, lower(coalesce(url, '')) AS address, lower(title) AS head, lower(publisher) AS house, replace(split_part(split_part(coalesce(url, ''), '//', 2), '/', 1), 'www.', '') AS host, try_strptime(CASE WHEN length(date_published) = 10 THEN date_published END, '%Y-%m-%d') AS day, o.name AS body, o.kind AS body_kind
    FROM sources s LEFT JOIN organisations o USING (organisation_id)
), houses AS (
    SELECT host, mode(publisher) AS usual, count(*) AS times, count(DISTINCT publisher) AS names FROM words WHERE host <> '' GROUP BY host HAVING count(*) >= 8 AND max(kind) = 'newspaper' AND min(kind) = 'newspaper'
), lists AS (
    SELECT kind, title, min(source_id) AS first_id, max(source_id) AS last_id, count(*) AS times FROM sources WHERE contains(title, '20') GROUP BY kind, title HAVING count(*) > 1
), single AS (
    SELECT line, source_id, unnest([
        CASE WHEN day IS NOT NULL AND (regexp_matches(url, '[0-3][0-9]\.[01][0-9]\.20[0-9]{2}') AND NOT contains(url, strftime(day, '%d.%m.%Y')) OR regexp_matches(url, '[a-z][-_][0-9]{6}\.') AND NOT (contains(url, strftime(day, '%y%m%d')) OR contains(url, strftime(day, '%m%d%y')) OR contains(url, strftime(day, '%d%m%y')))) THEN {'field': 'date_published', 'value': date_published, 'state': 'its address says ' || regexp_extract(url, '[0-3][0-9]\.[01][0-9]\.(?:19|20)[0-9]{2}|[-_][0-9]{6}\b|[-_][0-9]{6}\.')} END,
        CASE WHEN kind = 'newspaper' AND date_published IS NOT NULL AND regexp_matches(source_id, '-(?:19|20)[0-9]{2}\b') AND NOT contains(source_id, 'tip-') AND abs(try_cast(left(date_published, 4) AS INTEGER) - try_cast(regexp_extract(source_id, '-((?:19|20)[0-9]{2})\b', 1) AS INTEGER)) > 0 THEN {'field': 'date_published', 'value': date_published, 'state': 'its id says ' || regexp_extract(source_id, '\b(?:19|20)[0-9]{2}\b')} END,
        CASE WHEN regexp_matches(head, '\bkorean\b|japanese|german|spanish|french') AND NOT contains(head, 'summary') AND language <> CASE WHEN contains(head, 'korean') THEN 'ko' WHEN contains(head, 'japanese') THEN 'ja' WHEN contains(head, 'german') THEN 'de' WHEN contains(head, 'spanish') THEN 'es' ELSE 'fr' END OR regexp_matches(host, '\.do$|\.com\.do$|\.es$|\.mx$') AND language NOT IN ('es', 'en') OR regexp_matches(host, '\.fr$') AND language NOT IN ('fr', 'en') OR regexp_matches(host, '\.de$') AND language NOT IN ('de', 'en') THEN {'field': 'language', 'value': language, 'state': 'its title or address tells of another'} END,
        CASE WHEN regexp_matches(publisher, 'Department of [A-Z]') AND contains(body, 'Department of') AND NOT contains(body, regexp_extract(publisher, 'Department of [A-Z][a-z]+')) THEN {'field': 'organisation_id', 'value': organisation_id, 'state': 'the publisher is “' || publisher || '”'} END,
        CASE WHEN regexp_matches(house, 'wikipedia|factbook') AND kind <> 'reference_work' OR regexp_matches(house, '^[a-z]+ blog$') AND kind <> 'blog' THEN {'field': 'kind', 'value': kind, 'state': 'the publisher is “' || publisher || '”'} END,
        CASE WHEN kind = 'government_report' AND body_kind IN ('local_ngo', 'international_ngo', 'implementer', 'academic') OR kind IN ('ngo_report', 'ngo_web_page') AND body_kind IN ('government', 'foreign_government') OR kind IN ('government_report', 'government_web_page', 'ngo_report', 'ngo_web_page') AND body_kind = 'un_body' THEN {'field': 'kind', 'value': kind, 'state': 'its body is ' || body_kind} END,
        CASE WHEN read_extent IN ('title_page', 'opening') AND kind = 'newspaper' AND source_id IN (SELECT source_id FROM all_readings WHERE regexp_matches(locator, 'paras? (?:1[5-9]|[2-9][0-9])')) THEN {'field': 'read_extent', 'value': read_extent, 'state': 'its rows stand at ' || (SELECT max(locator) FROM all_readings v WHERE v.source_id = words.source_id AND regexp_matches(locator, '(?:para|p\.) [1-9][0-9]'))} END,
        CASE WHEN read_extent = 'whole' AND (source_id IN (SELECT source_id FROM not_available WHERE reason = 'not_read' AND source_id IS NOT NULL) OR source_id IN (SELECT source_id FROM events WHERE regexp_matches(text, 'Only its|could be read'))) THEN {'field': 'read_extent', 'value': read_extent, 'state': 'another row says that it was not read as a whole'} END
        , CASE WHEN kind = 'government_report' AND independence = 'independent' OR kind IN ('newspaper', 'news_agency') AND independence IN ('government', 'foreign_government') AND coalesce(body_kind, '') NOT IN ('government', 'foreign_government') OR kind = 'law' AND independence IN ('implementer', 'independent') THEN {'field': 'kind', 'value': kind, 'state': 'its independence is ' || independence} END,
        CASE WHEN kind IN ('ngo_report', 'government_report', 'academic_article', 'evaluation') AND NOT starts_with(publisher, 'UN ') AND regexp_matches(publisher, '^(?:The |VOA |RFA )?[A-Za-z ]*\b(?:News|Times|Post|Daily|Herald|Tribune|Guardian|Gazette|Express)$') THEN {'field': 'kind', 'value': kind, 'state': 'the publisher is “' || publisher || '”'} END,
        CASE WHEN day IS NOT NULL AND abs(datediff('day', day, try_strptime(replace(regexp_extract(url, '/((?:19|20)[0-9]{2}[-/][01][0-9][-/][0-3][0-9])\b', 1), '-', '/'), '%Y/%m/%d'))) > 100 THEN {'field': 'date_published', 'value': date_published, 'state': 'its address says ' || replace(regexp_extract(url, '/((?:19|20)[0-9]{2}[-/][01][0-9][-/][0-3][0-9])\b', 1), '/', '-')} END
    ]) AS found FROM words
), judged AS (
    SELECT line, source_id, found.field AS field, found.value AS value, found.state AS state FROM single WHERE found IS NOT NULL
    UNION ALL SELECT w.line, w.source_id, 'publisher', publisher, h.times || ' pages of ' || h.host || ' are of ' || h.usual FROM words w JOIN houses h USING (host) WHERE w.publisher <> h.usual AND NOT contains(w.publisher, h.usual)
    UNION ALL SELECT w.line, w.source_id, 'publisher', w.publisher, 'its address names ' || q.name FROM words w JOIN places q ON q.level = 'country' AND starts_with(w.host, split_part(w.house, ' ', 1) || replace(q.place_id, '-', '')) WHERE regexp_matches(w.publisher, '^[A-Za-z]+ [A-Z]') AND NOT contains(w.publisher, q.name) AND NOT regexp_matches(w.publisher, 'Khmer|International|Foundation|Network')
    UNION ALL SELECT w.line, w.source_id, 'read_extent', w.read_extent, 'all that is taken from it stands at ' || min(f.locator) FROM words w JOIN (SELECT source_id, locator FROM all_readings UNION ALL SELECT source_id, locator FROM study_facts UNION ALL SELECT source_id, locator FROM events) f USING (source_id)
    WHERE w.read_extent <> 'title_page' GROUP BY w.line, w.source_id, w.read_extent HAVING bool_and(regexp_matches(f.locator, '^(?:title page|contents|table of contents)'))
    UNION ALL SELECT w.line, w.source_id, 'title', title, 'its address says ' || p.name FROM words w JOIN places p ON p.level = 'country' AND contains(w.address, '/' || replace(lower(p.name), ' ', '-') || '/') AND NOT contains(w.head, lower(p.name)) JOIN places q ON q.level = 'country' AND contains(w.title, ': ')
        WHERE regexp_matches(w.title, 'Report: [A-Z]') AND p.place_id = q.place_id
    UNION ALL SELECT w.line, w.source_id, 'title', w.title, 'another row has the same title' FROM words w JOIN lists l ON l.title = w.title AND l.kind = w.kind WHERE contains(w.title, 'lists of tiers') AND NOT contains(w.title, regexp_extract(w.source_id, '20[0-9]{2}'))
)
SELECT 'data/sources.csv' AS file, line, field, value, value AS shown, source_id, state
FROM judged
-- breaks: [{"table": "sources", "row": "cambodia-daily-2015-3", "set": {"date_published": "2016-07-01"}}]
-- says: ["sources", "cambodia-daily-2015-3", "date_published"]
-- breaks: [{"table": "sources", "row": "el-caribe-2022", "set": {"language": "pt"}}]
-- says: ["sources", "el-caribe-2022", "language"]
-- breaks: [{"table": "sources", "row": "us-labor-2016", "set": {"organisation_id": "us-state-department"}}]
-- says: ["sources", "us-labor-2016", "organisation_id"]
-- breaks: [{"table": "sources", "row": "wikipedia-ijm", "set": {"kind": "academic_article"}}]
-- says: ["sources", "wikipedia-ijm", "kind"]
-- breaks: [{"table": "sources", "row": "aple-report-2013", "set": {"kind": "government_report"}}]
-- says: ["sources", "aple-report-2013", "kind"]
-- says: ["sources", "aple-report-2013", "kind"]
-- breaks: [{"table": "sources", "row": "cambodia-daily-2015", "set": {"publisher": "Phnom Penh Post"}}]
-- says: ["sources", "cambodia-daily-2015", "publisher"]
-- breaks: [{"table": "sources", "row": "phnom-penh-post-2014", "set": {"publisher": "The Cambodia Daily"}}]
-- says: ["sources", "phnom-penh-post-2014", "publisher"]
-- breaks: [{"table": "sources", "row": "us-state-tip-brunei-2019", "set": {"title": "2019 Trafficking in Persons Report: Burma"}}]
-- says: ["sources", "us-state-tip-brunei-2019", "title"]
-- breaks: [{"table": "sources", "row": "un-crc-2015", "set": {"kind": "government_report"}}]
-- says: ["sources", "un-crc-2015", "kind"]
-- says: ["sources", "un-crc-2015", "kind"]
-- breaks: [{"table": "sources", "row": "stolen-crown", "set": {"kind": "government_report"}}]
-- says: ["sources", "stolen-crown", "kind"]
-- breaks: [{"table": "sources", "row": "bbc-news-2002", "set": {"kind": "ngo_report"}}]
-- says: ["sources", "bbc-news-2002", "kind"]
-- breaks: [{"table": "sources", "row": "health-and-human-2015", "set": {"date_published": "2015-11-06"}}]
-- says: ["sources", "health-and-human-2015", "date_published"]
-- breaks: [{"table": "sources", "row": "ijm-india", "set": {"publisher": "IJM Canada"}}]
-- says: ["sources", "ijm-india", "publisher"]
-- breaks: [{"table": "sources", "row": "ijm-2016", "set": {"read_extent": "passages"}}]
-- says: ["sources", "ijm-2016", "read_extent"]
-- passes: [{"table": "sources", "row": "dpa-2006", "set": {"date_published": "2006"}}]
-- passes: [{"table": "sources", "row": "un-crc-2015", "set": {"kind": "evaluation"}}]
