-- title: A stance agrees with how the statement bears on its values
-- level: warning
-- why: An organisation that supports a figure would be shown as disputing it.
-- fix: Correct stance in data/statements.csv or bearing in data/scopes.csv.
-- message: The stance of {statement_id} is {value}, but how it bears on its values is: {bearings}.
-- except: yes
-- example: {"table": "scopes", "row": "S02.KH022", "set": {"bearing": "disputes"}}
-- fixed: {"bearing": "supports"}
-- says: ["statements", "S02", "stance"]
WITH told AS (
    SELECT s.line, s.stance, statement_id, list(DISTINCT bearing ORDER BY bearing) AS bearings
    FROM statements s JOIN scopes USING (statement_id) WHERE bearing IS NOT NULL GROUP BY ALL
)
SELECT 'data/statements.csv' AS file, line, 'stance' AS field, stance AS value, statement_id, array_to_string(bearings, ', ') AS bearings
FROM told
WHERE CASE stance WHEN 'neutral' THEN bearings <> ['cites']
    WHEN 'supports' THEN NOT list_contains(bearings, 'supports')
    WHEN 'reservation' THEN bearings <> ['qualifies']
    WHEN 'supports_with_reservation' THEN NOT list_has_any(bearings, ['supports', 'qualifies'])
    WHEN 'disputes' THEN NOT list_contains(bearings, 'disputes')
    ELSE bearings = ['cites'] END
-- passes: [{"table": "scopes", "row": "S01.KH022", "set": {"bearing": "supports"}}]
