-- title: The size of a group outside the frame is the base of its own shares only
-- level: error
-- why: Multiplied by a share of people in venues it would give a number of children that nobody measured.
-- mend: Remove the link, or write not_comparable.
-- message: {value} counts a group outside the frame and is linked as {relation} to {other}.
-- example: {"table": "populations", "row": "venue-available", "set": {"base_kind": "outside_frame"}}
-- mended: {"base_kind": "venue_people"}
-- says: ["links", "KH009 numerator_of KH018", "from_id"]
-- says: ["links", "KH034 numerator_of KH038", "from_id"]
-- says: ["links", "KH035 numerator_of KH043", "from_id"]
SELECT 'data/links.csv' AS file, l.line, 'from_id' AS field, l.from_id AS value, l.relation, l.to_id AS other
FROM links l
JOIN all_readings a ON a.value_id = l.from_id
JOIN all_readings b ON b.value_id = l.to_id
JOIN populations p ON p.population_id = a.population_id
JOIN populations q ON q.population_id = b.population_id
WHERE p.base_kind = 'outside_frame' AND l.relation IN ('numerator_of', 'denominator_of')
    AND q.base_kind NOT IN ('outside_frame', 'all_children')
-- breaks: [{"table": "links", "row": ["KH091", "numerator_of"], "set": {"relation": "denominator_of", "to_id": "KH010"}}]
-- says: ["links", "KH091 denominator_of KH010", "from_id"]
-- passes: [{"table": "populations", "row": "street-children", "set": {"definition": "Others."}}, {"table": "links", "row": ["KH091", "numerator_of", "KH094"], "set": {"to_id": "KH114"}}]
-- passes: [{"table": "links", "row": ["KH091", "numerator_of", "KH094"], "set": {"to_id": "KH043", "relation": "not_comparable"}}]
