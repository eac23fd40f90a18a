-- title: A secondary reading does not come from the organisation that speaks
-- level: hint
-- why: An organisation's count in its own document would look as if somebody else had passed it on.
-- fix: Write primary, unless the page is a copy or an excerpt by others.
-- message: {source_id} is of {body}, and so is the number, but the evidence is secondary.
-- example: {"table": "reported_values", "row": "RESP-014", "set": {"evidence": "secondary"}}
-- fixed: {"evidence": "primary"}
-- says: ["reported_values", "RESP-014", "evidence"]
SELECT 'data/reported_values.csv' AS file, line, 'evidence' AS field, evidence AS value, source_id, speaker AS body
FROM all_readings JOIN (SELECT source_id, based_on FROM sources) USING (source_id)
WHERE evidence = 'secondary' AND speaker = credited_to AND coalesce(study_body, speaker) = speaker AND based_on IS NULL
-- passes: [{"table": "reported_values", "row": "RESP-014", "set": {"evidence": "secondary", "credited_to": "ncct"}}]
