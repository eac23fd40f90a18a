-- title: The people that a study is about are those of one of its readings
-- level: hint
-- why: A share of different people is a different result.
-- fix: Correct [population_id] of the study or of its readings.
-- message: No reading of {study_id} is about {value}.
-- example: {"table": "studies", "row": "ijm-khm-2012", "set": {"population_id": "all-children"}}
-- fixed: {"population_id": "venue-workers"}
-- says: ["studies", "ijm-khm-2012", "population_id"]
SELECT 'data/studies.csv' AS file, t.line, 'population_id' AS field, t.population_id AS value, study_id
FROM studies t JOIN reported_values v USING (study_id)
GROUP BY t.line, t.population_id, study_id
HAVING NOT bool_or(v.population_id = t.population_id)
-- passes: [{"table": "studies", "row": "ijm-khm-2012", "set": {"population_id": "venue-available"}}]
