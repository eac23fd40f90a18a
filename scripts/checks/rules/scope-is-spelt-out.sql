-- title: What concerns several studies or a whole topic names them
-- level: error
-- why: A reader of one study would not find the limits that it shares with others.
-- mend: For several studies add a row each to the table named, for a whole topic fill topic, for one fill study_id.
-- message: study_id_reason is {reason}, {state}.
-- example: {"table": "limitations", "row": "L19", "set": {"study_id_reason": "several_studies"}}
-- mended: {"study_id_reason": "all_figures"}
WITH listed AS (
    SELECT 'limitation_studies' AS named, limitation_id AS value, count(*) AS studies
    FROM limitation_studies GROUP BY limitation_id
    UNION ALL SELECT 'statement_studies', statement_id, count(*) FROM statement_studies GROUP BY statement_id
    UNION ALL SELECT 'not_available_studies', not_available_id, count(*)
    FROM not_available_studies GROUP BY not_available_id
), scopes AS (
    SELECT 'data/limitations.csv' AS file, line, 'limitation_id' AS field, limitation_id AS value,
        study_id_reason AS reason, 'limitation_studies' AS named
    FROM limitations
    UNION ALL SELECT 'data/statements.csv', line, 'statement_id', statement_id, study_id_reason, 'statement_studies'
    FROM statements
    UNION ALL SELECT 'data/not_available.csv', line, 'not_available_id', not_available_id, study_id_reason,
        'not_available_studies'
    FROM not_available
)
SELECT file, line, field, value, coalesce(reason, 'blank') AS reason,
    'but ' || named || ' lists ' || coalesce(studies, 0)
        || CASE studies WHEN 1 THEN ' study' ELSE ' studies' END AS state
FROM scopes LEFT JOIN listed USING (named, value)
WHERE CASE reason WHEN 'several_studies' THEN coalesce(studies, 0) < 2 ELSE studies > 0 END
UNION ALL
SELECT 'data/limitations.csv', line, 'topic', topic, coalesce(study_id_reason, 'blank'),
    CASE WHEN topic IS NULL THEN 'but topic is blank' ELSE 'but topic is ' || topic END
FROM limitations
WHERE (topic IS NOT NULL) <> (study_id_reason IS NOT DISTINCT FROM 'whole_topic')
