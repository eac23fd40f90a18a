-- title: The place is one that the words of the scope name, or lies with it
-- level: hint
-- why: A figure of one city entered for another is another figure.
-- mend: Correct the place, or the words of the scope.
-- message: The scope names {named}, the place is {value}.
-- example: {"table": "reported_values", "row": "KH123", "set": {"place_id": "siem-reap"}}
-- mended: {"place_id": "phnom-penh"}
-- says: ["reported_values", "KH123", "place_id"]
WITH named AS (
    SELECT v.line, v.place_id, p.name, list_contains(v.within, p.place_id) OR list_contains(p.within, v.place_id)
        OR contains(v.place_name, p.name) OR v.place_level IN ('world', 'region', 'study_area')
        OR v.place_level = 'area_set' AND v.country = p.country AS fits
    FROM all_readings v JOIN places_within p ON p.level IN ('country', 'province', 'city') AND contains(v.scope_as_printed, p.name)
        AND regexp_matches(v.scope_as_printed, '\b' || regexp_escape(p.name) || '\b')
)
SELECT 'data/reported_values.csv' AS file, line, 'place_id' AS field, place_id AS value, string_agg(name, ', ' ORDER BY name) AS named
FROM named
GROUP BY line, place_id
HAVING NOT bool_or(fits)
-- passes: [{"table": "reported_values", "row": "KH123", "set": {"place_id": "cambodia"}}]
