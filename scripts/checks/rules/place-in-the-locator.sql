-- title: How much of a document was read fits where its figures stand
-- level: error
-- why: A figure of page 40 was not seen by somebody who read the title page.
-- mend: Correct read_extent, or the locator.
-- message: The extent is {value}, but {count} stand in {where}.
-- except: yes
-- example: {"table": "sources", "row": "khmer-times-2015", "set": {"read_extent": "title_page"}}
-- mended: {"read_extent": "whole"}
-- says: ["sources", "khmer-times-2015", "read_extent"]
WITH places_of AS (
    SELECT source_id, locator FROM reported_values UNION ALL SELECT source_id, locator FROM study_facts UNION ALL SELECT source_id, locator FROM events
)
SELECT 'data/sources.csv' AS file, s.line, 'read_extent' AS field, s.read_extent AS value, count(*) || ' entries' AS count, min(p.locator) AS where
FROM sources s JOIN places_of p USING (source_id)
WHERE s.read_extent = 'title_page' AND NOT regexp_matches(p.locator, '(?i)title|contents|table of|cover|p\. 2|page')
GROUP BY ALL
-- passes: [{"table": "sources", "row": "khmer-times-2015", "set": {"read_extent": "opening"}}]
