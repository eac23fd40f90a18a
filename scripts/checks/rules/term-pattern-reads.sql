-- title: The pattern of a term is valid, and matches what it is for but not every text
-- level: error
-- why: An invalid pattern matches nothing, so the term slips through; one that matches every text only makes noise.
-- fix: Close every bracket, and put a backslash before a sign that stands for itself; or correct the words in avoid.
-- message: The pattern {value} cannot be read as a regular expression.
-- except: yes
-- example: {"table": "terms", "row": "minor", "set": {"pattern": "\\bminors?("}}
-- fixed: {"pattern": "\\bminors?\\b"}
-- says: ["terms", "minor", "pattern"]
WITH tried AS ( -- alone and in brackets, as all terms are put into one pattern
    SELECT line, pattern, TRY(regexp_matches('', '(?i)' || pattern)) IS NOT NULL AS reads,
        TRY(regexp_matches('', '(?i)(' || pattern || ')')) AS finds_all, TRY(regexp_matches(avoid, '(?i)' || pattern)) AS finds_its_own
    FROM terms
)
SELECT 'data/editorial/terms.csv' AS file, line, 'pattern' AS field, pattern AS value, CASE
    WHEN NOT reads OR finds_all IS NULL THEN NULL
    WHEN finds_all THEN 'The pattern {value} finds itself in every text.'
    WHEN NOT finds_its_own THEN 'The pattern {value} does not find the words to avoid.'
    ELSE 'The pattern {value} cannot be read by Python, which searches prose.' END AS says
FROM tried
WHERE NOT reads OR finds_all IS NULL OR finds_all OR NOT finds_its_own
    OR regexp_matches(pattern, '(?:^|[^\\])(?:\\\\)*\\(?:[CEQpPz]|x\{)|\(\?(?:<|[a-zA-Z-]*[U)])|\[\[:')
-- breaks: [{"table": "terms", "row": "minor", "set": {"pattern": "minor|"}}, {"table": "terms", "row": "child-pornography", "set": {"pattern": "\\bchild[ -]?film\\b"}}]
-- says: ["terms", "child-pornography", "pattern"]
-- says: ["terms", "minor", "pattern"]
-- passes: [{"table": "terms", "row": "minor", "set": {"pattern": "\\b(?:minors?|[(])\\b"}}]
