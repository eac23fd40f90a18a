-- title: Readings of unknown weighting are compared only if the source compares them
-- level: error
-- why: Two unknown weightings may differ, and weighted against unweighted is not a change.
-- fix: Set basis to [as_printed] where the source itself sets the two side by side, or remove the link.
-- message: {from_id} and {to_id} have unknown weighting, and the comparison is ours.
-- example: {"table": "links", "row": ["KH043", "comparable", "KH018"], "set": {"basis": "our_reading"}}
-- fixed: {"basis": "as_printed"}
-- says: ["links", "KH043 comparable KH018", "basis"]
SELECT 'data/links.csv' AS file, l.line, 'basis' AS field, l.basis AS value, l.from_id, l.to_id
FROM links l JOIN reported_values a ON a.value_id = l.from_id JOIN reported_values b ON b.value_id = l.to_id
WHERE l.relation IN ('comparable', 'same_by_other_method', 'earlier_end_of', 'later_end_of')
    AND l.basis = 'our_reading' AND 'unknown' IN (a.weighted, b.weighted)
-- passes: [{"table": "links", "row": ["KH043", "comparable"], "set": {"basis": "our_reading"}}, {"table": "reported_values", "row": "KH043", "set": {"weighted": "no"}}, {"table": "reported_values", "row": "KH018", "set": {"weighted": "no"}}]
