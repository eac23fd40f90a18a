-- title: Every indicator, population, place, organisation and series is used
-- level: warning
-- why: A word of the vocabulary that nothing uses is a slip, or was left behind.
-- mend: Use it in a row, or remove it.
-- message: Nothing uses {value}.
-- example: {"table": "indicators", "row": "people-trained", "copy": {"indicator_id": "never-used"}}
-- mended: {}
-- says: ["indicators", "never-used", "indicator_id"]
SELECT file, line, field, value
FROM keys_of_rows AS word ANTI JOIN references_of_rows AS used ON used.to_file = word.file AND used.value = word.value
    AND used.file <> 'data/indicator_words.csv' -- which words what others use
WHERE file IN (
    'data/indicators.csv', 'data/populations.csv', 'data/places.csv', 'data/organisations.csv', 'data/series.csv'
)
-- breaks: [{"table": "indicators", "row": "people-trained", "copy": {"indicator_id": "never-used"}}, {"table": "indicator_words", "row": "people-trained", "copy": {"indicator_id": "never-used"}}]
-- says: ["indicators", "never-used", "indicator_id"]
-- breaks: [{"table": "organisations", "row": "aple", "copy": {"organisation_id": "never-used"}}]
-- says: ["organisations", "never-used", "organisation_id"]
-- breaks: [{"table": "places", "row": "phnom-penh", "copy": {"place_id": "never-used"}}]
-- says: ["places", "never-used", "place_id"]
-- breaks: [{"table": "populations", "row": "venue-workers", "copy": {"population_id": "never-used"}}]
-- says: ["populations", "never-used", "population_id"]
-- breaks: [{"table": "series", "row": "ncct-cases-year", "copy": {"series_id": "never-used"}}]
-- says: ["series", "never-used", "series_id"]
-- breaks: [{"table": "organisations", "row": "aple", "copy": {"organisation_id": "phnom-penh"}}]
-- says: ["organisations", "phnom-penh", "organisation_id"]
-- passes: [{"table": "indicators", "row": "people-trained", "set": {"name": "Another name"}}]
