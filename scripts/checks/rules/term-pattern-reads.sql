-- title: The pattern of a term is a regular expression
-- level: error
-- why: A pattern that cannot be read finds nothing, and the term slips through; one that fits every text finds nothing but noise.
-- mend: Close every bracket; put a backslash before a sign that stands for itself.
-- message: The pattern {value} {state}.
-- example: {"table": "terms", "row": "minor", "set": {"pattern": "\\bminors?("}}
-- mended: {"pattern": "\\bminors?\\b"}
-- says: ["terms", "minor", "pattern"]
WITH tried AS ( -- alone and in brackets, as all terms are put into one pattern; prose is searched by Python
    SELECT line, pattern, CASE
        WHEN TRY(regexp_matches('', '(?i)' || pattern)) IS NULL OR TRY(regexp_matches('', '(?i)(' || pattern || ')')) IS NULL
            THEN 'cannot be read as a regular expression'
        WHEN regexp_matches(pattern, '(?:^|[^\\])(?:\\\\)*\\(?:[CEQpPz]|x\{)|\(\?(?:<|[a-zA-Z-]*[U)])|\[\[:')
            THEN 'cannot be read by Python'
        WHEN TRY(regexp_matches('', '(?i)(' || pattern || ')')) THEN 'finds itself in every text' END AS state
    FROM terms
)
SELECT 'data/terms.csv' AS file, line, 'pattern' AS field, pattern AS value, state
FROM tried
WHERE state IS NOT NULL
-- breaks: [{"table": "terms", "row": "minor", "set": {"pattern": "\\Qminor"}}]
-- says: ["terms", "minor", "pattern"]
-- breaks: [{"table": "terms", "row": "minor", "set": {"pattern": "a)|(b"}}]
-- says: ["terms", "minor", "pattern"]
-- breaks: [{"table": "terms", "row": "minor", "set": {"pattern": "\\p{Lu}minor"}}]
-- says: ["terms", "minor", "pattern"]
-- breaks: [{"table": "terms", "row": "minor", "set": {"pattern": "min(?i)or"}}]
-- says: ["terms", "minor", "pattern"]
-- breaks: [{"table": "terms", "row": "minor", "set": {"pattern": "minor|"}}]
-- says: ["terms", "minor", "pattern"]
-- passes: [{"table": "terms", "row": "minor", "set": {"pattern": "\\b(?:minors?|[(])\\b"}}, {"table": "terms", "row": "dramatic", "set": {"pattern": "(?P<one>\\\\p|lost)(?i:a)[ab](c|d)"}}]
