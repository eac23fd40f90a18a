-- title: The name of a place has no word for anything smaller than a city
-- level: warning
-- why: A village, a street or a venue leads to people who could be found there.
-- fix: Choose the city or the province that it lies in.
-- message: “{value}” is finer than a city.
-- example: {"table": "places", "row": "siem-reap", "set": {"name": "Siem Reap, Street 63"}}
-- fixed: {"name": "Siem Reap"}
-- says: ["places", "siem-reap", "name"]
SELECT 'data/places.csv' AS file, line, 'name' AS field, name AS value
FROM places WHERE regexp_matches(lower(name), getvariable('patterns')['finer than a city'])
-- passes: [{"table": "places", "row": "siem-reap", "set": {"name": "Siem Reap and Barisal"}}]
