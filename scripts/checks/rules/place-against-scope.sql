-- title: The place is one that the words of the scope name, or lies with it
-- level: error
-- why: A figure of one city entered for another is another figure.
-- mend: Correct the place, or the words of the scope.
-- message: The scope names {named}, the place is {value}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH123", "set": {"place_id": "siem-reap"}}
-- mended: {"place_id": "phnom-penh"}
-- says: ["reported_values", "KH123", "place_id"]
WITH alike AS (SELECT list(line) AS lines, place_id, scope_as_printed, within, place_name, place_level, country FROM all_readings GROUP BY ALL),
named AS (
    SELECT v.lines, v.place_id, p.name, p.place_id AS other, p.country,
        list_contains(v.within, p.place_id) OR list_contains(p.within, v.place_id) OR contains(v.place_name, p.name) OR v.place_level = 'world' AS fits,
        v.place_level IN ('area_set', 'region', 'study_area') AND (v.country = p.country OR v.place_level <> 'area_set') AS is_loose
    FROM alike v JOIN places_within p ON contains(replace(v.scope_as_printed, 'Cambodian', ''), p.name) AND p.level IN ('country', 'province', 'city')
)
SELECT 'data/reported_values.csv' AS file, unnest(lines) AS line, 'place_id' AS field, place_id AS value, string_agg(name, ', ' ORDER BY name) AS named
FROM named
GROUP BY lines, place_id
HAVING NOT bool_or(fits OR is_loose)
-- passes: [{"table": "reported_values", "row": "KH123", "set": {"place_id": "cambodia"}}]
