-- title: Every source is used
-- level: error
-- why: A source that nothing cites cannot be checked and ages.
-- mend: Cite it from a row, or remove it.
-- message: Nothing cites {value}.
-- example: {"table": "sources", "row": "stolen-crown", "copy": {"source_id": "unused-source", "url": "https://example.org/unused"}}
-- mended: {}
SELECT 'data/sources.csv' AS file, line, 'source_id' AS field, source_id AS value
FROM sources
WHERE source_id NOT IN (
    SELECT source_id FROM reported_values
    UNION SELECT source_id FROM study_facts
    UNION SELECT source_id FROM statements
    UNION SELECT source_id FROM events
    UNION SELECT source_id FROM series_breaks WHERE source_id IS NOT NULL
    UNION SELECT source_id FROM tip_tier_sources
    UNION SELECT source_id FROM limitations WHERE source_id IS NOT NULL
    UNION SELECT source_id FROM assumptions WHERE source_id IS NOT NULL
    UNION SELECT source_id FROM not_available WHERE source_id IS NOT NULL
    UNION SELECT source_id FROM helplines
    UNION SELECT based_on FROM sources WHERE based_on <> source_id
)
