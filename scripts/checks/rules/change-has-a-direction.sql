-- title: A change is a fall or a rise, and nothing else is either
-- level: error
-- why: “Changed by 50 percent” can be read both ways.
-- fix: Fill [direction] for an indicator of the kind change, and only there.
-- message: {indicator_id} is of the kind {kind}, and [direction] is {state}.
-- example: {"table": "indicators", "row": "fall-of-share", "set": {"direction": ""}}
-- fixed: {"direction": "fall"}
-- says: ["indicators", "fall-of-share", "direction"]
SELECT 'data/indicators.csv' AS file, line, 'direction' AS field, direction AS value, indicator_id, kind,
    coalesce(direction, 'blank') AS state
FROM indicators
WHERE (kind = 'change') <> (direction IS NOT NULL)
-- breaks: [{"table": "indicators", "row": "people-observed", "set": {"direction": "fall"}}]
-- says: ["indicators", "people-observed", "direction"]
-- passes: [{"table": "indicators", "row": "fall-of-share", "set": {"direction": "rise"}}]
