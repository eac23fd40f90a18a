-- title: The locator of web news is a paragraph, not a page
-- level: warning
-- why: Nobody can find page 12 of a web article that has no pages.
-- fix: Write where the number stands on the page, such as para 3 or table 2; or correct the source.
-- message: {source_id} is a {kind} on the web, and [locator] is “{value}”.
-- except: yes
-- example: {"table": "reported_values", "row": "KH010", "set": {"locator": "p. 12"}}
-- fixed: {"locator": "para 4"}
-- says: ["reported_values", "KH010", "locator"]
WITH told AS (
    SELECT 'data/reported_values.csv' AS file, line, source_id, locator FROM reported_values
    UNION ALL SELECT 'data/study_facts.csv', line, source_id, locator FROM study_facts
    UNION ALL SELECT 'data/events.csv', line, source_id, locator FROM events
)
SELECT file, told.line, 'locator' AS field, locator AS value, source_id, kind
FROM told JOIN sources USING (source_id)
WHERE regexp_matches(locator, '^(?:pp?\.|pages?|PDF page) ?[0-9]') AND url NOT ILIKE '%.pdf%'
    AND kind IN ('newspaper', 'magazine', 'news_agency', 'blog', 'ngo_web_page', 'government_web_page')
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"locator": "page, 2 of its paragraphs"}}]
