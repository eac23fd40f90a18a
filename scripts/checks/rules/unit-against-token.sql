-- title: The noun of the token fits the unit of the indicator
-- level: warning
-- why: A count of cases entered as people, or a percentage entered as a count, is a different figure.
-- fix: Choose the indicator that counts what [printed] names.
-- message: “{printed}” names another unit than {unit}, in which {value} is measured.
-- example: {"table": "reported_values", "row": "E2-009", "set": {"indicator_id": "victims-recorded"}}
-- fixed: {"indicator_id": "cases-recorded"}
-- says: ["reported_values", "E2-009", "indicator_id"]
WITH suspects AS MATERIALIZED (
    SELECT DISTINCT token_words FROM tokens WHERE regexp_matches(token_words, getvariable('patterns')['unit'])
), nouns AS ( -- sought only once in tokens that differ only in their digits
    SELECT token_id, string_agg(codes, ' ') AS codes FROM suspects
    JOIN words.telling ON about = 'unit' AND regexp_matches(token_words, pattern) JOIN tokens USING (token_words) GROUP BY token_id
)
SELECT 'data/reported_values.csv' AS file, line, 'indicator_id' AS field, indicator_id AS value, printed, unit
FROM all_readings JOIN nouns USING (token_id)
WHERE NOT list_contains(string_split(codes, ' '), unit)
-- breaks: [{"table": "reported_values", "row": "KH011", "set": {"indicator_id": "people-in-age-band"}}]
-- says: ["reported_values", "KH011", "indicator_id"]
-- passes: [{"table": "reported_values", "row": "E2-009", "set": {"printed": "22 files"}}, {"table": "reported_values", "row": "KH007", "set": {"printed": "38 people (95 % CI 21 to 53)"}}]
