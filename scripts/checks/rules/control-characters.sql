-- title: No invisible characters
-- level: error
-- why: They hide text, or turn its direction.
-- mend: Delete the invisible character and type the text again.
-- message: The cell holds an invisible character.
-- example: {"table": "places", "row": "phnom-penh", "set": {"name": "Phnom\u200bPenh"}}
-- mended: {"name": "Phnom Penh"}
SELECT file, line, field, value
FROM text_cells
WHERE regexp_matches(value, '[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]')
