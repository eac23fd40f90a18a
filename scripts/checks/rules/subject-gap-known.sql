-- title: What a subject says is not available is in the list of it
-- level: error
-- why: The table of subjects quotes what is missing by its key.
-- fix: Write a key of data/not_available.csv, or add a row there.
-- message: {value} is not in data/not_available.csv.
-- example: {"table": "subjects_told", "row": "boys", "set": {"not_available_ids": "N02;N999"}}
-- fixed: {"not_available_ids": "N62"}
-- says: ["subjects_told", "boys", "not_available_ids"]
WITH named AS (
    SELECT line, unnest(string_split(not_available_ids, ';')) AS value FROM subjects_told
)
SELECT 'data/editorial/subjects_told.csv' AS file, line, 'not_available_ids' AS field, value
FROM named ANTI JOIN not_available n ON n.not_available_id = named.value
-- passes: [{"table": "subjects_told", "row": "boys", "set": {"not_available_ids": ""}}]
