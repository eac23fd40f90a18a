-- title: written_in says correctly whether the number in a token is in words or in digits
-- level: error
-- why: Digits can be compared by machine, words only by people, so the column must say which they are.
-- fix: Set [written_in] to digits, fraction or scaled where [printed] holds the number in digits, else to words.
-- message: In “{value}” the number is not written in {written_in}.
-- example: {"table": "reported_values", "row": "KH010", "set": {"written_in": "words"}}
-- fixed: {"written_in": "digits"}
-- says: ["reported_values", "KH010", "printed"]
WITH odd AS (
    SELECT line, token_id, written_in, low, high FROM all_readings
    WHERE written_in = 'words' OR token_id IN (SELECT token_id FROM tokens WHERE NOT regexp_matches(printed, '\p{Nd}'))
), told AS (
    SELECT line, printed, written_in, list_has_any(list_transform(numbers_printed, lambda one: try_cast(one AS DOUBLE)), [low, high]) AS is_in_digits,
        list_has_any(regexp_extract_all(lower(token), '\p{L}+'), (SELECT list(word) FROM number_words WHERE kind = 'number')) AS has_words
    FROM odd JOIN tokens USING (token_id)
)
SELECT 'data/reported_values.csv' AS file, line, 'printed' AS field, printed AS value, written_in
FROM told
WHERE written_in <> 'words' OR is_in_digits AND NOT has_words
-- breaks: [{"table": "reported_values", "row": "KH008", "set": {"written_in": "fraction"}}]
-- says: ["reported_values", "KH008", "printed"]
-- passes: [{"table": "reported_values", "row": "KH009", "set": {"printed": "one of 41"}}, {"table": "reported_values", "row": "KH010", "set": {"written_in": "scaled"}}, {"table": "reported_values", "row": "KH008", "set": {"printed": "thirty-eight (38)"}}]
