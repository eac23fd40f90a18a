-- title: Every source is used
-- level: error
-- why: A source that nothing cites cannot be checked and ages.
-- mend: Cite it from a row, or remove it.
-- message: Nothing cites {value}.
-- example: {"table": "sources", "row": "stolen-crown", "copy": {"source_id": "unused-source", "url": "https://example.org/unused"}}
-- mended: {}
-- says: ["sources", "unused-source", "source_id"]
SELECT 'data/sources.csv' AS file, line, 'source_id' AS field, source_id AS value
FROM sources
WHERE source_id NOT IN (
    SELECT value FROM references_of_rows WHERE to_file = 'data/sources.csv' AND value IS DISTINCT FROM own
)
-- breaks: [{"table": "sources", "row": "stolen-crown", "copy": {"source_id": "unused-source", "url": "https://example.org/unused", "based_on": "unused-source"}}]
-- says: ["sources", "unused-source", "source_id"]
-- passes: [{"table": "sources", "row": "khmer-times-2015", "set": {"title": "Another Title"}}]
