-- title: A statement bears on values of the study that it is about
-- level: error
-- why: A quotation about one study beside the figure of another misleads.
-- mend: Correct study_id of the statement, or the value.
-- message: {statement_id} is about {study}, but bears on {value} of {other}.
-- except: yes
-- example: {"table": "statements", "row": "S02", "set": {"study_id": "vac-khm-2013"}}
-- mended: {"study_id": "ijm-khm-2015"}
-- says: ["statement_values", "S02 KH022", "value_id"]
WITH pairs AS (
    SELECT b.line, b.statement_id, b.value_id, s.study_id, v.study_id AS other, v.topic, v.kind, s.claim_type, v.qualifier, s.date, v.published, v.from_year,
        (SELECT list(x.study_id) FROM statement_studies x WHERE x.statement_id = b.statement_id) AS studies
    FROM statement_values b JOIN statements s USING (statement_id) JOIN all_readings v ON v.value_id = b.value_id
)
SELECT 'data/statement_values.csv' AS file, line, 'value_id' AS field, value_id AS value, statement_id, coalesce(study_id, 'no study of that') AS study, coalesce(other, topic) AS other
FROM pairs
WHERE (study_id IS NOT NULL AND other IS NOT NULL AND study_id <> other) OR (study_id IS NOT NULL AND other IS NULL AND topic <> 'early_claims')
    OR (studies IS NOT NULL AND NOT list_contains(studies, other)) OR (study_id IS NULL AND studies IS NULL AND other IS NOT NULL AND topic <> 'venue_studies')
    OR (study_id IS NULL AND studies IS NULL AND other IS NULL AND NOT regexp_matches(topic, 'early_claims|venue_studies|sex_work_counts|response')) OR from_year > try_cast(left(date, 4) AS INTEGER)
    OR (claim_type = 'zero_claim' AND qualifier <> 'none_found')
-- breaks: [{"table": "statement_values", "row": ["S03", "KH021"], "set": {"value_id": "KH018", "bearing": "disputes"}}]
-- says: ["statement_values", "S03 KH018", "value_id"]
-- passes: [{"table": "statement_values", "row": ["S12", "KH030"], "set": {"bearing": "cites"}}]
