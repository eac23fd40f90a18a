-- title: A fact of a study stands in a source on that study
-- level: error
-- why: A fact put under the source of another study was read there or not at all.
-- mend: Correct source_id or study_id.
-- message: {value} prints figures of other studies, and none of {study_id}.
-- except: yes
-- example: {"table": "study_facts", "row": "KH003", "set": {"source_id": "together-for-girls"}}
-- mended: {"source_id": "khmer-times-2015"}
-- says: ["study_facts", "KH003", "source_id"]
WITH spoken AS (SELECT source_id, list(DISTINCT study_id) AS studies FROM reported_values WHERE study_id IS NOT NULL GROUP BY source_id),
years AS (SELECT f.*, try_cast(left(s.date_published, 4) AS INTEGER) AS published, try_cast(left(t.fieldwork, 4) AS INTEGER) AS began FROM study_facts f JOIN sources s USING (source_id) JOIN studies t USING (study_id))
SELECT 'data/study_facts.csv' AS file, line, 'source_id' AS field, source_id AS value, study_id
FROM years LEFT JOIN spoken USING (source_id)
WHERE (studies IS NOT NULL AND NOT list_contains(studies, study_id)) OR published < began
-- passes: [{"table": "study_facts", "row": "KH003", "set": {"source_id": "cambodia-daily-2015"}}]
