-- title: A study that drew a sample says what its result leaves out
-- level: hint
-- why: Without this, a share from a sample is copied as a share of everybody.
-- fix: Add a row to data/limitations.csv, and one to data/scopes.csv.
-- message: No limitation bears on {value}, which drew a sample.
-- example: {"table": "studies", "row": "dh-khm-2022", "set": {"is_sample": "yes"}}
-- fixed: {"is_sample": "unknown"}
-- says: ["studies", "dh-khm-2022", "study_id"]
SELECT 'data/studies.csv' AS file, line, 'study_id' AS field, study_id AS value
FROM studies
WHERE is_sample = 'yes' AND study_id NOT IN (
    SELECT study_id FROM scopes WHERE limitation_id IS NOT NULL AND study_id IS NOT NULL
)
-- passes: [{"table": "studies", "row": "ijm-khm-2015", "set": {"sampling_unit": "venue_time"}}]
