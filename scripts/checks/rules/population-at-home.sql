-- title: A population is used in the country that it is of
-- level: error
-- why: A figure of people elsewhere is another figure.
-- mend: Correct population_id or place_id, or the words of the population.
-- message: {value_id} in {place_id} is about {value}, {state}.
-- except: yes
-- example: {"table": "reported_values", "row": "E2-059", "set": {"population_id": "guangxi-establishment-women"}}
-- mended: {"population_id": "philippines-establishment-women"}
-- says: ["reported_values", "E2-059", "population_id"]
WITH named AS (
    SELECT p.population_id, min(q.name) AS name, min(w.country) AS country FROM populations p JOIN places q ON q.level IN ('country', 'city', 'province') AND contains(replace(concat_ws('; ', p.name, p.definition), 'from Thailand', ''), q.name)
    JOIN places_within w ON w.place_id = q.place_id GROUP BY p.population_id HAVING count(DISTINCT w.country) = 1
), own AS (
    SELECT v.line, v.value_id, v.place_id, v.population_id, v.country, n.name, n.country AS home FROM all_readings v JOIN named n USING (population_id)
)
SELECT 'data/reported_values.csv' AS file, own.line, 'population_id' AS field, population_id AS value, value_id, own.place_id, 'which its words place in ' || own.name AS state
FROM own JOIN places c ON c.place_id = country AND c.level = 'country'
WHERE home <> country
-- passes: [{"table": "reported_values", "row": "E2-059", "set": {"population_id": "entertainment-workers-interviewed"}}]
