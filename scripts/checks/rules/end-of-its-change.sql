-- title: The ends of a change are of its place, oldest age and sex
-- level: error
-- why: The fall in three cities is no fall of one of them.
-- mend: Link the end that the change is reckoned from, or correct the [cell].
-- message: {value} is an end of {change}, and the {other} of the one is {has}, of the other {wanted}.
-- example: {"table": "reported_values", "row": "KH010", "set": {"place_id": "phnom-penh"}}
-- mended: {"place_id": "three-cities"}
-- says: ["links", "KH010 later_end_of KH022", "from_id"]
SELECT 'data/links.csv' AS file, l.line, 'from_id' AS field, l.from_id AS value, l.to_id AS change, other,
    coalesce(a.cells[list_position(a.names, other)], 'blank') AS has, coalesce(b.cells[list_position(b.names, other)], 'blank') AS wanted
FROM links l JOIN row_cells a ON a.table_name = 'reported_values' AND a.key = l.from_id
JOIN row_cells b ON b.table_name = 'reported_values' AND b.key = l.to_id, (VALUES ('place_id'), ('age_max'), ('sex')) AS shared (other)
WHERE l.relation IN ('earlier_end_of', 'later_end_of') AND has <> wanted AND 'not_stated' NOT IN (has, wanted)
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"sex": "female"}}]
