-- title: Two keys differ in more than capitals and a sign at the end
-- level: error
-- why: Anyone who looks for one of two such rows finds the other, and some programs take both to be the same.
-- fix: Give one of the two rows another key; if both mean the same, keep one.
-- message: {key} and {other} differ in nothing but capitals, dots or hyphens at the end.
-- example: {"table": "places", "row": "phnom-penh", "copy": {"place_id": "phnom-penh."}}
-- fixed: {}
-- says: ["places", "phnom-penh.", "place_id"]
WITH plain AS (
    SELECT file, CASE WHEN contains(key, chr(1)) THEN regexp_replace(lower(key), '[.-]+(\x{1}|$)', '\1', 'g') ELSE rtrim(lower(key), '.-') END AS bare
    FROM keys_of_rows
)
SELECT hash(file, bare) AS mark FROM plain GROUP BY mark HAVING count(*) > 1
;
WITH plain AS (
    SELECT *, replace(key, chr(1), ' ') AS shown, regexp_replace(lower(key), '[.-]+(\x{1}|$)', '\1', 'g') AS bare FROM keys_of_rows
), alike AS (
    SELECT *, first_value(shown) OVER (PARTITION BY file, bare ORDER BY line) AS other
    FROM plain WHERE hash(file, bare) IN (FROM asked)
)
SELECT file, line, field, value, shown AS key, other
FROM alike
WHERE shown <> other
-- passes: [{"table": "places", "row": "phnom-penh", "copy": {"place_id": "phnompenh"}}, {"table": "organisations", "row": "aple", "copy": {"organisation_id": "phnom-penh"}}]
