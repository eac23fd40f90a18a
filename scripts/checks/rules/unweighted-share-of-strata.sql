-- title: A share of a sample in strata or clusters that is not weighted is looked at twice
-- level: warning
-- why: Places drawn with other chances count too much or too little without weights.
-- mend: See whether the source weights; if it says that it does not, record the row in data/exceptions.csv with the reason.
-- message: The share is not weighted, and its study drew in {how}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH263", "set": {"weighted": "no"}}
-- mended: {"weighted": "unknown"}
-- says: ["reported_values", "KH263", "weighted"]
SELECT 'data/reported_values.csv' AS file, v.line, 'weighted' AS field, v.weighted AS value,
    CASE WHEN t.design = 'cluster_survey' THEN 'clusters' WHEN t.design = 'household_survey' THEN 'households' ELSE 'strata' END AS how
FROM all_readings v JOIN studies t USING (study_id)
WHERE v.kind = 'share' AND v.weighted = 'no' AND (t.design IN ('cluster_survey', 'household_survey') OR regexp_matches(t.design_note, '(?i)stratif|two.stage'))
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"weighted": "no"}}]
