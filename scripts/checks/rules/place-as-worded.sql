-- title: A figure of one city is not entered for the country
-- level: error
-- why: A count of the capital that stands for the whole country is far too low.
-- mend: Correct place_id, or the words of the scope.
-- message: {value_id} is of {value}, but {state}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH069", "set": {"place_id": "cambodia"}}
-- mended: {"place_id": "phnom-penh"}
-- says: ["reported_values", "KH069", "place_id"]
WITH words AS (
    SELECT list(line) AS lines, place_id, lower(place_name) AS place, place_level, study_place, within, country, credited_to, scope_as_printed AS scope, lower(scope_as_printed) AS text FROM all_readings GROUP BY ALL
), cities AS (
    SELECT place_id AS city, name, within AS around FROM places_within WHERE level = 'city'
), numbered AS (
    SELECT *, regexp_extract(text, '\bin (?:the )?([a-z]+|[0-9]+) (?:communes|locations|towns|cities|counties|provinces|countries)\b', 1) AS many FROM words
), judged AS (
    SELECT w.*, 'the scope names ' || c.name AS state FROM words w JOIN cities c ON ends_with(w.scope, ' in ' || c.name) OR contains(w.scope, ' in ' || c.name || ',') WHERE w.place_id <> c.city AND NOT contains(w.text, 'estimated from') AND w.place_level IN ('country', 'world', 'region') AND list_contains(c.around, w.place_id)
    UNION ALL SELECT w.*, o.name || ' counts it' FROM words w JOIN organisations o ON o.organisation_id = w.credited_to JOIN cities c ON contains(o.name, c.name) WHERE w.place_level = 'country'
    UNION ALL SELECT *, 'the scope tells of the capital' FROM words WHERE regexp_matches(text, 'in the capital') AND place_level = 'country'
    UNION ALL SELECT *, 'the scope tells of a town' FROM words WHERE regexp_matches(text, 'in the (?:town|city)\b') AND place_level <> 'city'
    UNION ALL SELECT *, 'the scope tells of all countries' FROM words WHERE regexp_matches(text, '\ball countries') AND place_level <> 'world'
    UNION ALL SELECT * EXCLUDE (many), 'the scope tells of ' || many FROM numbered WHERE regexp_matches(many, '^(?:[0-9]+|two|three|four|five|six|seven|eight|nine|ten|twenty)$') AND place_level IN ('country', 'area_set') AND NOT contains(place, many)
        AND len(string_split(replace(place, ' and ', ','), ',')) < 2
    UNION ALL SELECT *, 'its study is of ' || study_place FROM words WHERE place_id <> study_place AND study_place IN (SELECT place_id FROM places WHERE level = 'area_set') AND (place_level = 'city' OR place_level = 'area_set' AND regexp_matches(place, '^(?:seven|six|five|[0-9]+) ')) AND NOT contains((SELECT lower(name) FROM places WHERE place_id = study_place), place)
        AND NOT list_contains(within, study_place)
    UNION ALL SELECT *, 'the scope names more places' FROM words WHERE len(regexp_extract_all(scope, '[A-Z][a-z]+, [A-Z][a-z]+,? and [A-Z][a-z]+')) > 0 AND place_level = 'area_set' AND NOT list_bool_and(list_transform(regexp_extract_all(regexp_extract(scope, '[A-Z][a-z]+, [A-Z][a-z]+,? and [A-Z][a-z]+'), '[A-Z][a-z]+'), lambda one: contains(place, lower(one))))
)
SELECT DISTINCT 'data/reported_values.csv' AS file, line, 'place_id' AS field, value, value_id, state
FROM (SELECT unnest(lines) AS line, place_id AS value, state FROM judged) JOIN reported_values USING (line) ORDER BY line, state
-- breaks: [{"table": "reported_values", "row": "E2-014", "set": {"place_id": "cambodia"}}]
-- says: ["reported_values", "E2-014", "place_id"]
-- breaks: [{"table": "reported_values", "row": "KH111", "set": {"place_id": "cambodia-seven-cities"}}]
-- says: ["reported_values", "KH111", "place_id"]
-- says: ["reported_values", "KH111", "place_id"]
-- breaks: [{"table": "reported_values", "row": "RESP-080-a", "set": {"place_id": "cambodia"}}]
-- says: ["reported_values", "RESP-080-a", "place_id"]
-- passes: [{"table": "reported_values", "row": "KH069", "set": {"scope_as_printed": "sex workers, estimate", "place_id": "cambodia"}}]
