-- title: A verdict on a statement is supported by the evidence on it
-- level: error
-- why: Pages count statements by verdict, and would count one that nothing supports.
-- fix: Add what bears the verdict out to data/editorial/article_evidence.csv, or choose another verdict.
-- message: The verdict on {article_statement_id} is {value}, for which {lacking}.
-- example: {"table": "article_statements", "row": "KT05", "set": {"verdict": "disputed"}}
-- fixed: {"verdict": "no_evidence"}
-- says: ["article_statements", "KT05", "verdict"]
WITH borne AS (
    SELECT a.line, a.article_statement_id, a.verdict AS value, count(e.article_evidence_id) FILTER (e.not_available_id IS NULL) AS pieces,
        count(*) FILTER (s.stance = 'disputes') AS disputes,
        count(*) FILTER (e.report_year IS NOT NULL OR v.source_id <> a.source_id AND (a.organisation_id IS NULL
            OR v.credited_to IS DISTINCT FROM a.organisation_id AND o.organisation_id IS DISTINCT FROM a.organisation_id)) AS independent
    FROM article_statements a LEFT JOIN article_evidence e USING (article_statement_id)
    LEFT JOIN statements s ON s.statement_id = e.statement_id LEFT JOIN all_readings v ON v.value_id = e.value_id
    LEFT JOIN sources o ON o.source_id = v.source_id
    GROUP BY ALL
)
SELECT 'data/editorial/article_statements.csv' AS file, line, 'verdict' AS field, value, article_statement_id, CASE
    WHEN value = 'fits' AND pieces < 1 THEN 'something that was read has to bear on it'
    WHEN value IN ('differs', 'printed_alike') AND pieces < 2 THEN 'two things that were read have to bear on it'
    WHEN value = 'disputed' AND disputes < 1 THEN 'a statement that disputes it has to bear on it'
    WHEN value = 'no_evidence' AND disputes > 0 THEN 'no statement that disputes it may bear on it'
    WHEN value = 'confirmed' AND independent < 1
        THEN 'a reading that is neither of the body that says it nor credited to it, or a tier, has to bear on it'
END AS lacking
FROM borne
WHERE lacking IS NOT NULL
-- breaks: [{"table": "article_statements", "row": "KT18", "set": {"verdict": "fits"}}]
-- says: ["article_statements", "KT18", "verdict"]
-- breaks: [{"table": "article_statements", "row": "KT22", "set": {"verdict": "printed_alike"}}]
-- says: ["article_statements", "KT22", "verdict"]
-- breaks: [{"table": "article_statements", "row": "KT01", "set": {"verdict": "confirmed"}}]
-- says: ["article_statements", "KT01", "verdict"]
-- breaks: [{"table": "article_statements", "row": "KT14", "set": {"verdict": "no_evidence"}}]
-- says: ["article_statements", "KT14", "verdict"]
-- passes: [{"table": "article_statements", "row": "KT24", "set": {"verdict": "differs"}}]
