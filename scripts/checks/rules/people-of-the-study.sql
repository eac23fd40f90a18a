-- title: The people that a study is about are those of its readings
-- level: error
-- why: A share of other people is another result.
-- mend: Correct population_id of the study or of its readings.
-- message: No reading of {study_id} is about {value}.
-- except: yes
-- example: {"table": "studies", "row": "ijm-khm-2012", "set": {"population_id": "all-children"}}
-- mended: {"population_id": "venue-workers"}
-- says: ["studies", "ijm-khm-2012", "population_id"]
WITH used AS (SELECT study_id, list(DISTINCT population_id) AS ids, list(DISTINCT base_kind) AS bases, count(*) AS times FROM all_readings WHERE study_id IS NOT NULL AND printing_of IS NULL GROUP BY study_id)
SELECT 'data/studies.csv' AS file, t.line, 'population_id' AS field, t.population_id AS value, t.study_id
FROM studies t JOIN used USING (study_id)
WHERE t.population_id IS NOT NULL AND NOT list_contains(ids, t.population_id)
-- passes: [{"table": "studies", "row": "ijm-khm-2012", "set": {"population_id": "venue-available"}}]
