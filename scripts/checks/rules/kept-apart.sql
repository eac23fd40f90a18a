-- title: What must be kept apart is not compared
-- level: error
-- why: Recalled shares, editions of one index and contradicted pairs would look like a trend.
-- mend: Write not_comparable, or remove the link.
-- message: {value} is to be shown {show}, but is linked as {relation} to {other}.
-- example: {"table": "reported_values", "row": "KH043", "set": {"show": "no_trend"}}
-- mended: {"show": "free"}
SELECT 'data/links.csv' AS file, l.line, ends.field, v.value_id AS value, v.show, l.relation,
    CASE WHEN ends.field = 'from_id' THEN l.to_id ELSE l.from_id END AS other
FROM (
    SELECT line, 'from_id' AS field, from_id AS id FROM links
    UNION ALL SELECT line, 'to_id', to_id FROM links
) AS ends
JOIN links l ON l.line = ends.line
JOIN reported_values v ON v.value_id = ends.id
WHERE (v.show IN ('conflict_only', 'retrospective_only', 'no_trend', 'withdrawn')
        AND l.relation IN ('comparable', 'same_by_other_method'))
    OR (v.show IN ('retrospective_only', 'no_trend') AND l.relation IN ('earlier_end_of', 'later_end_of'))
