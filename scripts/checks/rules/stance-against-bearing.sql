-- title: A stance and how a statement bears on its values say the same
-- level: error
-- why: A body that supports a figure would be shown as disputing it.
-- mend: Correct stance in data/statements.csv or bearing in data/statement_values.csv.
-- message: {state}.
-- except: yes
-- example: {"table": "statement_values", "row": ["S02", "KH022"], "set": {"bearing": "disputes"}}
-- mended: {"bearing": "supports"}
-- says: ["statement_values", "S02 KH022", "bearing"]
SELECT 'data/statement_values.csv' AS file, b.line, 'bearing' AS field, b.bearing AS value, b.statement_id || ' ' || b.bearing || ' ' || b.value_id || ', but its stance is ' || s.stance AS state
FROM statement_values b JOIN statements s USING (statement_id)
WHERE (b.bearing = 'supports' AND s.stance IN ('disputes', 'calls_for_action', 'neutral')) OR (b.bearing = 'disputes' AND s.stance IN ('supports', 'supports_with_reservation', 'neutral', 'calls_for_action'))
UNION ALL
SELECT 'data/statements.csv', s.line, 'stance', s.stance, 'The stance of ' || s.statement_id || ' is ' || s.stance || CASE
        WHEN s.stance = 'neutral' THEN ', but a neutral statement only cites its values'
        WHEN bool_and(b.bearing = 'cites') THEN ', but a statement that only cites its values is neutral'
        WHEN s.stance = 'disputes' THEN ', but it disputes or qualifies none of its values' ELSE ', but it supports none of its values' END
    || ': it ' || string_agg(b.bearing || ' ' || b.value_id, ', ' ORDER BY b.value_id)
FROM statements s JOIN statement_values b USING (statement_id) JOIN reported_values v ON v.value_id = b.value_id
GROUP BY s.line, s.stance, s.statement_id
HAVING (s.stance = 'neutral' AND NOT bool_and(b.bearing = 'cites')) OR (s.stance = 'disputes' AND NOT bool_or(b.bearing IN ('disputes', 'qualifies')))
    OR (s.stance = 'supports' AND NOT bool_or(b.bearing = 'supports')) OR (s.stance <> 'neutral' AND bool_and(b.bearing = 'cites'))
-- breaks: [{"table": "statements", "row": "S14", "set": {"stance": "supports"}}]
-- says: ["statements", "S14", "stance"]
-- passes: [{"table": "statement_values", "row": ["S01", "KH022"], "set": {"bearing": "supports"}}]
