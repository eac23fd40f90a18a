-- title: If a mention with another number may not be shown alone, its main mention may not be either
-- level: hint
-- why: A contradicted figure shown alone looks settled.
-- fix: Look whether both give the same quantity; if they do, write [conflict_only].
-- message: {value_id} is shown {value}, but {other} gives {number} for the same.
-- example: {"table": "reported_values", "row": "KH005", "set": {"show": "free"}}
-- fixed: {"show": "with_both_denominators"}
-- says: ["reported_values", "KH005", "show"]
SELECT 'data/reported_values.csv' AS file, r.line, 'show' AS field, r.show AS value, r.value_id, min(p.value_id) AS other,
    min(p.low) AS number
FROM reported_values r JOIN reported_values p ON p.mention_of = r.value_id
WHERE r.show = 'free' AND p.show IN ('conflict_only', 'with_both_denominators') AND p.low <> r.low
GROUP BY r.line, r.show, r.value_id
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"scope_as_printed": "Others."}}]
