-- title: A primary reading comes from the organisation that measured it
-- level: warning
-- why: A chain of credits would seem to reach its origin at an organisation that reports somebody else's count.
-- fix: Write secondary; or say in data/editorial/speaks_for.csv why the document speaks for the other body as well.
-- message: {speaker} speaks in {source_id}, and the count is of {body}.
-- example: {"table": "reported_values", "row": "JJAY-NPL-02", "set": {"evidence": "primary"}}
-- fixed: {"evidence": "secondary"}
-- says: ["reported_values", "JJAY-NPL-02", "evidence"]
WITH told AS (
    SELECT line, evidence, source_id, speaker, unnest([credited_to, study_body]) AS body FROM all_readings WHERE evidence = 'primary'
)
SELECT 'data/reported_values.csv' AS file, line, 'evidence' AS field, evidence AS value, source_id, speaker, min(body) AS body
FROM told ANTI JOIN speaks_for AS also ON also.source_id = told.source_id AND also.organisation_id = told.body
WHERE body <> speaker
GROUP BY ALL
-- passes: [{"table": "reported_values", "row": "KH013", "set": {"credited_to": "", "credited_to_reason": "not_reported"}}]
