-- title: Only shares and counts of one kind of base are set side by side
-- level: error
-- why: A share of people in venues, of an estimated population and of all children are three different things.
-- mend: Write not_comparable, or correct base_kind in data/populations.csv.
-- message: {value} is about {base}, {other} about {other_base}.
-- example: {"table": "reported_values", "row": "KH043", "set": {"population_id": "all-children"}}
-- mended: {"population_id": "venue-workers"}
-- says: ["links", "KH043 comparable KH018", "from_id"]
WITH pairs AS (
    SELECT line, from_id AS one, to_id AS other FROM links WHERE relation IN ('comparable', 'same_by_other_method')
    UNION ALL
    SELECT a.line, a.from_id, b.from_id
    FROM links a JOIN links b ON a.to_id = b.to_id
    WHERE a.relation = 'earlier_end_of' AND b.relation = 'later_end_of'
)
SELECT 'data/links.csv' AS file, l.line, 'from_id' AS field, l.one AS value, l.other,
    p.base_kind AS base, q.base_kind AS other_base
FROM pairs l
JOIN reported_values a ON a.value_id = l.one
JOIN reported_values b ON b.value_id = l.other
JOIN populations p ON p.population_id = a.population_id
JOIN populations q ON q.population_id = b.population_id
WHERE p.base_kind <> q.base_kind
-- breaks: [{"table": "reported_values", "row": "KH038", "set": {"population_id": "all-children"}}]
-- says: ["links", "KH038 earlier_end_of KH022", "from_id"]
-- breaks: [{"table": "reported_values", "row": "KH091", "set": {"population_id": "all-children"}}]
-- says: ["links", "KH091 same_by_other_method KH099", "from_id"]
-- passes: [{"table": "reported_values", "row": "KH043", "set": {"population_id": "venue-available"}}]
-- passes: [{"table": "reported_values", "row": "KH043", "set": {"population_id": "all-children"}}, {"table": "links", "row": ["KH043", "comparable"], "set": {"relation": "not_comparable"}}]
