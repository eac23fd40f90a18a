-- title: A set of places and the places that its name tells lie in one country
-- level: error
-- why: Two places of one name in two countries carry figures to the wrong one.
-- mend: Correct parent_id, level or iso_3166_2 of one of the two.
-- message: {value} {state}.
-- except: yes
-- example: {"table": "places", "row": "three-cities", "set": {"parent_id": "thailand"}}
-- mended: {"parent_id": "cambodia"}
-- says: ["places", "three-cities", "place_id"]
-- says: ["places", "three-cities", "place_id"]
-- says: ["places", "three-cities", "place_id"]
SELECT 'data/places.csv' AS file, p.line, 'place_id' AS field, p.place_id AS value, 'lies in ' || coalesce(a.country, 'no country') || ', and ' || c.place_id || ' in ' || coalesce(b.country, 'no country') AS state
FROM places p JOIN places_within a ON a.place_id = p.place_id JOIN places c ON c.level IN ('city', 'province') AND c.place_id <> p.place_id AND contains(p.name, c.name) JOIN places_within b ON b.place_id = c.place_id
WHERE p.level = 'area_set' AND p.parent_id IS NOT NULL AND a.country <> b.country
UNION ALL
SELECT 'data/places.csv', p.line, 'level', p.level, 'names several places, so it is an area_set' FROM places p
WHERE p.level <> 'area_set' AND regexp_matches(p.name, '^(?:Three|Seven|Six|Eight|Twenty|[0-9]+) | and |, .* and |^Urban centres') AND p.level NOT IN ('region', 'country', 'world') AND NOT (p.parent_id IS NULL)
UNION ALL
SELECT 'data/places.csv', p.line, 'iso_3166_2', p.iso_3166_2, 'and ' || q.place_id || ' have one code' FROM places p JOIN places q ON p.iso_3166_2 = q.iso_3166_2 AND p.line > q.line AND p.level = q.level
-- breaks: [{"table": "places", "row": "siem-reap", "set": {"iso_3166_2": "KH-12"}}]
-- says: ["places", "siem-reap", "iso_3166_2"]
-- breaks: [{"table": "places", "row": "three-cities", "set": {"level": "city"}}]
-- says: ["places", "three-cities", "level"]
-- passes: [{"table": "places", "row": "three-cities", "set": {"name": "Three cities"}}]
