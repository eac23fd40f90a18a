-- title: No word that means a missing value
-- level: error
-- why: “NA” is read as missing by some programs and as text by others.
-- fix: Write what is meant, or leave the [cell] blank and say why, where the table has a place for it.
-- message: The word stands for a missing value.
-- example: {"table": "sources", "row": "acton-2015", "set": {"creator": "n/a", "creator_reason": ""}}
-- fixed: {"creator": "", "creator_reason": "not_recorded"}
-- says: ["sources", "acton-2015", "creator"]
SELECT value, may_stand_in FROM texts JOIN words.words_for_missing ON word = lower(trim(value)) -- a token, or the words of a code, may be “none”
WHERE has_signs OR length(value) <= getvariable('longest_for_missing') -- as one with a space at either end has
;
SELECT file, line, field, value
FROM text_cells JOIN asked USING (value)
WHERE may_stand_in IS NULL OR NOT list_contains(string_split(may_stand_in, ';'), field)
-- passes: [{"table": "reported_values", "row": "KH021", "set": {"printed": "None"}}]
-- finds: ["NA", "n/a", "N.A.", "#N/A", "NaN", "None", "missing", "TBD", "-", "--", "?", ".", " NA", "–", "—"]
-- spares: ["None found is not none.", "Nilsson", "NA-1", "– 5 –", "unknown to us", "XXXL"]
