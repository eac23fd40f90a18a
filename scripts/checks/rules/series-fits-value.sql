-- title: A value has the indicator of its series
-- level: error
-- why: A line through two different counts is not a series.
-- fix: Correct the series or the indicator of the value, or fix the series in data/series.csv.
-- message: {value_id} has {has}, its series {value} has {expected}.
-- example: {"table": "reported_values", "row": "KH087", "set": {"series": "tip-convictions-year"}}
-- fixed: {"series": ""}
-- says: ["reported_values", "KH087", "series"]
SELECT 'data/reported_values.csv' AS file, v.line, 'series' AS field, v.series AS value, v.value_id,
    v.indicator_id AS has, s.indicator_id AS expected
FROM reported_values v JOIN series s ON s.series_id = v.series
WHERE v.indicator_id <> s.indicator_id
-- passes: [{"table": "reported_values", "row": "KH088", "set": {"series": "tip-convictions-april-march"}}]
