-- title: The oldest age in a fact about a study is the oldest age in its figures
-- level: hint
-- why: If a study is of people aged 13 to 17 but its figures go up to 18, one of the two was misread.
-- fix: Look at the source again, and correct the ages of the figures or the fact.
-- message: {study_fact_id} says “{value}”, and the figures of {study_id} are of people up to {oldest}.
-- example: {"table": "study_facts", "row": "E2-115", "set": {"fact_as_printed": "aged 8-21"}}
-- fixed: {"fact_as_printed": "aged 8-24"}
-- says: ["study_facts", "E2-115", "fact_as_printed"]
SELECT 'data/study_facts.csv' AS file, f.line, 'fact_as_printed' AS field, fact_as_printed AS value, study_fact_id, study_id, max(age_max) AS oldest
FROM study_facts f JOIN reported_values v USING (study_id)
WHERE attribute = 'age_band' AND regexp_matches(fact_as_printed, '^[a-z ]*[0-9]{1,2}[^0-9]{1,5}[0-9]{1,2}$')
GROUP BY ALL HAVING try_cast(regexp_extract(fact_as_printed, '[0-9]+$') AS BIGINT) <> oldest
-- passes: [{"table": "study_facts", "row": "E2-115", "set": {"fact_as_printed": "aged 10 to 24"}}]
