-- title: A place is in the country that its ISO code names
-- level: error
-- why: A city under the wrong country gives that country a number that is not its own.
-- fix: Correct [parent_id], or the code.
-- message: The code {value} is of {told}, and {place_id} lies in {name}.
-- example: {"table": "places", "row": "siem-reap", "set": {"parent_id": "philippines"}}
-- fixed: {"parent_id": "cambodia"}
-- says: ["places", "siem-reap", "iso_3166_2"]
WITH countries AS ( -- Viet Nam is Vietnam
    SELECT DISTINCT code, code_3, regexp_replace(lower(unnest([name, also])), '[^a-z]', '', 'g') AS plain FROM words.countries
), homes AS (
    SELECT p.line, p.place_id, p.iso_3166_1, p.iso_3166_2, home.name, its.code, its.code_3
    FROM places p JOIN places_within w USING (place_id) JOIN places home ON home.place_id = w.country
    JOIN countries its ON its.plain = regexp_replace(lower(home.name), '[^a-z]', '', 'g')
)
SELECT 'data/places.csv' AS file, line, 'iso_3166_2' AS field, iso_3166_2 AS value, place_id, h.name, told.name AS told
FROM homes h JOIN words.countries AS told ON told.code = left(iso_3166_2, 2) WHERE h.code <> told.code
UNION ALL
SELECT 'data/places.csv', line, 'iso_3166_1', iso_3166_1, place_id, h.name, coalesce(told.name, 'no country')
FROM homes h LEFT JOIN words.countries AS told ON told.code_3 = iso_3166_1 WHERE h.code_3 <> iso_3166_1
-- breaks: [{"table": "places", "row": "india", "set": {"iso_3166_1": "KHM"}}]
-- says: ["places", "india", "iso_3166_1"]
-- passes: [{"table": "places", "row": "siem-reap", "set": {"parent_id": "philippines", "iso_3166_2": "PH-BOH"}}]
