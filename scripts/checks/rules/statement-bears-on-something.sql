-- title: A statement bears on a value, unless it is about a TIP tier or was made before the study
-- level: error
-- why: A statement without a value cannot be shown next to what it is about.
-- fix: Add a row to data/scopes.csv; only a statement about a TIP tier, or one made before the study was known, needs none.
-- message: {value} bears on no value.
-- example: {"table": "statements", "row": "S02", "copy": {"statement_id": "S99"}}
-- fixed: {}
-- says: ["statements", "S99", "statement_id"]
SELECT 'data/statements.csv' AS file, line, 'statement_id' AS field, statement_id AS value
FROM statements
ANTI JOIN (SELECT statement_id FROM scopes WHERE value_id IS NOT NULL) USING (statement_id)
WHERE reach NOT IN ('about_tip_tier', 'before_the_study')
-- passes: [{"table": "statements", "row": "S02", "copy": {"statement_id": "S99", "reach": "about_tip_tier"}}]
