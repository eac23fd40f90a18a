-- title: Two keys differ in more than capitals and a sign at the end
-- level: error
-- why: Who looks for KH010 does not see that Kh010 is another row, and some programs take both for one.
-- mend: Give one of the two rows another key; if both mean the same, keep one.
-- message: {key} and {other} differ in nothing but capitals, dots or hyphens at the end.
-- example: {"table": "places", "row": "phnom-penh", "copy": {"place_id": "phnom-penh."}}
-- mended: {}
WITH alike AS (
    SELECT *, replace(key, chr(1), ' ') AS shown,
        first_value(shown) OVER (
            PARTITION BY file, regexp_replace(lower(key), '[.-]+(\x{1}|$)', '\1', 'g') ORDER BY line
        ) AS other
    FROM keys_of_rows
)
SELECT file, line, field, value, shown AS key, other
FROM alike
WHERE shown <> other
