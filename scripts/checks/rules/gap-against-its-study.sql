-- title: What is not available fits its study, its source and the readings
-- level: error
-- why: A gap put down to another study hides the one that is there.
-- mend: Correct study_id, source_id or the words.
-- message: {not_available_id}: {field} is {shown}, but {state}.
-- except: yes
-- example: {"table": "not_available", "row": "N02", "set": {"study_id": "ijm-khm-2015"}}
-- mended: {"study_id": "ijm-khm-2012"}
-- says: ["not_available", "N02", "study_id"]
WITH words AS (
    SELECT n.*, t.fieldwork, t.name AS study_name, p.name AS place, lower(what) AS text, list_transform(regexp_extract_all(what, '\b(?:19|20)[0-9]{2}\b'), lambda one: try_cast(one AS INTEGER)) AS years
    FROM not_available n LEFT JOIN studies t USING (study_id) LEFT JOIN places p ON p.place_id = t.place_id
), judged AS (
    SELECT line, not_available_id, 'study_id' AS field, study_id AS value, 'its words say ' || array_to_string(years, ' and ') AS state FROM words
    WHERE study_id IS NOT NULL AND fieldwork IS NOT NULL AND len(years) > 0 AND NOT list_contains(years, try_cast(left(fieldwork, 4) AS INTEGER)) AND NOT regexp_matches(text, 'evaluation')
    UNION ALL SELECT w.line, not_available_id, 'study_id', study_id, 'its words name ' || q.name FROM words w JOIN places q ON q.level IN ('city', 'country', 'province') AND contains(w.what, q.name)
    WHERE study_id IS NOT NULL AND NOT contains(place, q.name) AND NOT contains(study_name, q.name) AND q.name <> 'Cambodia'
    UNION ALL SELECT line, not_available_id, 'indicator_id', indicator_id, 'its words are “' || what || '”' FROM words WHERE indicator_id = 'people-observed' AND NOT regexp_matches(text, 'people') OR (regexp_matches(text, 'number of people observed') AND indicator_id IS DISTINCT FROM 'people-observed')
    UNION ALL SELECT line, not_available_id, 'study_id', study_id, 'its words tell of a ' || regexp_extract(text, 'second (?:round|wave)') FROM words WHERE regexp_matches(text, 'second (?:round|wave)') AND NOT regexp_matches(lower(study_name), 'second')
        AND EXISTS (FROM studies o JOIN studies t ON t.study_id = words.study_id AND o.place_id = t.place_id AND o.organisation_id = t.organisation_id WHERE contains(o.name, 'second'))
    UNION ALL SELECT line, not_available_id, 'what', what, 'no claim has that number' FROM (SELECT *, unnest(regexp_extract_all(what, '[0-9.]+(?: to [0-9.]+)? percent')) AS told FROM words) WHERE topic = 'early_claims' AND NOT EXISTS (FROM claims c WHERE contains(c.name || '; ' || c.lookup, told))
    UNION ALL SELECT w.line, not_available_id, 'source_id', w.source_id, 'the title of ' || min(o.source_id) || ' has ' || told || ', and that of ' || w.source_id || ' has not' FROM (SELECT *, regexp_extract(what, '\b[0-9]+\.[0-9]+\.[0-9]+\b') AS told FROM words) w JOIN sources s ON s.source_id = w.source_id JOIN sources o ON contains(o.title, told) WHERE told <> '' AND NOT contains(s.title, told) GROUP BY w.line, w.not_available_id, w.source_id, told
    UNION ALL SELECT w.line, not_available_id, 'source_id', w.source_id, 'it is older than the ' || regexp_extract(what_would_settle, '[a-z]+ of 20[0-9]{2}') || ' that the words name' FROM words w JOIN sources s ON s.source_id = w.source_id
    WHERE coalesce(left(s.date_published, 4), nullif(regexp_extract(s.source_id, '-(20[0-9]{2})\b', 1), '')) < nullif(regexp_extract(what_would_settle, '[a-z]+ of (20[0-9]{2})\b', 1), '')
    UNION ALL SELECT line, not_available_id, 'reason', reason, 'no document that could be read is named: ' || split_part(what_would_settle, '.', 1) FROM words WHERE reason = 'not_read' AND NOT regexp_matches(lower(what_would_settle), 'report|page|text|evaluation|newsletter|heading|chapter|document|statement|original|annex|table|data|interview|site|list')
    UNION ALL SELECT line, not_available_id, 'topic', topic, 'its words are of tiers' FROM words WHERE regexp_matches(text, '\btip tiers') AND topic <> 'tip_tiers'
    UNION ALL SELECT w.line, not_available_id, 'topic', w.topic, 'its studies are of ' || min(v.topic) FROM words w JOIN not_available_studies x USING (not_available_id) JOIN reported_values v ON v.study_id = x.study_id
        WHERE w.topic NOT IN ('assumptions') GROUP BY ALL HAVING NOT bool_or(v.topic = w.topic)
)
SELECT 'data/not_available.csv' AS file, line, field, value, coalesce(value, 'blank') AS shown, not_available_id, state
FROM judged
-- breaks: [{"table": "not_available", "row": "N25", "set": {"study_id": "icf-uga-kampala-2021"}}]
-- says: ["not_available", "N25", "study_id"]
-- breaks: [{"table": "not_available", "row": "N14", "set": {"what": "The surveys behind the range of 30 to 45 percent for the Mekong sub-region."}}]
-- says: ["not_available", "N14", "what"]
-- breaks: [{"table": "not_available", "row": "N17", "set": {"source_id": "ncmec-mirror-copy"}}]
-- says: ["not_available", "N17", "source_id"]
-- breaks: [{"table": "not_available", "row": "N24", "set": {"source_id": "ijm-india-2017"}}]
-- says: ["not_available", "N24", "source_id"]
-- breaks: [{"table": "not_available", "row": "N41", "set": {"reason": "not_read"}}]
-- says: ["not_available", "N41", "reason"]
-- passes: [{"table": "not_available", "row": "N02", "set": {"what": "The number of people observed"}}]
