-- title: No template syntax
-- level: error
-- why: Text from the data is never run; template syntax in it is a slip or an attack.
-- fix: Write the text without double braces.
-- message: The [cell] holds template syntax.
-- example: {"table": "places", "row": "phnom-penh", "set": {"name": "{{ 7 * 7 }}"}}
-- fixed: {"name": "Phnom Penh"}
-- says: ["places", "phnom-penh", "name"]
SELECT value FROM texts
WHERE has_signs AND regexp_matches(value, '\{[\s\p{Z}]*[{%#]|\}\}|%\}|[$#]\{|<%')
;
SELECT file, line, field, value
FROM text_cells SEMI JOIN asked USING (value)
-- finds: ["{{ x", "x }}", "{% x", "x %}", "{# x", "${x}", "<% x", "{ { x", "{ % x", "{\u00a0{ x", "#{x}"]
-- spares: ["{one} 100% $5 #3", "{one, {two} }", "% }"]
