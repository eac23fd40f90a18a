-- title: No cell that a spreadsheet would run as a formula
-- level: error
-- why: A cell that begins with =, +, - or @ is run as a formula when the file is opened.
-- fix: Begin the [cell] with a letter, a digit or a quote.
-- message: A spreadsheet would run this [cell].
-- example: {"table": "places", "row": "phnom-penh", "set": {"name": "=HYPERLINK(1)"}}
-- fixed: {"name": "Phnom Penh"}
-- says: ["places", "phnom-penh", "name"]
SELECT value FROM texts
WHERE has_signs AND regexp_matches(value, '^[\s\p{Z}]*[=+\-@|\x{2212}\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}\x{FE62}\x{FE63}\x{FE66}\x{FE6B}]')
;
SELECT file, line, field, value
FROM text_cells SEMI JOIN asked USING (value)
-- finds: ["=1", "+1", "-1", "@1", "|1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff201", "\u22121", "\ufe62"]
-- finds: ["\t=1", " +1", "\u00a0\u22121"]
-- spares: ["Siem Reap = north-west +1 @ 3 | 4 - 5", "'=1", "– no"]
