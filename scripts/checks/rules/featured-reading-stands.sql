-- title: A featured reading has not been withdrawn
-- level: warning
-- why: Pages that mention it can only say that it was withdrawn.
-- fix: Point the role at another reading in data/editorial/featured.csv. Or leave it: these pages then say that this figure was withdrawn.
-- message: {value} is withdrawn. It stands in the role {role}, for which these ask: {pages}.
-- example: {"table": "reported_values", "row": "KH023", "set": {"show": "withdrawn"}}
-- fixed: {"show": "free"}
-- says: ["featured", "fall-of-the-count-as-printed", "value_id"]
SELECT 'data/editorial/featured.csv' AS file, f.line, 'value_id' AS field, f.value_id AS value, f.role,
    coalesce(string_agg(DISTINCT u.file, ', ' ORDER BY u.file), 'no page') AS pages
FROM featured f JOIN reported_values v USING (value_id) LEFT JOIN role_uses u USING (role)
WHERE v.show = 'withdrawn'
GROUP BY f.line, f.value_id, f.role
-- passes: [{"table": "reported_values", "row": "KH023", "set": {"show": "conflict_only"}}]
