-- title: A share is in percent, and a count counts things
-- level: error
-- why: A share counted in people is drawn on the wrong axis.
-- fix: Correct [unit] or [kind].
-- message: {indicator_id} is of the kind {kind}, but [unit] is {value}.
-- example: {"table": "indicators", "row": "share-in-age-band", "set": {"unit": "people"}}
-- fixed: {"unit": "percent"}
-- says: ["indicators", "share-in-age-band", "unit"]
SELECT 'data/indicators.csv' AS file, line, 'unit' AS field, unit AS value, indicator_id, kind
FROM indicators
WHERE kind = 'share' AND unit <> 'percent' OR kind = 'count' AND unit IN ('percent', 'ratio', 'years', 'rank')
-- breaks: [{"table": "indicators", "row": "people-observed", "set": {"unit": "years"}}]
-- says: ["indicators", "people-observed", "unit"]
-- passes: [{"table": "indicators", "row": "people-observed", "set": {"unit": "cases"}}]
