-- title: No word mixes Latin letters with Greek or Cyrillic ones, or has full-width letters
-- level: error
-- why: “Chіld” with a Cyrillic і looks like “Child” and is not found by a search for it.
-- fix: Type the word again.
-- message: The word “{word}” mixes Latin with Greek, Cyrillic or full-width letters; one script is expected.
-- example: {"table": "places", "row": "phnom-penh", "set": {"name": "Phnom P\u0435nh"}}
-- fixed: {"name": "Phnom Penh"}
-- says: ["places", "phnom-penh", "name"]
WITH mixed AS (
    SELECT value, regexp_extract(value, '[\pL\pM]*(?:\p{Latin}\pM*[\p{Cyrillic}\p{Greek}]|[\p{Cyrillic}\p{Greek}]\pM*\p{Latin}'
        || '|[\x{FF21}-\x{FF3A}\x{FF41}-\x{FF5A}\x{1D400}-\x{1D7FF}])[\pL\pM]*') AS word
    FROM texts
    WHERE has_signs AND strlen(value) > length(value)
        AND regexp_matches(value, '[\p{Cyrillic}\p{Greek}\x{FF21}-\x{FF3A}\x{FF41}-\x{FF5A}\x{1D400}-\x{1D7FF}]')
)
FROM mixed WHERE word <> ''
;
SELECT file, line, field, value, word
FROM text_cells JOIN asked USING (value)
-- finds: ["Ch\u0456ld", "\u0421hild", "chil\u0501", "Th\u03b5", "pe\u0301\u0430", "\uff43hild", "\uff23", "\ud835\udc1child"]
-- spares: ["Child Дети", "\u03b1-error, β 2", "Παιδί, ребёнок; Child", "សៀមរាប Siem", "5 µm"]
