-- title: A place lies in the country that its ISO code names
-- level: error
-- why: A city under another country gives that country a number which is not its own.
-- mend: Correct [parent_id], or the code.
-- message: The code {value} is of {told}, and {place_id} lies in {name}.
-- example: {"table": "places", "row": "siem-reap", "set": {"parent_id": "philippines"}}
-- mended: {"parent_id": "cambodia"}
-- says: ["places", "siem-reap", "iso_3166_2"]
WITH countries AS ( -- Viet Nam is Vietnam
    SELECT DISTINCT code, regexp_replace(lower(unnest([name, also])), '[^a-z]', '', 'g') AS plain FROM words.countries
)
SELECT 'data/places.csv' AS file, p.line, 'iso_3166_2' AS field, p.iso_3166_2 AS value, p.place_id, home.name, told.name AS told
FROM places p JOIN places_within w USING (place_id) JOIN places home ON home.place_id = w.country
JOIN countries its ON its.plain = regexp_replace(lower(home.name), '[^a-z]', '', 'g')
JOIN words.countries AS told ON told.code = left(p.iso_3166_2, 2)
WHERE its.code <> told.code
-- passes: [{"table": "places", "row": "siem-reap", "set": {"parent_id": "philippines", "iso_3166_2": "PH-BOH"}}]
