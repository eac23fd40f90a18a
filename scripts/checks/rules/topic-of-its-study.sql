-- title: Readings, gaps and limits of one study belong to one topic
-- level: error
-- why: A figure in the wrong part of the publication is compared with nothing.
-- mend: Correct the topic, or the study.
-- message: The topic is {value}, and that of {study_id} is {expected}.
-- except: yes
-- example: {"table": "not_available", "row": "N16", "set": {"topic": "response"}}
-- mended: {"topic": "early_claims"}
-- says: ["not_available", "N16", "topic"]
WITH usual AS (
    SELECT study_id, mode(topic) AS expected FROM (SELECT study_id, topic, min(topic) OVER (PARTITION BY study_id) AS first_topic FROM all_readings WHERE study_id IS NOT NULL) GROUP BY study_id
    HAVING count(DISTINCT topic) = 1 OR (count(DISTINCT topic) = 2 AND least(count_if(topic = first_topic), count_if(topic <> first_topic)) = 1 AND count(*) > 2)
)
SELECT 'data/reported_values.csv' AS file, line, 'topic' AS field, topic AS value, study_id, expected
FROM all_readings JOIN usual USING (study_id) WHERE topic <> expected
UNION ALL
SELECT 'data/not_available.csv', line, 'topic', topic, study_id, expected FROM not_available JOIN usual USING (study_id) WHERE topic <> expected
UNION ALL
SELECT 'data/reported_values.csv', line, 'topic', topic, coalesce(series, indicator_id), 'response' FROM all_readings
WHERE indicator_id IN ('convictions', 'prosecutions', 'people-arrested', 'cases-recorded', 'suspects-to-court') AND topic <> 'response'
UNION ALL
SELECT 'data/reported_values.csv', line, 'topic', topic, indicator_id, 'early_claims' FROM all_readings
WHERE indicator_id = 'claimed-share' AND topic NOT IN ('early_claims', 'comparable_studies')
-- breaks: [{"table": "reported_values", "row": "KH044", "set": {"topic": "assumptions"}}]
-- says: ["reported_values", "KH044", "topic"]
-- passes: [{"table": "reported_values", "row": "KH030", "set": {"topic": "comparable_studies"}}]
