-- title: Anything about studies or single values names them, anything about a topic names it, and nothing else names a study
-- level: error
-- why: Readers of one study would not find the limits that it shares with others.
-- fix: For studies or values add a row each to data/scopes.csv, for a whole topic fill topic; else leave these out.
-- message: It is about {value}, and names this many studies: {studies}.
-- example: {"table": "limitations", "row": "L19", "set": {"reach": "studies"}}
-- fixed: {"reach": "all_figures"}
-- says: ["limitations", "L19", "reach"]
WITH listed AS (
    SELECT r.to_file AS file, r.value, count(study_id) AS studies, count(*) AS named
    FROM references_of_rows r JOIN scopes s USING (line) WHERE r.file = 'data/scopes.csv' GROUP BY ALL
), told AS (
    SELECT table_name, file, line, key, cells[list_position(names, 'reach')] AS reach FROM row_cells WHERE list_contains(names, 'reach')
)
SELECT t.file, line, 'reach' AS field, reach AS value, coalesce(studies, 0) AS studies, NULL AS topic, NULL AS says
FROM told t LEFT JOIN listed l ON l.file = t.file AND l.value = t.key
WHERE CASE WHEN reach = 'studies' THEN coalesce(named, 0) = 0 ELSE studies > 0 END
UNION ALL
SELECT 'data/limitations.csv', line, 'topic', topic, NULL, coalesce(topic, 'blank'), 'The topic is {topic}: it is filled for a whole topic, and only then.'
FROM limitations
WHERE (topic IS NOT NULL) <> (reach = 'whole_topic')
-- breaks: [{"table": "limitations", "row": "L19", "set": {"topic": "response"}}]
-- says: ["limitations", "L19", "topic"]
-- passes: [{"table": "limitations", "row": "L19", "set": {"reach": "whole_topic", "topic": "global_context"}}]
-- passes: [{"table": "limitations", "row": "L06", "copy": {"limitation_id": "L98", "reach": "studies"}}, {"table": "scopes", "row": "L06.KH021", "copy": {"scope_id": "L98.KH021", "limitation_id": "L98"}}]
