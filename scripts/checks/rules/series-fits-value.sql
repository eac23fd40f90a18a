-- title: A value has the indicator of its series and counts the response
-- level: error
-- why: A line through two different counts is no series.
-- mend: Correct the series, the indicator or the topic of the value, or mend the series in data/series.csv.
-- message: {value_id} has {has}, its series {value} has {expected}.
-- example: {"table": "reported_values", "row": "KH087", "set": {"series": "tip-convictions-year"}}
-- mended: {"series": ""}
-- says: ["reported_values", "KH087", "series"]
SELECT 'data/reported_values.csv' AS file, v.line, 'series' AS field, v.series AS value, v.value_id,
    v.indicator_id AS has, s.indicator_id AS expected
FROM all_readings v JOIN series s ON s.series_id = v.series
WHERE v.indicator_id <> s.indicator_id
UNION ALL
SELECT 'data/reported_values.csv', line, 'series', series, value_id, topic, 'response'
FROM all_readings
WHERE series IS NOT NULL AND topic <> 'response'
-- breaks: [{"table": "reported_values", "row": "KH088", "set": {"topic": "not_counted"}}]
-- says: ["reported_values", "KH088", "series"]
-- passes: [{"table": "reported_values", "row": "KH088", "set": {"series": "tip-convictions-april-march"}}]
