-- title: What a reply names belongs to its study, and the statement that it answers was made before it
-- level: error
-- why: A reply shown next to the wrong figure is a false quotation.
-- fix: Correct [study_id], [value_id], [statement_id] or date.
-- message: {value} is not of {study}.
-- example: {"table": "replies", "row": "A001", "add": {"reply_id": "A001", "organisation_id": "ijm", "date": "2026-01", "study_id": "ijm-khm-2012", "value_id": "KH010", "text": "It answers."}}
-- fixed: {"x": ""}
-- says: ["replies", "A001", "value_id"]
FROM replies
;
SELECT 'data/replies.csv' AS file, r.line, 'value_id' AS field, r.value_id AS value, r.study_id AS study, NULL AS other, NULL AS says
FROM asked r JOIN reported_values v USING (value_id) WHERE r.study_id IS DISTINCT FROM v.study_id AND r.study_id IS NOT NULL
UNION ALL
SELECT 'data/replies.csv', r.line, 'statement_id', statement_id, r.study_id, NULL, NULL
FROM asked r ANTI JOIN scopes s USING (statement_id, study_id) WHERE r.statement_id IS NOT NULL AND r.study_id IS NOT NULL
UNION ALL
SELECT 'data/replies.csv', r.line, 'date', r.date, NULL, s.date, 'The reply is of {value}, and the statement of {other}.'
FROM asked r JOIN statements s USING (statement_id)
WHERE substr(r.date, 1, length(s.date)) < substr(s.date, 1, length(r.date))
-- passes: [{"table": "replies", "row": "A001", "add": {"reply_id": "A001", "organisation_id": "ijm", "date": "2026-01", "study_id": "ijm-khm-2015", "value_id": "KH010", "text": "It answers."}}]
