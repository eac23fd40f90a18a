-- title: A row of evidence on the article names one thing
-- level: error
-- why: The page of the article leads to what bears on a statement; a row with two things, or none, leads nowhere.
-- mend: Fill one of value_id, study_id, study_fact_id, statement_id, limitation_id, not_available_id, event_id and report_year.
-- message: The row {value} names {filled} things; one is expected.
-- example: {"table": "article_evidence", "row": "KT01-01", "set": {"statement_id": "S01"}}
-- mended: {"statement_id": ""}
-- says: ["article_evidence", "KT01-01", "article_evidence_id"]
SELECT 'data/article_evidence.csv' AS file, line, 'article_evidence_id' AS field, article_evidence_id AS value, filled
FROM (
    SELECT *, len(list_filter([value_id, study_id, study_fact_id, statement_id, limitation_id, not_available_id,
        event_id, report_year::VARCHAR], lambda one: one IS NOT NULL)) AS filled
    FROM article_evidence
)
WHERE filled <> 1
-- breaks: [{"table": "article_evidence", "row": "KT01-01", "set": {"value_id": ""}}]
-- says: ["article_evidence", "KT01-01", "article_evidence_id"]
-- passes: [{"table": "article_evidence", "row": "KT01-01", "set": {"value_id": "", "statement_id": "S01"}}]
