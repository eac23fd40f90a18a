-- title: A code that readings have has words in every form
-- level: error
-- why: A sentence that needs the words of a code cannot be written without them, and none are made up.
-- fix: Add the row to data/editorial/code_words.csv; leave [words] blank where the sentence says nothing there.
-- message: Nothing says how {value} is worded: data/editorial/code_words.csv has no row {key}.
-- example: {"table": "code_words", "row": ["nature", "observed", "tallied"], "set": {"code": "seen"}}
-- fixed: {"code": "observed"}
-- says: ["reported_values", "E2-031", "nature"]
WITH cells AS (
    UNPIVOT (FROM reported_values SELECT line, nature, qualifier, evidence) ON nature, qualifier, evidence
    INTO NAME column_name VALUE code
), codes AS (
    SELECT column_name, code, min(line) AS line FROM cells GROUP BY ALL
)
SELECT 'data/reported_values.csv' AS file, line, column_name AS field, code AS value,
    concat_ws(' ', column_name, code, form) AS key
FROM codes JOIN (SELECT DISTINCT column_name, form FROM code_words) forms USING (column_name)
ANTI JOIN code_words USING (column_name, code, form)
-- passes: [{"table": "code_words", "row": ["nature", "observed", "tallied"], "set": {"words": "were seen"}}]
