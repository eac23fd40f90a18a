-- title: A reply answers a study, a value or a statement, comes after it, and from a body that it is about
-- level: error
-- why: A reply at the wrong place puts words into the mouth of a body.
-- mend: Name the study, the value or the statement that is answered, the body whose they are, and the day of the reply.
-- message: {fault}
-- example: {"table": "replies", "row": "A001", "add": {"reply_id": "A001", "organisation_id": "ijm", "date": "2026-11", "study_id": "vac-khm-2013", "value_id": "KH010", "statement_id_reason": "not_a_statement", "text": "Says how it was weighted.", "url_reason": "not_published"}}
-- mended: {"study_id": "ijm-khm-2015"}
-- says: ["replies", "A001", "study_id"]
WITH bodies AS ( -- whose a study, a reading or a statement is, and who printed it
    SELECT study_id AS about, organisation_id FROM studies
    UNION SELECT v.study_id, s.organisation_id FROM all_readings v JOIN sources s USING (source_id)
    UNION SELECT v.value_id, s.organisation_id FROM all_readings v JOIN sources s USING (source_id)
    UNION SELECT statement_id, organisation_id FROM statements
    UNION SELECT t.statement_id, s.organisation_id FROM statements t JOIN sources s USING (source_id)
), printed AS ( -- from when on it could be answered
    SELECT value_id AS about, date_published AS day FROM all_readings JOIN sources USING (source_id)
    UNION ALL SELECT statement_id, date FROM statements
), studied AS (
    SELECT statement_id AS about, study_id FROM statements
    UNION SELECT statement_id, study_id FROM statement_studies
    UNION SELECT value_id, study_id FROM all_readings
), replied AS (
    SELECT *, coalesce(statement_id, value_id) AS about FROM replies
), judged AS (
    SELECT line, CASE
        WHEN coalesce(about, study_id) IS NULL THEN 'reply_id'
        WHEN statement_id IS NULL AND value_id_reason = 'a_statement' THEN 'value_id_reason'
        WHEN statement_id IS NOT NULL AND value_id IS NOT NULL THEN 'value_id'
        WHEN about IS NOT NULL AND study_id IS NOT NULL AND (about, study_id) NOT IN (FROM studied WHERE study_id IS NOT NULL) THEN 'study_id'
        WHEN NOT EXISTS (FROM bodies b WHERE b.about IN (r.about, r.study_id) AND b.organisation_id = r.organisation_id)
            THEN 'organisation_id'
        WHEN EXISTS (FROM printed p WHERE p.about = r.about AND r.date < substr(p.day, 1, length(r.date))) THEN 'date'
        END AS wrong, reply_id, coalesce(about, study_id) AS about, study_id, value_id, value_id_reason, organisation_id, date
    FROM replied r
)
SELECT 'data/replies.csv' AS file, line, wrong AS field,
    CASE wrong WHEN 'reply_id' THEN reply_id WHEN 'value_id_reason' THEN value_id_reason WHEN 'value_id' THEN value_id
        WHEN 'study_id' THEN study_id WHEN 'organisation_id' THEN organisation_id ELSE date END AS value,
    CASE wrong
        WHEN 'reply_id' THEN 'The reply names no study, no value and no statement.'
        WHEN 'value_id_reason' THEN 'No statement is named.'
        WHEN 'value_id' THEN 'A statement is answered, or a value, not both in one row.'
        WHEN 'study_id' THEN about || ' does not belong to ' || study_id || '.'
        WHEN 'organisation_id' THEN about || ' is not of ' || organisation_id || ', nor printed by it.'
        ELSE date || ' comes before ' || about || ' was printed.' END AS fault
FROM judged WHERE wrong IS NOT NULL
-- breaks: [{"table": "replies", "row": "A001", "add": {"reply_id": "A001", "organisation_id": "ijm", "date": "2026-11", "statement_id_reason": "not_a_statement", "text": "Says how it was weighted.", "url_reason": "not_published", "study_id_reason": "not_a_study", "value_id_reason": "several_values"}}]
-- says: ["replies", "A001", "reply_id"]
-- breaks: [{"table": "replies", "row": "A001", "add": {"reply_id": "A001", "organisation_id": "ijm", "date": "2026-11", "study_id": "ijm-khm-2015", "statement_id_reason": "not_a_statement", "text": "Says how it was weighted.", "url_reason": "not_published", "value_id_reason": "a_statement"}}]
-- says: ["replies", "A001", "value_id_reason"]
-- breaks: [{"table": "replies", "row": "A001", "add": {"reply_id": "A001", "organisation_id": "mlop-tapang", "date": "2026-11", "study_id": "ijm-khm-2015", "value_id": "KH010", "text": "Says how it was weighted.", "url_reason": "not_published", "statement_id": "S02"}}]
-- says: ["replies", "A001", "value_id"]
-- breaks: [{"table": "replies", "row": "A001", "add": {"reply_id": "A001", "organisation_id": "unicef", "date": "2026-11", "study_id": "ijm-khm-2015", "value_id": "KH010", "statement_id_reason": "not_a_statement", "text": "Says how it was weighted.", "url_reason": "not_published"}}]
-- says: ["replies", "A001", "organisation_id"]
-- breaks: [{"table": "replies", "row": "A001", "add": {"reply_id": "A001", "organisation_id": "ijm", "date": "2015-05", "study_id": "ijm-khm-2015", "value_id": "KH010", "statement_id_reason": "not_a_statement", "text": "Says how it was weighted.", "url_reason": "not_published"}}]
-- says: ["replies", "A001", "date"]
-- breaks: [{"table": "replies", "row": "A001", "add": {"reply_id": "A001", "organisation_id": "mlop-tapang", "date": "2014", "study_id": "ijm-khm-2015", "text": "Says how it was weighted.", "url_reason": "not_published", "value_id_reason": "a_statement", "statement_id": "S02"}}]
-- says: ["replies", "A001", "date"]
-- passes: [{"table": "replies", "row": "A001", "add": {"reply_id": "A001", "organisation_id": "ijm", "date": "2026-11", "study_id": "ijm-khm-2015", "value_id": "KH010", "statement_id_reason": "not_a_statement", "text": "Says how it was weighted.", "url_reason": "not_published"}}]
-- passes: [{"table": "replies", "row": "A001", "add": {"reply_id": "A001", "organisation_id": "ijm", "date": "2015-06", "study_id": "ijm-khm-2015", "value_id": "KH010", "statement_id_reason": "not_a_statement", "text": "Says how it was weighted.", "url_reason": "not_published"}}]
-- passes: [{"table": "replies", "row": "A001", "add": {"reply_id": "A001", "organisation_id": "mlop-tapang", "date": "2026-11", "study_id": "ijm-khm-2015", "text": "Says how it was weighted.", "url_reason": "not_published", "value_id_reason": "a_statement", "statement_id": "S02"}}]
-- passes: [{"table": "replies", "row": "A001", "add": {"reply_id": "A001", "organisation_id": "ijm", "date": "2026-11", "study_id": "ijm-khm-2015", "statement_id_reason": "not_a_statement", "text": "Says how it was weighted.", "url_reason": "not_published", "value_id_reason": "several_values"}}]
