-- title: A word for none is none found
-- level: error
-- why: “None” in another language is read as one easily.
-- mend: Write 0 in low and high, and none_found; or correct the words, if the source prints a number.
-- message: “{value}” says that none was found, and the reading is {low}.
-- example: {"table": "reported_values", "row": "IJM-DOM-11", "set": {"low": "1", "high": "1", "qualifier": "exact"}}
-- mended: {"low": "0", "high": "0", "qualifier": "none_found"}
-- says: ["reported_values", "IJM-DOM-11", "printed"]
SELECT 'data/reported_values.csv' AS file, line, 'printed' AS field, printed AS value,
    coalesce(low, high) AS low
FROM reported_values
WHERE coalesce(low, high) <> 0 AND regexp_matches(lower(printed),
    '^(?:none|nobody|no one|nil|zero|ninguna?|ninguno|nenhuma?|nenhum|aucune?|keine?r?|nessuna?|nessuno|geen|tidak ada|tiada)\b|^(?:គ្មាន|ไม่มี|không có)')
-- passes: [{"table": "reported_values", "row": "IJM-DOM-11", "set": {"printed": "una"}}]
