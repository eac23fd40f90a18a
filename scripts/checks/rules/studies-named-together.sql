-- title: The studies of one limitation or gap are of one country, and of the years in its words
-- level: error
-- why: A limit of a study elsewhere would be read as one of the studies of this country.
-- mend: Correct study_id, or the words.
-- message: {key}: {value} is one of its studies, but {state}.
-- except: yes
-- example: {"table": "limitation_studies", "row": ["L15", "ijm-khm-2012"], "set": {"study_id": "ijm-dom-2014"}}
-- mended: {"study_id": "ijm-khm-2012"}
-- says: ["limitation_studies", "L15 ijm-khm-2015", "study_id"]
WITH named AS (
    SELECT 'limitation_studies' AS table_name, x.line, limitation_id AS key, x.study_id, text AS words FROM limitation_studies x JOIN limitations USING (limitation_id)
    UNION ALL SELECT 'not_available_studies', x.line, not_available_id, x.study_id, what FROM not_available_studies x JOIN not_available USING (not_available_id)
    UNION ALL SELECT 'not_available', line, not_available_id, study_id, what FROM not_available WHERE study_id IS NOT NULL
), placed AS (
    SELECT named.*, country, list_transform(regexp_extract_all(words, '\b(?:19|20)[0-9]{2}\b'), lambda one: try_cast(one AS INTEGER)) AS years, try_cast(left(fieldwork, 4) AS INTEGER) AS began,
        list_bool_or(list_transform(regexp_extract_all(words, '\b(?:19|20)[0-9]{2}\b'), lambda one: contains(concat_ws(' ', t.name, fieldwork, study_id), one))) AS told
    FROM named JOIN studies t USING (study_id) JOIN places_within USING (place_id)
), together AS (SELECT *, mode(country) OVER (PARTITION BY table_name, key) AS usual, count(*) OVER (PARTITION BY table_name, key) AS several FROM placed)
SELECT 'data/' || table_name || '.csv' AS file, line, 'study_id' AS field, study_id AS value, key,
    CASE WHEN country <> usual THEN 'it is of ' || country || ', and another of ' || usual ELSE 'the words say ' || array_to_string(years, ' and ') END AS state
FROM together
WHERE country <> usual OR NOT told AND (several = 1 OR NOT list_contains(years, began) AND regexp_matches(words, '[A-Z][a-z]+ 20[0-9]{2} and [A-Z][a-z]+ 20[0-9]{2}'))
-- breaks: [{"table": "limitation_studies", "row": ["L13", "ijm-khm-2012"], "set": {"study_id": "usaid-khm-2003"}}]
-- says: ["limitation_studies", "L13 usaid-khm-2003", "study_id"]
-- breaks: [{"table": "not_available", "row": "N26", "set": {"study_id": "ilo-world-2017"}}]
-- says: ["not_available", "N26", "study_id"]
-- passes: [{"table": "limitations", "row": "L13", "set": {"text": "The waves are months apart."}}]
