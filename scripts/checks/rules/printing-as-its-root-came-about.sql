-- title: A printing says how its number came about as its root does
-- level: error
-- why: What was observed is not claimed by the next paper that prints it.
-- mend: Correct nature or weighted of the printing, or record the row in data/exceptions.csv with the reason.
-- message: {value_id}: {field} is {value}, and {root} has {its}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH039", "set": {"nature": "recorded"}}
-- mended: {"nature": "observed"}
-- says: ["reported_values", "KH039", "nature"]
SELECT 'data/reported_values.csv' AS file, p.line, 'nature' AS field, p.nature AS value, p.value_id, r.value_id AS root, r.nature AS its
FROM all_readings p JOIN all_readings r ON r.value_id = p.printing_of WHERE p.nature <> r.nature
UNION ALL
SELECT 'data/reported_values.csv', p.line, 'weighted', p.weighted, p.value_id, r.value_id, r.weighted
FROM all_readings p JOIN all_readings r ON r.value_id = p.printing_of WHERE p.weighted <> r.weighted
UNION ALL
SELECT 'data/reported_values.csv', line, 'weighted', weighted, value_id, indicator_id, 'not_applicable'
FROM all_readings WHERE kind IN ('count', 'measure') AND weighted = 'no'
UNION ALL
SELECT 'data/reported_values.csv', line, 'nature', nature, value_id, study_id, design
FROM all_readings WHERE nature = 'claimed' AND design IN ('time_space_sampling', 'cluster_survey', 'household_survey', 'respondent_driven', 'convenience', 'experiment', 'venue_count') AND printing_of IS NULL AND kind <> 'measure'
UNION ALL
SELECT 'data/reported_values.csv', line, 'period_basis', period_basis, value_id, period_as_printed, 'as_printed'
FROM all_readings WHERE period_basis IN ('other_source', 'our_reading') AND regexp_matches(period_as_printed, '^[12][0-9]{3} to [12][0-9]{3}$') AND left(period_as_printed, 4) = left(period, 4) AND right(period_as_printed, 4) = period[6:9]
UNION ALL
SELECT 'data/sources.csv', line, 'decimal_mark', decimal_mark, source_id, language, 'point' FROM sources WHERE language = 'en' AND decimal_mark = 'comma'
-- breaks: [{"table": "sources", "row": "un-crc-2015", "set": {"decimal_mark": "comma"}}]
-- says: ["sources", "un-crc-2015", "decimal_mark"]
-- breaks: [{"table": "reported_values", "row": "CTDC-03-a", "set": {"period_basis": "other_source"}}]
-- says: ["reported_values", "CTDC-03-a", "period_basis"]
-- breaks: [{"table": "reported_values", "row": "KH119", "set": {"weighted": "no"}}]
-- says: ["reported_values", "KH119", "weighted"]
-- passes: [{"table": "reported_values", "row": "E2-014", "set": {"nature": "estimated"}}]
