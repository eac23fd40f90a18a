-- title: No markup
-- level: error
-- why: Text from data is shown as text; markup in it is a slip or an attack.
-- mend: Write the text without tags and entities.
-- message: The cell holds markup.
-- example: {"table": "places", "row": "phnom-penh", "set": {"name": "<img src=x onerror=alert(1)>"}}
-- mended: {"name": "Phnom Penh"}
SELECT file, line, field, value
FROM text_cells
WHERE value IN (SELECT value FROM texts WHERE regexp_matches(value, '[<&:\]]')) AND regexp_matches( -- a pattern of a term may name a group, (?P<x>...), and put one behind a list of letters, [ab](c|d)
    CASE WHEN file = 'data/terms.csv' AND field = 'pattern' THEN regexp_replace(value, '\(\?P?<|]\(', '', 'g')
         ELSE value END,
    '<[a-zA-Z/!?]|&[a-zA-Z0-9]+;|&#|]\(|!\[[^]]*]\[|(?i:javascript|vbscript):|(?i:data):[a-z]+/'
    || '|&(?:lt|gt|amp|quot|nbsp|LT|GT|AMP|QUOT)(?:[^a-zA-Z0-9=]|$)'
    || '|(?i)(?:<[\s\p{Z}]+/?[\s\p{Z}]*|&lt/?)(?:script|style|iframe|object|embed|svg|img|html)\b')
