-- title: The pattern of a term finds the words that it is for
-- level: error
-- why: A pattern that misses its own word lets it through everywhere.
-- mend: Correct the pattern, or the words in avoid.
-- message: The pattern does not find “{missed}”.
-- except: yes
-- example: {"table": "terms", "row": "child-pornography", "set": {"pattern": "\\bchild[ -]?film\\b"}}
-- mended: {"pattern": "\\bchild[ -]?porn(?:ography|ographic)?\\b"}
-- says: ["terms", "child-pornography", "pattern"]
WITH words AS (
    SELECT line, pattern, avoid, trim(unnest(string_split(regexp_replace(avoid, ',? or ', ', ', 'g'), ','))) AS word FROM terms
    WHERE TRY(regexp_matches('', '(?i)' || pattern)) IS NOT NULL
), found AS (
    SELECT line, pattern, avoid, count(*) AS words, count_if(regexp_matches(word, '(?i)' || pattern)) AS hits, regexp_matches(avoid, '(?i)' || pattern) AS any_hit,
        string_agg(word, ', ') FILTER (NOT regexp_matches(word, '(?i)' || pattern)) AS missed
    FROM words GROUP BY line, pattern, avoid
)
SELECT 'data/terms.csv' AS file, line, 'pattern' AS field, pattern AS value, coalesce(missed, avoid) AS missed
FROM found
WHERE NOT any_hit OR 2 * hits < words AND words > 1
-- passes: [{"table": "terms", "row": "child-pornography", "set": {"pattern": "\\bchild[ -]?pornography\\b"}}]
