-- title: Where a passage stands is a part that such a source has
-- level: warning
-- why: A newspaper has no abstract; whoever looks there does not find the number.
-- mend: Correct the locator, the source, or its kind. Where the page has such a part, record the row in data/exceptions.csv with its reason.
-- message: {key} stands in the “{part}” of {source_id}, a document of the kind {kind}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH036", "set": {"locator": "abstract"}}
-- mended: {"locator": "para 3"}
-- says: ["reported_values", "KH036", "locator"]
SELECT 'data/reported_values.csv' AS file, v.line, 'locator' AS field, locator AS value, value_id AS key, source_id, replace(source_kind, '_', ' ') AS kind, regexp_extract(lower(locator), '\b(?:abstract|headline|slide)\b') AS part
FROM all_readings v
WHERE part = 'abstract' AND source_kind IN ('newspaper', 'news_agency', 'magazine', 'law') OR part = 'headline' AND source_kind IN ('academic_article', 'law', 'dataset') OR part = 'slide' AND source_kind IN ('newspaper', 'news_agency', 'law')
UNION ALL
SELECT 'data/reported_values.csv', line, 'locator', locator, value_id || ', of ' || indicator_id || ',', source_id, replace(source_kind, '_', ' '), regexp_extract(locator, '^(?:Prosecution|Protection) section')
FROM all_readings WHERE starts_with(locator, 'Prosecution section') AND regexp_matches(indicator_id, 'victim|migrants') OR starts_with(locator, 'Protection section') AND regexp_matches(indicator_id, 'arrest|prosecution|conviction|sentenced|to-court')
-- breaks: [{"table": "reported_values", "row": "E2-060", "set": {"locator": "headline"}}]
-- says: ["reported_values", "E2-060", "locator"]
-- breaks: [{"table": "reported_values", "row": "RESP-009", "set": {"locator": "Prosecution section"}}]
-- says: ["reported_values", "RESP-009", "locator"]
-- breaks: [{"table": "reported_values", "row": "RESP-005", "set": {"locator": "Protection section"}}]
-- says: ["reported_values", "RESP-005", "locator"]
-- passes: [{"table": "reported_values", "row": "KH036", "set": {"locator": "headline"}}]
