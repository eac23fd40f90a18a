-- title: No markup
-- level: error
-- why: Text from the data is shown as text; markup in it is a slip or an attack.
-- fix: Write the text without tags and entities.
-- message: The [cell] holds markup.
-- example: {"table": "places", "row": "phnom-penh", "set": {"name": "<img src=x onerror=alert(1)>"}}
-- fixed: {"name": "Phnom Penh"}
-- says: ["places", "phnom-penh", "name"]
WITH suspects AS ( -- a pattern of a term may name a group, (?P<x>...), and put one after a list of letters, [ab](c|d)
    SELECT value, is_pattern, unnest([false, true]) AS as_pattern, CASE WHEN as_pattern THEN regexp_replace(value, '\(\?P?<|]\(', '', 'g') ELSE value END AS said
    FROM texts WHERE has_signs AND regexp_matches(value, '[<&:\]]')
)
SELECT value, as_pattern FROM suspects
WHERE (as_pattern OR NOT is_pattern) AND regexp_matches(said, '<[a-zA-Z/!?]|&[a-zA-Z0-9]+;|&#|]\(|!\[[^]]*]\[|(?i:javascript|vbscript):|(?i:data):[a-z]+/'
    || '|&(?:lt|gt|amp|quot|nbsp|LT|GT|AMP|QUOT)(?:[^a-zA-Z0-9=]|$)'
    || '|(?i)(?:<[\s\p{Z}]+/?[\s\p{Z}]*|&lt/?)(?:script|style|iframe|object|embed|svg|img|html)\b')
;
SELECT file, line, field, value
FROM text_cells JOIN asked USING (value)
WHERE as_pattern = (file = 'data/editorial/terms.csv' AND field = 'pattern')
-- passes: [{"table": "terms", "row": "minor", "set": {"pattern": "(?P<one>minors?)[ab](c|d)"}}]
-- finds: ["<b>", "</b>", "<!-- -->", "<?php", "&amp;", "&frac12; Phnom Penh", "&#60;", "[x](y)", "JavaScript:alert(1)", "DATA:text/html,x"]
-- finds: ["< / script>", "<\u00a0IMG src=x>", "a &lt b", "a &lt", "&LT/script", "see ![][1]"]
-- spares: ["p < 0.05 & n > 20; a <2, b[1] (c)", "Some data: text", "https://example.org/?gt=1&lt=2&amp=3", "R&D & < scripts", "Metadata: a/b"]
