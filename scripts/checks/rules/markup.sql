-- title: No markup
-- level: error
-- why: Text from data is shown as text; markup in it is a slip or an attack.
-- mend: Write the text without tags and entities.
-- message: The cell holds markup.
-- example: {"table": "places", "row": "phnom-penh", "set": {"name": "<img src=x onerror=alert(1)>"}}
-- mended: {"name": "Phnom Penh"}
SELECT file, line, field, value
FROM text_cells
WHERE regexp_matches(value, '<[a-zA-Z/!?]|&[a-zA-Z0-9]+;|&#|]\(|(?i:javascript|vbscript):|(?i:data):[a-z]+/')
