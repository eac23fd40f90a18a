-- title: A statement bears on a value, unless it is about a TIP tier or was made before the study
-- level: error
-- why: A statement without a value cannot be set beside what it is about.
-- mend: Add a row to [statement_values]; only a statement about a TIP tier, or one made before the study was known, needs none.
-- message: {value} bears on no value.
-- example: {"table": "statements", "row": "S02", "copy": {"statement_id": "S99"}}
-- mended: {}
-- says: ["statements", "S99", "statement_id"]
SELECT 'data/statements.csv' AS file, line, 'statement_id' AS field, statement_id AS value
FROM statements
WHERE statement_id NOT IN (SELECT statement_id FROM statement_values)
    AND coalesce(study_id_reason, '') NOT IN ('about_tip_tier', 'before_the_study')
-- passes: [{"table": "statements", "row": "S02", "copy": {"statement_id": "S99", "study_id": "", "study_id_reason": "about_tip_tier"}}]
