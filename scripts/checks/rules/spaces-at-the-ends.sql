-- title: No spaces at either end, and no double spaces
-- level: error
-- why: “police” and “police ” look alike and do not match.
-- fix: Delete the spaces.
-- message: The [cell] begins or ends with a space, or holds two in a row.
-- example: {"table": "places", "row": "phnom-penh", "set": {"name": "Phnom Penh "}}
-- fixed: {"name": "Phnom Penh"}
-- says: ["places", "phnom-penh", "name"]
SELECT value FROM texts
WHERE has_signs AND regexp_matches(value, '^[\s\p{Z}]|[\s\p{Z}]$|[\s\p{Z}]{2}')
;
SELECT file, line, field, value
FROM text_cells SEMI JOIN asked USING (value)
-- finds: [" Siem", "Siem ", "Siem  Reap", "\u00a0Siem", "Siem\u2003", "Siem \u00a0Reap"]
-- spares: ["Siem Reap (town)"]
