-- title: The pattern of a term is a regular expression
-- level: error
-- why: A pattern that cannot be read finds nothing, and the term slips through.
-- mend: Close every bracket; put a backslash before a sign that stands for itself.
-- message: The pattern {value} cannot be read as a regular expression.
-- example: {"table": "terms", "row": "minor", "set": {"pattern": "\\bminors?("}}
-- mended: {"pattern": "\\bminors?\\b"}
SELECT 'data/terms.csv' AS file, line, 'pattern' AS field, pattern AS value
FROM terms
WHERE TRY(regexp_matches('', '(?i)' || pattern)) IS NULL
