-- title: A blank cell has a reason, and a filled cell has none
-- level: error
-- why: Unknown is not the same as forgotten.
-- fix: Fill the [cell], or the column of the same name with _reason; never both.
-- message: The [cell] is blank, and {field}_reason is blank too; it takes: {reasons}.
-- example: {"table": "reported_values", "row": "KH010", "set": {"population_id": ""}}
-- fixed: {"population_id": "venue-workers"}
-- says: ["reported_values", "KH010", "population_id"]
SELECT file, line, field, value, reason, reasons,
    CASE WHEN value IS NOT NULL THEN 'The [cell] is filled, and {field}_reason says {reason}.' END AS says
FROM cells_with_reason
WHERE (value IS NULL) = (reason IS NULL)
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"population_id_reason": "not_read"}}]
-- says: ["reported_values", "KH010", "population_id"]
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"population_id": "", "population_id_reason": "not_read"}}]
