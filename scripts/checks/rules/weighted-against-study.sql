-- title: A value is weighted only where its study weights and where a share can be
-- level: error
-- why: A weight that nobody used makes two shares look alike or apart.
-- mend: Correct weighted, or weighting in data/studies.csv.
-- message: The value is weighted = {value}, but {state}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH010", "set": {"weighted": "yes"}}
-- mended: {"weighted": "unknown"}
-- says: ["reported_values", "KH010", "weighted"]
SELECT 'data/reported_values.csv' AS file, line, 'weighted' AS field, weighted AS value, CASE
    WHEN kind NOT IN ('share', 'change', 'measure') THEN 'its indicator is a ' || kind
    WHEN weighting IS NULL THEN 'it belongs to no study'
    ELSE 'the weighting of its study is ' || weighting END AS state
FROM all_readings
WHERE weighted = 'yes' AND (kind = 'count' AND nature NOT IN ('estimated', 'modelled') OR weighting IS NULL OR weighting IN ('unweighted', 'not_applicable', 'unknown'))
    OR weighted = 'no' AND weighting IN ('weighted', 'unknown') AND kind IN ('share', 'measure')
    OR weighted = 'unknown' AND kind IN ('share', 'measure') AND weighting IN ('weighted', 'unweighted')
    OR weighted = 'unknown' AND kind = 'count' AND nature IN ('observed', 'recorded')
    OR weighted = 'not_applicable' AND kind = 'share' AND weighting IN ('weighted', 'unweighted')
-- breaks: [{"table": "reported_values", "row": "E2-076-a", "set": {"weighted": "no"}}]
-- says: ["reported_values", "E2-076-a", "weighted"]
-- breaks: [{"table": "studies", "row": "ktv-khm-2013", "set": {"weighting": "unweighted"}}]
-- says: ["reported_values", "E2-106", "weighted"]
-- breaks: [{"table": "reported_values", "row": "KH081", "set": {"weighted": "unknown"}}]
-- says: ["reported_values", "KH081", "weighted"]
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"nature": "estimated"}}]
