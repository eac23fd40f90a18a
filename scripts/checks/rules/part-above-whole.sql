-- title: A part is not larger than its whole
-- level: error
-- why: A narrower age band cannot hold more people than the wider one.
-- mend: Correct the number, or the link.
-- message: The part {value} is larger than the whole {whole} ({whole_id}).
-- example: {"table": "reported_values", "row": "KH018", "set": {"low": "3.1", "high": "3.1", "printed": "3.1 percent"}}
-- mended: {"low": "0.1", "high": "0.1", "printed": "0.1 percent"}
-- says: ["reported_values", "KH018", "low"]
SELECT 'data/reported_values.csv' AS file, p.line, 'low' AS field, p.low AS value, w.high AS whole, w.value_id AS whole_id
FROM links l
JOIN all_readings p ON p.value_id = l.from_id
JOIN all_readings w ON w.value_id = l.to_id
WHERE l.relation = 'part_of' AND p.low > w.high
-- passes: [{"table": "reported_values", "row": "KH018", "set": {"low": "2.2", "high": "2.2"}}]
