-- title: A place is in a larger one, a city or province in a country; a country, a region and the world are in none
-- level: error
-- why: A place under the wrong parent takes its figures to another country.
-- fix: Correct [parent_id] or [level].
-- message: {place} is a {level}, and lies in {within}, a {parent_level}.
-- except: yes
-- example: {"table": "places", "row": "siem-reap", "set": {"parent_id": "phnom-penh"}}
-- fixed: {"parent_id": "cambodia"}
-- says: ["places", "siem-reap", "parent_id"]
WITH told AS (
    SELECT p.line, p.place_id, p.level, p.parent_id, q.level AS parent_level,
        ['city', 'study_area', 'area_set', 'province', 'country', 'region', 'world'] AS sizes
    FROM places p LEFT JOIN places q ON q.place_id = p.parent_id
)
SELECT 'data/places.csv' AS file, line, 'parent_id' AS field, parent_id AS value, place_id AS place, level,
    coalesce(parent_id, 'no place') AS within, coalesce(parent_level, 'blank') AS parent_level
FROM told
WHERE list_position(sizes, parent_level) <= list_position(sizes, level)
    OR level IN ('world', 'region', 'country') AND parent_id IS NOT NULL
    OR level IN ('city', 'province') AND parent_id IS NULL
    OR level IN ('city', 'province', 'study_area') AND parent_level IN ('world', 'region')
-- breaks: [{"table": "places", "row": "siem-reap", "set": {"parent_id": ""}}]
-- says: ["places", "siem-reap", "parent_id"]
-- passes: [{"table": "places", "row": "siem-reap", "set": {"note": "On the way to Thailand, in Cambodia."}}]
