-- title: A primary reading is of the body that measured
-- level: error
-- why: A chain of credits would seem to reach its origin where a body reports the count of another.
-- mend: Write secondary; or say in data/speaks_for.csv why the document speaks for the other body as well.
-- message: {speaker} speaks in {source_id}, and the count is of {body}.
-- example: {"table": "reported_values", "row": "JJAY-NPL-02", "set": {"evidence": "primary"}}
-- mended: {"evidence": "secondary"}
-- says: ["reported_values", "JJAY-NPL-02", "evidence"]
SELECT 'data/reported_values.csv' AS file, unnest(v.lines) AS line, 'evidence' AS field, v.evidence AS value, v.source_id,
    s.organisation_id AS speaker, min(v.body) AS body
FROM (
    SELECT lines, evidence, source_id, unnest([credited_to, study_body]) AS body
    FROM (SELECT list(line) AS lines, evidence, source_id, credited_to, study_body FROM all_readings WHERE evidence = 'primary' GROUP BY ALL)
) v JOIN sources s USING (source_id)
WHERE v.body <> s.organisation_id AND NOT EXISTS (FROM speaks_for f WHERE f.source_id = v.source_id AND f.organisation_id = v.body)
GROUP BY v.lines, v.evidence, v.source_id, s.organisation_id
-- breaks: [{"table": "reported_values", "row": "IJM-PHL-Cebu-03", "set": {"evidence": "primary"}}]
-- says: ["reported_values", "IJM-PHL-Cebu-03", "evidence"]
-- breaks: [{"table": "speaks_for", "row": ["gfems-2020", "ist-research"], "set": {"organisation_id": "ijm"}}]
-- says: ["reported_values", "GFEMS-IND-Maharashtra-01", "evidence"]
-- says: ["reported_values", "GFEMS-IND-Maharashtra-02", "evidence"]
-- says: ["reported_values", "GFEMS-IND-Maharashtra-03", "evidence"]
-- passes: [{"table": "reported_values", "row": "KH013", "set": {"credited_to": "", "credited_to_reason": "not_reported"}}]
