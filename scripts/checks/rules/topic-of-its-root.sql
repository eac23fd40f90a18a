-- title: A printing has the topic of its root
-- level: error
-- why: One quantity stands on one page.
-- mend: Correct the topic.
-- message: The printing has {value}, its root {root} has {expected}.
-- example: {"table": "reported_values", "row": "KH011", "set": {"topic": "response"}}
-- mended: {"topic": "venue_studies"}
-- says: ["reported_values", "KH011", "topic"]
SELECT 'data/reported_values.csv' AS file, p.line, 'topic' AS field, p.topic AS value,
    r.value_id AS root, r.topic AS expected
FROM all_readings p JOIN all_readings r ON r.value_id = p.printing_of
WHERE p.topic <> r.topic
-- passes: [{"table": "reported_values", "row": "KH009", "set": {"topic": "response"}}]
