-- title: A study, a reading and an event lie in the country that their ids, words and sources tell
-- level: error
-- why: A study of one country under another gives that country a number which is not its own.
-- mend: Correct place_id, or the place that it lies in, or the id or the words.
-- message: {key}: the {field} {value} lies in {country}, but {state}.
-- except: yes
-- example: {"table": "reported_values", "row": "IJM-IND-Mumbai-03", "set": {"place_id": "dhaka"}}
-- mended: {"place_id": "mumbai"}
-- says: ["reported_values", "IJM-IND-Mumbai-03", "place_id"]
WITH codes AS ( -- of three letters, by ISO 3166
    SELECT * FROM (VALUES ('khm', 'cambodia'), ('ind', 'india'), ('phl', 'philippines'), ('tha', 'thailand'), ('vnm', 'viet-nam'), ('bgd', 'bangladesh'), ('npl', 'nepal'), ('ken', 'kenya'), ('uga', 'uganda'),
        ('dom', 'dominican-republic'), ('moz', 'mozambique'), ('chn', 'china'), ('gbr', 'united-kingdom'), ('lao', 'laos'), ('mmr', 'myanmar'), ('idn', 'indonesia'), ('mys', 'malaysia')) AS list (code, home)
), countries AS (SELECT place_id AS home, name FROM places WHERE level = 'country'),
studied AS ( -- what a study does not speak for is no word of where it was
    SELECT t.line, study_id AS key, place_id, country, concat_ws('; ', t.name, regexp_replace(generalises_to, '[^.;]*\b[Nn]o[rt]?\b[^.;]*[.;]?', '', 'g'), frame_as_printed) AS words
    FROM studies t JOIN places_within w USING (place_id)
), sources_of AS (SELECT source_id, min(country) AS home FROM all_readings WHERE country IS NOT NULL GROUP BY source_id HAVING count(DISTINCT country) = 1 AND count(*) > 2),
judged AS (
    SELECT 'studies' AS table_name, line, key, place_id, country, home, 'its id has the code ' || code AS state FROM studied JOIN codes ON list_contains(string_split(key, '-'), code)
    UNION ALL SELECT 'reported_values', line, value_id, place_id, country, home, 'its id has the code ' || upper(code) FROM (SELECT *, unnest(list_distinct(string_split(value_id, '-'))) AS part FROM all_readings) JOIN codes ON upper(code) = part
    UNION ALL SELECT 'studies', line, key, place_id, country, CASE WHEN bool_or(country = home) THEN country END, 'its words name ' || min(c.name) FROM studied JOIN countries c ON contains(words, c.name) GROUP BY line, key, place_id, country
    UNION ALL SELECT 'events', e.line, event_id, e.place_id, w.country, home, 'all readings of its source are of ' || home FROM events e JOIN sources_of USING (source_id) JOIN places_within w USING (place_id)
)
SELECT 'data/' || table_name || '.csv' AS file, line, 'place_id' AS field, place_id AS value, key, country, state
FROM judged
WHERE country IN (SELECT home FROM countries) AND home IS DISTINCT FROM country
-- breaks: [{"table": "studies", "row": "ijm-ind-kolkata-2016", "set": {"place_id": "dhaka"}}]
-- says: ["studies", "ijm-ind-kolkata-2016", "place_id"]
-- breaks: [{"table": "places", "row": "guangxi", "set": {"parent_id": "viet-nam"}}]
-- says: ["studies", "establishments-chn-2004", "place_id"]
-- says: ["studies", "establishments-chn-2004", "place_id"]
-- breaks: [{"table": "events", "row": "RESP-177", "set": {"place_id": "viet-nam"}}]
-- says: ["events", "RESP-177", "place_id"]
-- passes: [{"table": "events", "row": "RESP-177", "set": {"place_id": "world"}}]
