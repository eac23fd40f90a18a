-- title: What must be kept apart is not compared
-- level: error
-- why: Recalled shares, editions of one index and contradicted pairs would look like a trend.
-- mend: Write not_comparable, or remove the link.
-- message: {value} is to be shown {show}, but is linked as {relation} to {other}.
-- example: {"table": "reported_values", "row": "KH043", "set": {"show": "no_trend"}}
-- mended: {"show": "free"}
-- says: {"table": "links", "row": "KH043 comparable KH018", "field": "from_id", "value": "KH043", "message": "KH043 is to be shown no_trend, but is linked as comparable to KH018."}
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
QUALIFY row_number() OVER (PARTITION BY l.line ORDER BY ends.field) = 1
-- breaks: [{"table": "reported_values", "row": "KH018", "set": {"show": "withdrawn"}}, {"table": "reported_values", "row": "KH043", "set": {"show": "withdrawn"}}]
-- says: {"table": "links", "row": "KH043 comparable KH018", "field": "from_id", "value": "KH043", "message": "KH043 is to be shown withdrawn, but is linked as comparable to KH018."}
-- breaks: [{"table": "reported_values", "row": "KH018", "set": {"show": "conflict_only"}}]
-- says: {"table": "links", "row": "KH043 comparable KH018", "field": "to_id", "value": "KH018", "message": "KH018 is to be shown conflict_only, but is linked as comparable to KH043."}
-- breaks: [{"table": "reported_values", "row": "KH091", "set": {"show": "retrospective_only"}}]
-- says: {"table": "links", "row": "KH091 same_by_other_method KH099", "field": "from_id", "value": "KH091", "message": "KH091 is to be shown retrospective_only, but is linked as same_by_other_method to KH099."}
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"show": "retrospective_only"}}]
-- says: {"table": "links", "row": "KH010 later_end_of KH022", "field": "from_id", "value": "KH010", "message": "KH010 is to be shown retrospective_only, but is linked as later_end_of to KH022."}
-- breaks: [{"table": "reported_values", "row": "KH022", "set": {"show": "no_trend"}}]
-- says: {"table": "links", "row": "KH010 later_end_of KH022", "field": "to_id", "value": "KH022", "message": "KH022 is to be shown no_trend, but is linked as later_end_of to KH010."}
-- says: {"table": "links", "row": "KH038 earlier_end_of KH022", "field": "to_id", "value": "KH022", "message": "KH022 is to be shown no_trend, but is linked as earlier_end_of to KH038."}
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"show": "conflict_only"}}]
-- passes: [{"table": "reported_values", "row": "KH018", "set": {"show": "with_both_denominators"}}]
-- passes: [{"table": "reported_values", "row": "KH018", "set": {"show": "no_trend"}}, {"table": "links", "row": ["KH043", "comparable"], "set": {"relation": "not_comparable"}}]
