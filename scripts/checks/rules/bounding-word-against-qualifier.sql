-- title: If a token has a bounding word, the qualifier is one that goes with that word
-- level: warning
-- why: “Over 130” entered as “less than 130” reverses the meaning of a figure.
-- fix: Choose the qualifier that the word asks for, and fill its end: [low] for more than and at least, [high] for less than and at most.
-- message: “{printed}” does not say {value}.
-- except: yes
-- example: {"table": "reported_values", "row": "RESP-106", "set": {"qualifier": "less_than", "low": "", "high": "130"}}
-- fixed: {"qualifier": "more_than", "low": "130", "high": ""}
-- says: ["reported_values", "RESP-106", "qualifier"]
WITH alike AS MATERIALIZED ( -- “14 of them under 18” does not mean less than 14
    SELECT DISTINCT token_words, regexp_replace(token_words, '([0-9].*)\b(?:under|below|over|above|aged) .*', '\1') AS words
    FROM tokens WHERE regexp_matches(words, getvariable('patterns')['qualifier'])
), bounding AS ( -- a word is sought only once in tokens that differ only in their digits
    SELECT token_id, written_in, string_agg(codes, ' ') AS codes
    FROM alike JOIN words.telling ON about = 'qualifier' AND regexp_matches(words, pattern) JOIN tokens USING (token_words),
        (SELECT DISTINCT written_in FROM all_readings)
    WHERE NOT (written_in = 'fraction' AND codes LIKE 'range%')
    GROUP BY ALL
)
SELECT 'data/reported_values.csv' AS file, line, 'qualifier' AS field, qualifier AS value, printed
FROM all_readings JOIN bounding USING (token_id, written_in)
WHERE qualifier <> 'none_found' AND NOT list_contains(string_split(codes, ' '), qualifier)
-- breaks: [{"table": "reported_values", "row": "KH007", "set": {"qualifier": "at_least", "high": ""}}, {"table": "reported_values", "row": "KH046", "set": {"qualifier": "exact", "high": "15.5"}}, {"table": "reported_values", "row": "KH201", "set": {"printed": "~ 2,12 Prozent"}}]
-- says: ["reported_values", "KH007", "qualifier"]
-- says: ["reported_values", "KH046", "qualifier"]
-- says: ["reported_values", "KH201", "qualifier"]
-- passes: [{"table": "reported_values", "row": "KH007", "set": {"printed": "38 of them under 18"}}, {"table": "reported_values", "row": "KH010", "set": {"printed": "2.2 % (95 % CI 1.9–4.8)"}}, {"table": "reported_values", "row": "KH005", "set": {"printed": "2,104 (95 % CI 1,900 to 2,300)"}}]
