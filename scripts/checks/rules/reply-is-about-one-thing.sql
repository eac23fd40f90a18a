-- title: A reply and a correction are about what they name
-- level: error
-- why: A reply shown beside another figure is a false quotation.
-- mend: Correct study_id, value_id, statement_id or date.
-- message: {key}: {state}.
-- example: {"table": "replies", "row": "A001", "add": {"reply_id": "A001", "organisation_id": "ijm", "date": "2026-01", "study_id": "ijm-khm-2012", "value_id": "KH010", "statement_id_reason": "not_a_statement", "text": "It answers.", "url_reason": "not_published"}}
-- mended: {"x": ""}
-- says: ["replies", "A001", "value_id"]
SELECT 'data/replies.csv' AS file, r.line, 'value_id' AS field, r.value_id AS value, r.reply_id AS key, r.value_id || ' is not of ' || r.study_id AS state
FROM replies r JOIN reported_values v USING (value_id) WHERE r.study_id IS NOT NULL AND r.study_id IS DISTINCT FROM v.study_id
UNION ALL SELECT 'data/replies.csv', r.line, 'statement_id', r.statement_id, r.reply_id, r.statement_id || ' is not about ' || r.study_id
FROM replies r JOIN statements s USING (statement_id) WHERE r.study_id IS NOT NULL AND s.study_id IS NOT NULL AND r.study_id <> s.study_id
UNION ALL SELECT 'data/replies.csv', r.line, 'date', r.date, r.reply_id, 'the statement is of ' || s.date
FROM replies r JOIN statements s USING (statement_id) WHERE substr(r.date, 1, length(s.date)) < substr(s.date, 1, length(r.date))
UNION ALL SELECT 'data/replies.csv', r.line, 'date', r.date, r.reply_id, 'the fieldwork was ' || t.fieldwork
FROM replies r JOIN studies t USING (study_id) WHERE r.date < left(t.fieldwork, length(r.date))
UNION ALL SELECT 'data/replies.csv', r.line, 'study_id_reason', r.study_id_reason, r.reply_id, 'its value is of ' || v.study_id
FROM replies r JOIN reported_values v USING (value_id) WHERE r.study_id IS NULL AND v.study_id IS NOT NULL
UNION ALL SELECT 'data/corrections.csv', b.line, 'date', b.date, b.correction_id, 'the correction before it is of ' || a.date
FROM corrections a JOIN corrections b ON b.line = a.line + 1 WHERE b.date < a.date
-- passes: [{"table": "replies", "row": "A001", "add": {"reply_id": "A001", "organisation_id": "ijm", "date": "2026-01", "study_id": "ijm-khm-2015", "value_id": "KH010", "statement_id_reason": "not_a_statement", "text": "It answers.", "url_reason": "not_published"}}]
