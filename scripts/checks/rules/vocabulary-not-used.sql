-- title: Every indicator, population, place, organisation and series is used
-- level: warning
-- why: A word of the vocabulary that nothing uses is a slip, or was left behind.
-- mend: Use it in a row, or remove it.
-- message: Nothing uses {value}.
-- example: {"table": "indicators", "row": "people-trained", "copy": {"indicator_id": "never-used"}}
-- mended: {}
WITH used AS (
    SELECT indicator_id AS id FROM reported_values UNION SELECT indicator_id FROM series
    UNION SELECT population_id FROM reported_values UNION SELECT population_id FROM studies
    UNION SELECT place_id FROM reported_values UNION SELECT place_id FROM studies
    UNION SELECT place_id FROM events UNION SELECT place_id FROM tip_tiers UNION SELECT parent_id FROM places
    UNION SELECT credited_to FROM reported_values UNION SELECT credited_to FROM study_facts
    UNION SELECT organisation_id FROM studies UNION SELECT organisation_id FROM sources
    UNION SELECT organisation_id FROM statements UNION SELECT organisation_id FROM helplines
    UNION SELECT organisation_id FROM series UNION SELECT raised_by FROM limitations
    UNION SELECT organisation_id FROM replies UNION SELECT series FROM reported_values
), words AS (
    SELECT 'data/indicators.csv' AS file, line, 'indicator_id' AS field, indicator_id AS value FROM indicators
    UNION ALL SELECT 'data/populations.csv', line, 'population_id', population_id FROM populations
    UNION ALL SELECT 'data/places.csv', line, 'place_id', place_id FROM places
    UNION ALL SELECT 'data/organisations.csv', line, 'organisation_id', organisation_id FROM organisations
    UNION ALL SELECT 'data/series.csv', line, 'series_id', series_id FROM series
)
FROM words WHERE value NOT IN (SELECT id FROM used WHERE id IS NOT NULL)
