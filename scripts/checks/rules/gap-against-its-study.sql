-- title: What is not available fits its study, its source and the readings
-- level: error
-- why: A gap put down to another study hides the one that is there.
-- mend: Correct study_id, source_id or the words.
-- message: {not_available_id}: {field} is {shown}, but {state}.
-- except: yes
-- example: {"table": "not_available", "row": "N02", "set": {"study_id": "ijm-khm-2015"}}
-- mended: {"study_id": "ijm-khm-2012"}
-- says: {"table": "not_available", "row": "N02", "field": "study_id", "value": "ijm-khm-2015", "message": "N02: study_id is ijm-khm-2015, but its words say 2012."}
WITH words AS (
    SELECT n.*, t.fieldwork, t.name AS study_name, p.name AS place, lower(what) AS text, list_transform(regexp_extract_all(what, '\b(?:19|20)[0-9]{2}\b'), lambda one: try_cast(one AS INTEGER)) AS years
    FROM not_available n LEFT JOIN studies t USING (study_id) LEFT JOIN places p ON p.place_id = t.place_id
), judged AS (
    SELECT line, not_available_id, 'study_id' AS field, study_id AS value, 'its words say ' || array_to_string(years, ' and ') AS state FROM words
    WHERE study_id IS NOT NULL AND fieldwork IS NOT NULL AND len(years) > 0 AND NOT list_contains(years, try_cast(left(fieldwork, 4) AS INTEGER)) AND NOT regexp_matches(text, 'evaluation')
    UNION ALL SELECT w.line, not_available_id, 'study_id', study_id, 'its words name ' || q.name FROM words w JOIN places q ON q.level IN ('city', 'country', 'province') AND contains(w.what, q.name)
    WHERE study_id IS NOT NULL AND NOT contains(place, q.name) AND NOT contains(study_name, q.name) AND q.name <> 'Cambodia'
    UNION ALL SELECT line, not_available_id, 'indicator_id', indicator_id, 'its words are “' || what || '”' FROM words WHERE indicator_id = 'people-observed' AND NOT regexp_matches(text, 'people') OR (regexp_matches(text, 'number of people observed') AND indicator_id IS DISTINCT FROM 'people-observed')
    UNION ALL SELECT line, not_available_id, 'topic', topic, 'its words are of tiers' FROM words WHERE regexp_matches(text, '\btip tiers') AND topic <> 'tip_tiers'
    UNION ALL SELECT w.line, not_available_id, 'topic', w.topic, 'its studies are of ' || min(v.topic) FROM words w JOIN not_available_studies x USING (not_available_id) JOIN reported_values v ON v.study_id = x.study_id
        WHERE w.topic NOT IN ('assumptions') GROUP BY ALL HAVING NOT bool_or(v.topic = w.topic)
)
SELECT 'data/not_available.csv' AS file, line, field, value, coalesce(value, 'blank') AS shown, not_available_id, state
FROM judged
-- passes: [{"table": "not_available", "row": "N02", "set": {"what": "The number of people observed"}}]
