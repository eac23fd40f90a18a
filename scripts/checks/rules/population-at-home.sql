-- title: A population whose words name places in one country is used in that country
-- level: hint
-- why: A figure about people elsewhere is a different figure.
-- fix: Correct [population_id] or [place_id], or the words of the population.
-- message: {value_id} in {place_id} is about {value}, which its words place in {home}.
-- example: {"table": "reported_values", "row": "E2-059", "set": {"population_id": "guangxi-establishment-women"}}
-- fixed: {"population_id": "philippines-establishment-women"}
-- says: ["reported_values", "E2-059", "population_id"]
WITH named AS (
    SELECT population_id, min(w.country) AS home FROM populations p
    JOIN places q ON q.level IN ('country', 'city', 'province') AND contains(concat_ws('; ', p.name, p.definition), q.name)
    JOIN places_within w USING (place_id) GROUP BY population_id HAVING count(DISTINCT w.country) = 1
)
SELECT 'data/reported_values.csv' AS file, v.line, 'population_id' AS field, population_id AS value, value_id, v.place_id, home
FROM all_readings v JOIN named USING (population_id) JOIN places c ON c.place_id = v.country AND c.level = 'country'
WHERE home <> v.country
-- passes: [{"table": "reported_values", "row": "E2-059", "set": {"population_id": "sex-workers-interviewed"}}]
