-- title: A place lies inside a larger place of its country
-- level: error
-- why: A child inside a wrong parent carries its figures to another country.
-- mend: Correct parent_id, level or iso_3166_2.
-- message: {place} {state}.
-- except: yes
-- example: {"table": "places", "row": "siem-reap", "set": {"parent_id": "phnom-penh"}}
-- mended: {"parent_id": "cambodia"}
-- says: ["places", "siem-reap", "parent_id"]
WITH pairs AS (
    SELECT p.line, p.place_id, p.level, p.parent_id, p.iso_3166_2, q.level AS parent_level, q.name AS parent_name, w.country, p.name, p.note,
        list_position(['city', 'study_area', 'area_set', 'province', 'country', 'region', 'world'], p.level) AS size,
        list_position(['city', 'study_area', 'area_set', 'province', 'country', 'region', 'world'], q.level) AS parent_size
    FROM places p LEFT JOIN places q ON q.place_id = p.parent_id JOIN places_within w ON w.place_id = p.place_id
), named AS ( -- countries in the name or note
    SELECT p.line, bool_or(c.place_id = p.country) AS own, min(c.name) FILTER (WHERE c.place_id <> p.country) AS other
    FROM pairs p JOIN places c ON c.level = 'country' AND contains(concat_ws('; ', p.name, p.note), c.name) WHERE p.parent_id IS NOT NULL GROUP BY p.line
)
SELECT 'data/places.csv' AS file, line, 'parent_id' AS field, parent_id AS value, place_id AS place, CASE
        WHEN parent_size <= size THEN 'is a ' || level || ', and lies in ' || parent_id || ', which is a ' || parent_level
        WHEN level IN ('world', 'region', 'country') THEN 'is a ' || level || ' and lies in ' || parent_id
        WHEN level IN ('city', 'province') AND parent_id IS NULL THEN 'is a ' || level || ' and lies in no place'
        WHEN level IN ('city', 'province', 'study_area') AND parent_level IN ('world', 'region') THEN 'lies in no country'
        WHEN iso_3166_2 IS NOT NULL AND contains('|KH|TH|VN|IN|PH|', '|' || left(iso_3166_2, 2) || '|')
            AND NOT starts_with(CASE left(iso_3166_2, 2) WHEN 'KH' THEN 'cambodia' WHEN 'TH' THEN 'thailand' WHEN 'VN' THEN 'viet-nam' WHEN 'IN' THEN 'india' ELSE 'philippines' END, country)
            THEN 'has the code ' || iso_3166_2 || ' and lies in ' || country
        WHEN NOT own THEN 'names ' || other || ', and lies in ' || country
        END AS state
FROM pairs LEFT JOIN named USING (line)
WHERE state IS NOT NULL
-- breaks: [{"table": "places", "row": "sihanoukville", "set": {"iso_3166_2": "TH-18"}}]
-- says: ["places", "sihanoukville", "parent_id"]
-- breaks: [{"table": "places", "row": "cambodia-urban-centres", "set": {"parent_id": "thailand"}}]
-- says: ["places", "cambodia-urban-centres", "parent_id"]
-- breaks: [{"table": "places", "row": "kolkata", "set": {"parent_id": ""}}]
-- says: ["places", "kolkata", "parent_id"]
-- passes: [{"table": "places", "row": "siem-reap", "set": {"note": "On the way to Thailand, in Cambodia."}}]
