-- title: A publisher, a page, a pair, a printing and a day are what their address, their number and their words tell
-- level: error
-- why: A cell copied from the row above sends a reader to another article.
-- mend: Open the address and correct the cell; where the page itself differs, record the row in data/exceptions.csv.
-- message: {state}.
-- except: yes
-- example: {"table": "sources", "row": "mail-guardian-2002", "set": {"publisher": "VOA Khmer"}}
-- mended: {"publisher": "Mail & Guardian"}
-- says: ["sources", "mail-guardian-2002", "publisher"]
WITH slugs AS (
    SELECT *, lower(regexp_replace(source_id || regexp_extract(url, '//([^/]+)', 1), '[^a-z]', '', 'g')) AS host,
        trim(regexp_extract(publisher, '^[^,(;]+')) AS body
    FROM sources
), named AS (
    SELECT *, list_filter(list_transform(regexp_extract_all(lower(body), '\p{L}{3,}'), lambda one: left(one, 5)), lambda one: one NOT IN ('the', 'news', 'daily', 'times', 'post')) AS names, array_to_string(regexp_extract_all(body, '\b[A-Z]'), '') AS initials, count(*) OVER (PARTITION BY body) AS times
    FROM slugs
)
SELECT 'data/sources.csv' AS file, line, 'publisher' AS field, publisher AS value, 'The publisher of ' || source_id || ' is “' || body || '”, of which neither its address nor its key says anything, though other sources have it' AS state
FROM named WHERE times > 1 AND NOT regexp_matches(publisher, 'cop(?:y|ies)|reproduced') AND len(names) > 0 AND url IS NOT NULL AND NOT contains(host, lower(initials)) AND NOT list_bool_or(list_transform(names, lambda one: contains(host, one)))
UNION ALL
SELECT 'data/reported_values.csv', v.line, 'locator', v.locator, v.value_id || ' stands on ' || v.locator || ', and the address of its source ends in /' || regexp_extract(s.url, '/([0-9]{1,3})/?$', 1)
FROM reported_values v JOIN sources s USING (source_id) WHERE regexp_matches(s.url, '/[0-9]{1,3}/?$') AND regexp_matches(v.locator, '^p[.] [0-9]+$') AND v.locator <> 'p. ' || regexp_extract(s.url, '/([0-9]{1,3})/?$', 1)
UNION ALL
SELECT 'data/sources.csv', s.line, 'read_extent', s.read_extent, 'Of ' || source_id || ' the ' || replace(s.read_extent, '_', ' ') || ' was read, but ' || min(v.value_id) || ' stands in it at “' || min(v.locator) || '”'
FROM sources s JOIN reported_values v USING (source_id) WHERE s.read_extent = 'title_page' OR s.read_extent IN ('excerpt', 'opening', 'passages') AND regexp_matches(v.locator, '^whole')
GROUP BY s.line, s.read_extent, source_id
UNION ALL
SELECT 'data/cross_checks.csv', c.line, 'other_id', c.other_id, one_id || ' counts one sex and ' || other_id || ' the other'
FROM cross_checks c JOIN reported_values a ON a.value_id = one_id JOIN reported_values b ON b.value_id = other_id WHERE a.sex <> b.sex AND a.sex IN ('female', 'male') AND b.sex IN ('female', 'male')
UNION ALL
SELECT 'data/reported_values.csv', v.line, 'printing_of', v.printing_of, v.value_id || ' prints the number of ' || min(x.value_id) || ', not that of ' || v.printing_of
FROM reported_values v JOIN reported_values r ON r.value_id = v.printing_of JOIN reported_values x ON x.printing_of IS NULL AND x.indicator_id = r.indicator_id AND x.place_id = r.place_id AND x.topic = r.topic AND x.low IS NOT DISTINCT FROM v.low AND x.high IS NOT DISTINCT FROM v.high AND x.value_id <> r.value_id
WHERE v.low IS DISTINCT FROM r.low OR v.high IS DISTINCT FROM r.high
GROUP BY v.line, v.printing_of, v.value_id
UNION ALL
SELECT 'data/' || file || '.csv', line, field, date, key || ' is of ' || date || ', but its words say ' || array_to_string(days, ' and ')
FROM (SELECT *, regexp_extract_all(text, '[0-9]{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) (?:19|20)[0-9]{2}') AS days FROM (
    SELECT 'events' AS file, line, 'date' AS field, date, event_id AS key, concat_ws(' ', title, text, fact_as_printed) AS text FROM events
    UNION ALL SELECT 'sources', line, 'date_published', date_published, source_id, title FROM sources))
WHERE length(date) = 10 AND try_cast(date AS DATE) IS NOT NULL AND len(days) > 0 AND NOT list_contains(list_transform(days, lambda one: strftime(try_strptime(one, '%d %B %Y'), '%Y-%m-%d')), date)
UNION ALL
SELECT 'data/statements.csv', t.line, 'date', t.date, statement_id || ' is of ' || t.date || ', and its source of ' || s.date_published
FROM statements t JOIN sources s USING (source_id) WHERE length(t.date) = 10 AND length(s.date_published) = 10 AND t.date <> s.date_published AND try_cast(t.date AS DATE) IS NOT NULL AND try_cast(s.date_published AS DATE) IS NOT NULL
-- breaks: [{"table": "reported_values", "row": "KH112", "set": {"locator": "p. 53"}}]
-- says: ["reported_values", "KH112", "locator"]
-- breaks: [{"table": "sources", "row": "yumpu-paper", "set": {"read_extent": "title_page"}}]
-- says: ["sources", "yumpu-paper", "read_extent"]
-- breaks: [{"table": "cross_checks", "row": ["KH250-b", "KH276-b"], "set": {"other_id": "KH276-a"}}]
-- says: ["cross_checks", "KH250-b KH276-a", "other_id"]
-- breaks: [{"table": "reported_values", "row": "RESP-164", "set": {"printing_of": "E2-002"}}]
-- says: ["reported_values", "RESP-164", "printing_of"]
-- breaks: [{"table": "sources", "row": "bbc-news-2002", "set": {"publisher": "ABC News (wire)"}}]
-- says: ["sources", "bbc-news-2002", "publisher"]
-- passes: [{"table": "sources", "row": "yumpu-paper", "set": {"language": "fr"}}]
