-- title: A token written in words holds no digits of any script
-- level: error
-- why: Digits can be compared by machine, words only by people. The column must say which it is.
-- mend: Set written_in to digits, fraction or scaled where the token holds digits, else to words.
-- message: The token “{value}” holds {holds}, so written_in is {wanted}, not {written_in}.
-- example: {"table": "reported_values", "row": "KH010", "set": {"written_in": "words"}}
-- mended: {"written_in": "digits"}
-- says: ["reported_values", "KH010", "printed"]
SELECT 'data/reported_values.csv' AS file, line, 'printed' AS field, printed AS value, written_in,
    CASE written_in WHEN 'words' THEN 'digits' ELSE 'no digits' END AS holds, CASE written_in WHEN 'words' THEN 'digits, fraction or scaled' ELSE 'words' END AS wanted
FROM reported_values
WHERE (written_in <> 'words') <> regexp_matches(printed, '\p{Nd}')
-- breaks: [{"table": "reported_values", "row": "KH009", "set": {"written_in": "digits"}}]
-- says: ["reported_values", "KH009", "printed"]
-- breaks: [{"table": "reported_values", "row": "KH009", "set": {"written_in": "fraction"}}]
-- says: ["reported_values", "KH009", "printed"]
-- passes: [{"table": "reported_values", "row": "KH009", "set": {"printed": "two or three"}}, {"table": "reported_values", "row": "KH010", "set": {"written_in": "scaled"}}, {"table": "reported_values", "row": "KH018", "set": {"written_in": "fraction"}}]
-- breaks: [{"table": "reported_values", "row": "KH009", "set": {"printed": "២"}}]
-- says: ["reported_values", "KH009", "printed"]
