-- title: A figure that another text contradicts is not shown alone
-- level: error
-- why: A contradicted figure alone looks settled.
-- mend: Write conflict_only, or record the row in data/exceptions.csv with the reason.
-- message: {value_id} is shown {value}, but {other} prints {number} for the same.
-- except: yes
-- example: {"table": "reported_values", "row": "KH005", "set": {"show": "free"}}
-- mended: {"show": "with_both_denominators"}
-- says: ["reported_values", "KH005", "show"]
SELECT 'data/reported_values.csv' AS file, r.line, 'show' AS field, r.show AS value, r.value_id, min(p.value_id) AS other, min(p.low) AS number
FROM reported_values r JOIN reported_values p ON p.printing_of = r.value_id
WHERE r.show = 'free' AND r.qualifier = 'exact' AND p.qualifier = 'exact' AND p.show IN ('conflict_only', 'with_both_denominators')
    AND greatest(p.low, r.low) > 1.04 * least(p.low, r.low) AND p.age_max IS NOT DISTINCT FROM r.age_max
GROUP BY r.line, r.show, r.value_id
-- passes: [{"table": "reported_values", "row": "KH068", "set": {"low": "20830", "high": "20830", "printed": "20,830"}}]
