-- title: No â€, Ã or Â left by a wrong encoding in place of a letter, no � and no ???
-- level: error
-- why: “â€™” was once an apostrophe, and “???” a word in another script.
-- fix: Type the letter again.
-- message: The [cell] holds letters broken by a wrong encoding.
-- example: {"table": "organisations", "row": "mlop-tapang", "set": {"name": "Mâ€™lop Tapang"}}
-- fixed: {"name": "M'lop Tapang"}
-- says: ["organisations", "mlop-tapang", "name"]
SELECT value FROM texts
WHERE has_signs AND regexp_matches(value, 'â€|Ã[\x{80}-\x{BF}]|Ã[\x{152}-\x{192}\x{2C6}-\x{2122}]\pL|Â[\x{80}-\x{BF}]|\x{FFFD}|(?:^| )\?\?\?')
;
SELECT file, line, field, value
FROM text_cells SEMI JOIN asked USING (value)
-- finds: ["Mâ€™lop", "SiÃ¨ge", "Ã–sterreich", "StraÃŸe", "8,2Â\u00a0%", "M\ufffdlop", "Siem ???"]
-- spares: ["São Tomé – “Ângela’s” Évry", "Â Ã € â", "Where?? When?", "Really???", "A IRMÃ” e a AMANHÃ…"]
