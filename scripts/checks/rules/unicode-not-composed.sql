-- title: Letters are composed (Unicode NFC)
-- level: error
-- why: “é” typed as two characters does not match “é” typed as one.
-- fix: Type the letter again, or normalise the file to NFC.
-- message: The [cell] holds letters that are not composed.
-- example: {"table": "places", "row": "phnom-penh", "set": {"name": "Phnom Pe\u0301nh"}}
-- fixed: {"name": "Phnom Penh"}
-- says: ["places", "phnom-penh", "name"]
SELECT value FROM texts
WHERE has_signs AND nfc_normalize(value) <> value
;
SELECT file, line, field, value
FROM text_cells SEMI JOIN asked USING (value)
-- finds: ["Pe\u0301nh", "\u212b"]
-- spares: ["Pénh, ភ្នំពេញ", "Å"]
