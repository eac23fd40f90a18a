-- title: Only shares and counts of one kind of base are set side by side
-- level: error
-- why: A share of people in venues, of an estimated population and of all children are three different things.
-- mend: Write not_comparable, or correct base_kind in data/populations.csv.
-- message: {value} is about {base}, {other} about {other_base}.
-- example: {"table": "populations", "row": "venue-workers", "set": {"base_kind": "all_children"}}
SELECT 'data/links.csv' AS file, l.line, 'from_id' AS field, l.from_id AS value, l.to_id AS other,
    p.base_kind AS base, q.base_kind AS other_base
FROM links l
JOIN reported_values a ON a.value_id = l.from_id
JOIN reported_values b ON b.value_id = l.to_id
JOIN populations p ON p.population_id = a.population_id
JOIN populations q ON q.population_id = b.population_id
WHERE l.relation IN ('comparable', 'same_by_other_method') AND p.base_kind <> q.base_kind
