-- title: A numerator is not larger than its denominator
-- level: error
-- why: Part of a group cannot be larger than the group.
-- mend: Correct the number, or the link.
-- message: The numerator {value} ({numerator_id}) is larger than the denominator {denominator} ({denominator_id}).
-- example: {"table": "reported_values", "row": "KH007", "set": {"low": "3800", "high": "3800", "printed": "3,800"}}
-- mended: {"low": "38", "high": "38", "printed": "38"}
-- says: ["reported_values", "KH007", "low"]
SELECT 'data/reported_values.csv' AS file, n.line, 'low' AS field, n.low AS value,
    n.value_id AS numerator_id, d.value_id AS denominator_id, d.high AS denominator
FROM links a
JOIN links b ON a.to_id = b.to_id AND a.relation = 'numerator_of' AND b.relation = 'denominator_of'
JOIN reported_values n ON n.value_id = a.from_id
JOIN reported_values d ON d.value_id = b.from_id
WHERE n.low > d.high
-- passes: [{"table": "reported_values", "row": "KH007", "set": {"low": "2104", "high": "2104"}}]
-- passes: [{"table": "reported_values", "row": "KH005", "set": {"high": ""}}, {"table": "reported_values", "row": "KH007", "set": {"low": "3800"}}]
