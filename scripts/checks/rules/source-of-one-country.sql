-- title: A source whose figures are all of one country has none of another
-- level: error
-- why: A figure that is alone in its country was put under the wrong place or the wrong source.
-- mend: Correct place_id or source_id.
-- message: The place is {value}, and the {times} other figures of {source_id} are of {usual}.
-- except: yes
-- example: {"table": "reported_values", "row": "RESP-188-a", "set": {"place_id": "dhaka"}}
-- mended: {"place_id": "cambodia"}
-- says: ["reported_values", "RESP-188-a", "place_id"]
WITH counted AS (SELECT v.source_id, v.country, count(*) AS times FROM all_readings v JOIN places c ON c.place_id = v.country AND c.level = 'country' GROUP BY v.source_id, v.country),
most AS (SELECT source_id, arg_max(country, times) AS usual, max(times) AS times, sum(times) AS total, count(*) AS countries FROM counted GROUP BY source_id)
SELECT 'data/reported_values.csv' AS file, v.line, 'place_id' AS field, v.place_id AS value, v.source_id, usual, m.times
FROM all_readings v JOIN most m USING (source_id) JOIN counted c ON c.source_id = v.source_id AND c.country = v.country
WHERE m.countries = 2 AND c.times = 1 AND m.times >= 2 AND v.country <> usual
UNION ALL
SELECT 'data/reported_values.csv', v.line, 'place_id', v.place_id, v.series, usual, times
FROM all_readings v JOIN (SELECT series, mode(country) AS usual, count(*) AS times FROM all_readings WHERE series IS NOT NULL GROUP BY series) USING (series) WHERE v.country <> usual
-- passes: [{"table": "reported_values", "row": "RESP-188-a", "set": {"place_id": "phnom-penh"}}]
