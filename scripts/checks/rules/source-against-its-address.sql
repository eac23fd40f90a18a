-- title: A source is what its own id, title, publisher and address tell
-- level: error
-- why: A newspaper named after another one sends the reader to the wrong page.
-- mend: Compare the page with the row, and correct the cell that is wrong.
-- message: {source_id}: the {field} is {shown}, but {state}.
-- except: yes
-- example: {"table": "sources", "row": "dpa-2006", "set": {"date_published": "2006-02-22"}}
-- mended: {"date_published": "2006-03-22"}
-- says: {"table": "sources", "row": "dpa-2006", "field": "date_published", "value": "2006-02-22", "message": "dpa-2006: the date_published is 2006-02-22, but its address says 22.03.2006."}
WITH words AS (
    SELECT s.*, lower(coalesce(url, '')) AS address, lower(title) AS head, lower(publisher) AS house, replace(split_part(split_part(coalesce(url, ''), '//', 2), '/', 1), 'www.', '') AS host, strptime(CASE WHEN length(date_published) = 10 THEN date_published END, '%Y-%m-%d') AS day, o.name AS body, o.kind AS body_kind
    FROM sources s LEFT JOIN organisations o USING (organisation_id)
), houses AS (
    SELECT host, mode(publisher) AS usual, count(*) AS times, count(DISTINCT publisher) AS names FROM words WHERE host <> '' GROUP BY host HAVING count(*) >= 8 AND max(kind) = 'newspaper' AND min(kind) = 'newspaper'
), lists AS (
    SELECT kind, title, min(source_id) AS first_id, max(source_id) AS last_id, count(*) AS times FROM sources WHERE contains(title, '20') GROUP BY kind, title HAVING count(*) > 1
), judged AS (
    SELECT *, 'date_published' AS field, date_published AS value, 'its address says ' || regexp_extract(url, '[0-3][0-9]\.[01][0-9]\.(?:19|20)[0-9]{2}|[-_][0-9]{6}\b|[-_][0-9]{6}\.') AS state FROM words
    WHERE day IS NOT NULL AND (regexp_matches(url, '[0-3][0-9]\.[01][0-9]\.20[0-9]{2}') AND NOT contains(url, strftime(day, '%d.%m.%Y'))
        OR regexp_matches(url, '[a-z][-_][0-9]{6}\.') AND NOT (contains(url, strftime(day, '%y%m%d')) OR contains(url, strftime(day, '%m%d%y')) OR contains(url, strftime(day, '%d%m%y'))))
    UNION ALL SELECT *, 'date_published', date_published, 'its id says ' || regexp_extract(source_id, '\b(?:19|20)[0-9]{2}\b') FROM words
    WHERE kind = 'newspaper' AND date_published IS NOT NULL AND regexp_matches(source_id, '-(?:19|20)[0-9]{2}\b') AND NOT contains(source_id, 'tip-') AND abs(left(date_published, 4)::INTEGER - regexp_extract(source_id, '-((?:19|20)[0-9]{2})\b', 1)::INTEGER) > 0
    UNION ALL SELECT *, 'language', language, 'its title or address tells of another' FROM words
    WHERE regexp_matches(head, '\bkorean\b|japanese|german|spanish|french') AND NOT contains(head, 'summary') AND language <> CASE WHEN contains(head, 'korean') THEN 'ko' WHEN contains(head, 'japanese') THEN 'ja' WHEN contains(head, 'german') THEN 'de' WHEN contains(head, 'spanish') THEN 'es' ELSE 'fr' END
        OR regexp_matches(host, '\.do$|\.com\.do$|\.es$|\.mx$') AND language NOT IN ('es', 'en') OR regexp_matches(host, '\.fr$') AND language NOT IN ('fr', 'en') OR regexp_matches(host, '\.de$') AND language NOT IN ('de', 'en')
    UNION ALL SELECT w.*, 'publisher', publisher, h.times || ' pages of ' || h.host || ' are of ' || h.usual FROM words w JOIN houses h USING (host) WHERE w.publisher <> h.usual AND NOT contains(w.publisher, h.usual)
    UNION ALL SELECT *, 'organisation_id', organisation_id, 'the publisher is “' || publisher || '”' FROM words
    WHERE regexp_matches(publisher, 'Department of [A-Z]') AND contains(body, 'Department of') AND NOT contains(body, regexp_extract(publisher, 'Department of [A-Z][a-z]+'))
    UNION ALL SELECT *, 'kind', kind, 'the publisher is “' || publisher || '”' FROM words
    WHERE regexp_matches(house, 'wikipedia|factbook') AND kind <> 'reference_work' OR regexp_matches(house, '^[a-z]+ blog$') AND kind <> 'blog'
    UNION ALL SELECT *, 'kind', kind, 'its body is ' || body_kind FROM words WHERE kind = 'government_report' AND body_kind IN ('local_ngo', 'international_ngo', 'implementer', 'academic') OR kind IN ('ngo_report', 'ngo_web_page') AND body_kind IN ('government', 'foreign_government')
    UNION ALL SELECT w.*, 'title', title, 'its address says ' || p.name FROM words w JOIN places p ON p.level = 'country' AND contains(w.address, '/' || replace(lower(p.name), ' ', '-') || '/') AND NOT contains(w.head, lower(p.name)) JOIN places q ON q.level = 'country' AND contains(w.title, ': ')
        WHERE regexp_matches(w.title, 'Report: [A-Z]') AND p.place_id = q.place_id
    UNION ALL SELECT w.*, 'title', w.title, 'another row has the same title' FROM words w JOIN lists l ON l.title = w.title AND l.kind = w.kind WHERE contains(w.title, 'lists of tiers') AND NOT contains(w.title, regexp_extract(w.source_id, '20[0-9]{2}'))
    UNION ALL SELECT *, 'read_extent', read_extent, 'its rows stand at ' || (SELECT max(locator) FROM reported_values v WHERE v.source_id = words.source_id AND regexp_matches(locator, '(?:para|p\.) [1-9][0-9]')) FROM words
    WHERE read_extent IN ('title_page', 'opening') AND kind = 'newspaper' AND source_id IN (SELECT source_id FROM reported_values WHERE regexp_matches(locator, 'paras? (?:1[5-9]|[2-9][0-9])'))
    UNION ALL SELECT *, 'read_extent', read_extent, 'another row says that it was not read as a whole' FROM words
    WHERE read_extent = 'whole' AND (source_id IN (SELECT source_id FROM not_available WHERE reason = 'not_read' AND source_id IS NOT NULL) OR source_id IN (SELECT source_id FROM events WHERE regexp_matches(text, 'Only its|could be read')))
)
SELECT 'data/sources.csv' AS file, line, field, value, value AS shown, source_id, state
FROM judged
-- passes: [{"table": "sources", "row": "dpa-2006", "set": {"date_published": "2006"}}]
