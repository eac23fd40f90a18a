-- title: What must be kept apart is not compared
-- level: error
-- why: Recalled shares next to others, editions of one index and contradicting pairs would look like a trend.
-- fix: Write [not_comparable], or remove the link.
-- message: {value} is to be shown {show}, but is compared with {other}.
-- example: {"table": "reported_values", "row": "KH043", "set": {"show": "no_trend"}}
-- fixed: {"show": "free"}
-- says: ["links", "KH043 comparable KH018", "from_id"]
WITH pairs AS (
    SELECT line, from_id AS one, to_id AS other, true AS directly FROM links WHERE relation IN ('comparable', 'same_by_other_method')
    UNION ALL SELECT a.line, a.from_id, b.from_id, false FROM links a JOIN links b USING (to_id)
    WHERE a.relation = 'earlier_end_of' AND b.relation = 'later_end_of'
), sides AS (
    SELECT line, 'from_id' AS field, one AS value, other, directly FROM pairs
    UNION ALL SELECT line, if(directly, 'to_id', 'from_id'), other, one, directly FROM pairs
)
SELECT 'data/links.csv' AS file, p.line, p.field, if(p.directly, p.value, l.from_id) AS value, a.show, p.other
FROM sides p JOIN links l USING (line) JOIN all_readings a ON a.value_id = p.value JOIN all_readings b ON b.value_id = p.other
WHERE a.show = 'no_trend' OR a.show = 'retrospective_only' AND b.show <> 'retrospective_only'
    OR directly AND a.show IN ('conflict_only', 'withdrawn')
QUALIFY row_number() OVER (PARTITION BY p.line ORDER BY p.field) = 1
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"show": "retrospective_only"}}]
-- says: ["links", "KH038 earlier_end_of KH022", "from_id"]
-- passes: [{"table": "reported_values", "row": "KH018", "set": {"show": "retrospective_only"}}, {"table": "reported_values", "row": "KH043", "set": {"show": "retrospective_only"}}]
