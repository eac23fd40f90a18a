-- title: What concerns several studies or a whole topic names them
-- level: error
-- why: A reader of one study would not find the limits that it shares with others.
-- mend: For several studies add a row each to the table named, for a whole topic fill topic, for one fill study_id.
-- message: study_id_reason is {reason}, {state}.
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
SELECT file, line, field, value, coalesce(reason, 'blank') AS reason,
    'but ' || named || ' lists ' || coalesce(studies, 0)
        || CASE studies WHEN 1 THEN ' study' ELSE ' studies' END AS state
FROM scopes LEFT JOIN listed USING (named, file, value)
WHERE CASE reason WHEN 'several_studies' THEN coalesce(studies, 0) < 2 ELSE studies > 0 END
UNION ALL
SELECT 'data/limitations.csv', line, 'topic', topic, coalesce(study_id_reason, 'blank'),
    CASE WHEN topic IS NULL THEN 'but topic is blank' ELSE 'but topic is ' || topic END
FROM limitations
WHERE (topic IS NOT NULL) <> (study_id_reason IS NOT DISTINCT FROM 'whole_topic')
-- breaks: [{"table": "statements", "row": "S14", "copy": {"statement_id": "S98"}}, {"table": "statement_studies", "row": ["S14", "ijm-khm-2012"], "copy": {"statement_id": "S98"}}]
-- says: ["statements", "S98", "statement_id"]
-- breaks: [{"table": "not_available", "row": "N01", "set": {"study_id": "ijm-khm-2012", "study_id_reason": ""}}]
-- says: ["not_available", "N01", "not_available_id"]
-- breaks: [{"table": "limitations", "row": "L18", "set": {"topic": ""}}]
-- says: ["limitations", "L18", "topic"]
-- breaks: [{"table": "limitations", "row": "L19", "set": {"topic": "response"}}]
-- says: ["limitations", "L19", "topic"]
-- passes: [{"table": "statements", "row": "S14", "copy": {"statement_id": "S97"}}, {"table": "statement_studies", "row": ["S14", "ijm-khm-2012"], "copy": {"statement_id": "S97"}}, {"table": "statement_studies", "row": ["S14", "ijm-khm-2015"], "copy": {"statement_id": "S97"}}]
-- passes: [{"table": "limitations", "row": "L19", "set": {"study_id_reason": "whole_topic", "topic": "global_context"}}]
