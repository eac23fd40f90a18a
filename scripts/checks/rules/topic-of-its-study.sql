-- title: A reading has a topic that another reading, or all, of its study has
-- level: hint
-- why: A figure in the wrong part of the publication is compared with nothing.
-- mend: Correct the topic, or the study.
-- message: The topic is {value}, and that of the others of {study_id} is {expected}.
-- example: {"table": "reported_values", "row": "KH009", "set": {"topic": "response"}}
-- mended: {"topic": "venue_studies"}
-- says: ["reported_values", "KH009", "topic"]
SELECT 'data/reported_values.csv' AS file, line, 'topic' AS field, topic AS value, study_id, mode(topic) OVER one AS expected
FROM reported_values
WHERE study_id IS NOT NULL
WINDOW one AS (PARTITION BY study_id)
QUALIFY topic <> expected AND count(*) OVER (PARTITION BY study_id, topic) = 1 AND count(*) OVER one > 2
-- passes: [{"table": "reported_values", "row": "KH009", "set": {"sex": "all"}}]
