-- title: A scope joins two things, and its key is made of their keys
-- level: error
-- why: A row that joins more says two things at once, and one without such a key can occur twice.
-- fix: Fill one of the first four columns and one of study and value; the key is these two with a dot. [bearing] is of a statement on a value.
-- message: {value} would be {expected} by its cells, which are of {ends} things.
-- example: {"table": "scopes", "row": "L07.ijm-khm-2012", "set": {"scope_id": "L07.another-study"}}
-- fixed: {"scope_id": "L07.ijm-khm-2012"}
-- says: ["scopes", "L07.another-study", "scope_id"]
WITH joined AS (
    SELECT line, scope_id, bearing, [limitation_id, statement_id, not_available_id, claim_id] AS of_whom, [study_id, value_id] AS on_what,
        concat_ws('.', limitation_id, statement_id, not_available_id, claim_id, study_id, value_id) AS expected,
        statement_id IS NOT NULL AND value_id IS NOT NULL AS has_bearing
    FROM scopes
)
SELECT 'data/scopes.csv' AS file, line, 'scope_id' AS field, scope_id AS value, expected,
    list_count(of_whom) + list_count(on_what) AS ends, NULL AS says
FROM joined WHERE list_count(of_whom) <> 1 OR list_count(on_what) <> 1 OR scope_id <> expected
UNION ALL
SELECT 'data/scopes.csv', line, 'bearing', bearing, NULL, NULL, '[bearing] is filled where a statement bears on a value, and only there.'
FROM joined WHERE has_bearing <> (bearing IS NOT NULL)
-- breaks: [{"table": "scopes", "row": "S02.KH022", "set": {"bearing": ""}}]
-- says: ["scopes", "S02.KH022", "bearing"]
-- passes: [{"table": "scopes", "row": "S02.KH022", "set": {"bearing": "cites"}}]
