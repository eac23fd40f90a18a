-- title: A quantity with mentions that are not withdrawn is defined by one of these
-- level: error
-- why: The remaining mentions would depend on a figure that was withdrawn.
-- fix: Withdraw its mentions too. Or let the oldest that gives the same number of the same people and place define the quantity: blank its [mention_of], point the others at it. Record each change in data/corrections.csv.
-- message: {value} is withdrawn, but its mentions are not: {mentions}.
-- example: {"table": "reported_values", "row": "KH010", "set": {"show": "withdrawn"}}
-- fixed: {"show": "free"}
-- says: ["reported_values", "KH010", "value_id"]
SELECT 'data/reported_values.csv' AS file, root.line, 'value_id' AS field, root.value_id AS value,
    string_agg(one.value_id, ', ' ORDER BY one.value_id) AS mentions
FROM roots root JOIN all_readings one ON one.mention_of = root.value_id
WHERE root.show = 'withdrawn' AND one.show <> 'withdrawn'
GROUP BY root.line, root.value_id
-- passes: [{"table": "reported_values", "row": "KH012", "set": {"show": "withdrawn"}}]
