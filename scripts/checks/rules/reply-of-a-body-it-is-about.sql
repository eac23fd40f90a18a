-- title: A reply comes from an organisation whose study, figure or statement it answers, or which reported it
-- level: error
-- why: A reply from somebody else is a statement, and belongs with the statements.
-- fix: Correct [organisation_id], or name what the body answers.
-- message: {reply_id} answers nothing that is of {value}, or was reported by it.
-- example: {"table": "replies", "row": "A000", "set": {"organisation_id": "moj"}}
-- fixed: {"organisation_id": "iom"}
-- says: ["replies", "A000", "organisation_id"]
FROM replies
;
WITH bodies AS (
    SELECT study_id AS about, organisation_id FROM studies
    UNION SELECT unnest([value_id, study_id]), s.organisation_id FROM reported_values JOIN sources s USING (source_id)
    UNION SELECT statement_id, unnest([t.organisation_id, s.organisation_id]) FROM statements t JOIN sources s USING (source_id)
)
SELECT 'data/replies.csv' AS file, line, 'organisation_id' AS field, r.organisation_id AS value, reply_id
FROM asked r LEFT JOIN bodies b ON b.about IN (r.study_id, r.value_id, r.statement_id)
GROUP BY ALL HAVING NOT coalesce(bool_or(b.organisation_id = r.organisation_id), false)
-- passes: [{"table": "replies", "row": "A000", "set": {"value_id": ""}}]
