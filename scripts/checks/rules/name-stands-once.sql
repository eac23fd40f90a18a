-- title: The words that distinguish a row occur in one row only
-- level: warning
-- why: If two rows have the same name, nobody can tell which one is meant; usually, one was entered twice.
-- fix: Use the row that is there, or say in the name what tells them apart.
-- message: {key} has {field} of {other}.
-- example: {"table": "populations", "row": "venue-workers", "copy": {"population_id": "venue-people", "definition": "Others."}}
-- fixed: {}
-- says: ["populations", "venue-workers", "name"]
SELECT t.file, max(t.line) AS line, t.field, t.value, replace(arg_max(key, t.line), chr(1), ' ') AS key, replace(arg_min(key, t.line), chr(1), ' ') AS other
FROM names t JOIN keys_of_rows USING (file, line)
WHERE t.file <> 'data/limitations.csv'
GROUP BY t.file, t.field, t.value HAVING count(*) > 1
-- passes: [{"table": "populations", "row": "venue-workers", "copy": {"population_id": "venue-people", "name": "People in venues", "definition": "Others."}}]
