-- title: The sex is the one in the words of the scope and of the population
-- level: warning
-- why: A share of girls entered as one of boys is a different figure.
-- fix: Correct sex, or the words of the scope, or the population.
-- message: The sex is {value}, but the words are “{words}”.
-- except: yes
-- example: {"table": "reported_values", "row": "KH016", "set": {"sex": "male"}}
-- fixed: {"sex": "female"}
-- says: ["reported_values", "KH016", "sex"]
WITH texts AS (
    SELECT line, sex, scope_as_printed AS words FROM reported_values
    UNION ALL SELECT v.line, sex, name FROM reported_values v JOIN populations USING (population_id)
), told AS (
    SELECT line, sex, words, string_agg(codes, ' ') AS codes
    FROM texts JOIN words.telling ON about = 'sex' AND regexp_matches(lower(words), pattern)
    GROUP BY ALL
)
SELECT 'data/reported_values.csv' AS file, line, 'sex' AS field, sex AS value, string_agg(words, '; ') AS words
FROM told
WHERE NOT list_contains(string_split(codes, ' '), sex)
GROUP BY line, sex
-- breaks: [{"table": "reported_values", "row": "KH042", "set": {"population_id": "tested-males-under-18"}}]
-- says: ["reported_values", "KH042", "sex"]
-- passes: [{"table": "reported_values", "row": "KH070", "set": {"sex": "all"}}]
