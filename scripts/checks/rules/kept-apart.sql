-- title: What must be kept apart is not compared
-- level: error
-- why: Recalled shares, editions of one index and contradicted pairs would look like a trend.
-- mend: Write not_comparable, or remove the link.
-- message: {value} is to be shown {show}, but is linked as {relation} to {other}.
-- example: {"table": "reported_values", "row": "KH043", "set": {"show": "no_trend"}}
-- mended: {"show": "free"}
-- says: ["links", "KH043 comparable KH018", "from_id"]
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
-- says: ["links", "KH043 comparable KH018", "from_id"]
-- breaks: [{"table": "reported_values", "row": "KH018", "set": {"show": "conflict_only"}}]
-- says: ["links", "KH043 comparable KH018", "to_id"]
-- breaks: [{"table": "reported_values", "row": "KH091", "set": {"show": "retrospective_only"}}]
-- says: ["links", "KH091 same_by_other_method KH099", "from_id"]
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"show": "retrospective_only"}}]
-- says: ["links", "KH010 later_end_of KH022", "from_id"]
-- breaks: [{"table": "reported_values", "row": "KH022", "set": {"show": "no_trend"}}]
-- says: ["links", "KH010 later_end_of KH022", "to_id"]
-- says: ["links", "KH038 earlier_end_of KH022", "to_id"]
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"show": "conflict_only"}}]
-- passes: [{"table": "reported_values", "row": "KH018", "set": {"show": "with_both_denominators"}}]
-- passes: [{"table": "reported_values", "row": "KH018", "set": {"show": "no_trend"}}, {"table": "links", "row": ["KH043", "comparable"], "set": {"relation": "not_comparable"}}]
