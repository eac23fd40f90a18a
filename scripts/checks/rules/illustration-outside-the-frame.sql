-- title: A limitation is illustrated by a group outside the frame
-- level: error
-- why: A figure from inside the frame shows nothing of what was left out.
-- mend: Name a root of the topic not_counted.
-- message: {value} {state}.
-- example: {"table": "limitation_examples", "row": ["L03", "KH099"], "set": {"value_id": "KH010"}}
-- mended: {"value_id": "KH099"}
-- says: ["limitation_examples", "L03 KH010", "value_id"]
SELECT 'data/limitation_examples.csv' AS file, l.line, 'value_id' AS field, l.value_id AS value,
    CASE WHEN v.printing_of IS NOT NULL THEN 'is a printing of ' || v.printing_of
         ELSE 'belongs to the topic ' || v.topic END AS state
FROM limitation_examples l JOIN reported_values v USING (value_id)
WHERE v.topic <> 'not_counted' OR v.printing_of IS NOT NULL
-- breaks: [{"table": "limitation_examples", "row": ["L03", "KH099"], "set": {"value_id": "KH257"}}]
-- says: ["limitation_examples", "L03 KH257", "value_id"]
-- passes: [{"table": "limitation_examples", "row": ["L03", "KH099"], "set": {"value_id": "KH114"}}]
