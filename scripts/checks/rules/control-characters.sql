-- title: No invisible characters
-- level: error
-- why: They hide text, or reverse its direction.
-- fix: Delete the invisible character and type the text again.
-- message: The [cell] holds an invisible character.
-- example: {"table": "places", "row": "phnom-penh", "set": {"name": "Phnom\u200bPenh"}}
-- fixed: {"name": "Phnom Penh"}
-- says: ["places", "phnom-penh", "name"]
SELECT value FROM texts
WHERE has_signs AND regexp_matches(value, -- anything but visible signs, plain spaces, and what Khmer puts between two of its letters
    '[^\pL\pM\pN\pP\pS\p{Zs}\x{200B}-\x{200D}]|[\x{034F}\x{115F}\x{1160}\x{2800}\x{3164}\x{FE00}-\x{FE0F}\x{FFA0}]'
    || '|(?:^|[^\x{1780}-\x{17FF}])[\x{200B}-\x{200D}]|[\x{200B}-\x{200D}](?:[^\x{1780}-\x{17FF}]|$)')
;
SELECT file, line, field, value
FROM text_cells SEMI JOIN asked USING (value)
-- finds: ["Siem\u200bReap", "Siem\u202eReap", "Siem\u2028Reap", "Siem\ue000Reap", "Siem\ufeffReap", "Siem\u00adReap", "Siem\u0007Reap"]
-- finds: ["Siem\u3164Reap", "Siem\ufe0fReap", "Siem\u0378Reap", "Siem\udb40\udc41Reap", "សៀម\u200b\u200bរាប", "សៀម\u200b", "\u200bរាប"]
-- spares: ["សៀមរាប, 8,2\u00a0%", "សៀម\u200bរាប", "ស\u200bៀ\u200cម\u200dរ"]
