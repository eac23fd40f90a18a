-- title: What concerns several studies or a whole topic names them
-- level: error
-- why: A reader of one study would not find the limits that it shares with others.
-- mend: For several studies add a row each to the table named, for a whole topic fill topic, for one fill [study_id].
-- message: [study_id_reason] is {reason}, but {named} lists this many studies: {studies}.
-- example: {"table": "limitations", "row": "L19", "set": {"study_id_reason": "several_studies"}}
-- mended: {"study_id_reason": "all_figures"}
-- says: ["limitations", "L19", "limitation_id"]
WITH listed AS (
    SELECT regexp_extract(file, '/(.+)[.]csv', 1) AS named, to_file AS file, value, count(*) AS studies
    FROM references_of_rows WHERE file LIKE 'data/%_studies.csv' GROUP BY ALL
), scopes AS ( -- limitations name theirs in limitation_studies
    SELECT file, line, k.field, k.value, c.reason, regexp_extract(file, '/(.+?)s?[.]csv', 1) || '_studies' AS named
    FROM cells_with_reason c JOIN keys_of_rows k USING (file, line)
    WHERE c.field = 'study_id' AND contains(c.reasons, 'several_studies')
)
SELECT file, line, field, value, coalesce(reason, 'blank') AS reason, named, coalesce(studies, 0) AS studies, NULL AS says
FROM scopes LEFT JOIN listed USING (named, file, value)
WHERE CASE reason WHEN 'several_studies' THEN coalesce(studies, 0) < 2 ELSE studies > 0 END
UNION ALL
SELECT 'data/limitations.csv', line, 'topic', topic, coalesce(study_id_reason, 'blank'), coalesce(topic, 'blank'), 0,
    '[study_id_reason] is {reason}, and [topic] is {named}.'
FROM limitations
WHERE (topic IS NOT NULL) <> (study_id_reason IS NOT DISTINCT FROM 'whole_topic')
-- breaks: [{"table": "limitations", "row": "L19", "set": {"topic": "response"}}]
-- says: ["limitations", "L19", "topic"]
-- passes: [{"table": "limitations", "row": "L19", "set": {"study_id_reason": "whole_topic", "topic": "global_context"}}]
