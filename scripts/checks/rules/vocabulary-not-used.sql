-- title: Every indicator, population, place, organisation and series is used
-- level: warning
-- why: A word of the vocabulary that nothing uses is a slip, or was left behind.
-- mend: Use it in a row, or remove it.
-- message: Nothing uses {value}.
-- example: {"table": "indicators", "row": "people-trained", "copy": {"indicator_id": "never-used"}}
-- mended: {}
SELECT file, line, field, value
FROM keys_of_rows
WHERE file IN (
    'data/indicators.csv', 'data/populations.csv', 'data/places.csv', 'data/organisations.csv', 'data/series.csv'
) AND (file, value) NOT IN (SELECT (to_file, value) FROM references_of_rows)
