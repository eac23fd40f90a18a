-- title: A limitation names the body, the study and the kind that its words tell of
-- level: error
-- why: A limit of another study, or raised by another body, says something that nobody said.
-- mend: Correct the cell, or the words that it is held against.
-- message: {limitation_id}: {field} is {shown}, but {state}.
-- except: yes
-- example: {"table": "limitations", "row": "L01", "set": {"raised_by": "unicef"}}
-- mended: {"raised_by": "aple"}
-- says: ["limitations", "L01", "raised_by"]
WITH words AS (
    SELECT l.*, lower(concat_ws('; ', l.name, text)) AS words, t.fieldwork, t.organisation_id AS study_body, v.study_id AS value_study, v.qualifier,
        list_transform(regexp_extract_all(concat_ws('; ', l.name, text), '\b(?:19|20)[0-9]{2}\b'), lambda one: try_cast(one AS INTEGER)) AS years
    FROM limitations l LEFT JOIN studies t USING (study_id) LEFT JOIN all_readings v ON v.value_id = l.value_id
), names AS ( -- as texts call a body: by its name up to a bracket, by what stands in brackets, or by its letters
    SELECT organisation_id, unnest([regexp_extract(name, '^[^(,]+[^(, ]'), nullif(regexp_extract(name, '\(([^)]+)\)', 1), ''), CASE WHEN length(organisation_id) BETWEEN 3 AND 5 THEN upper(organisation_id) END]) AS called FROM organisations
), verbs AS (
    SELECT unnest(['says', 'say', 'said', 'writes', 'write', 'wrote', 'prints', 'print', 'printed', 'reports', 'report', 'reported', 'states', 'state', 'stated', 'finds', 'found', 'notes', 'warns', 'argues', 'holds that']) AS verb
), voices AS (
    SELECT line, list(DISTINCT organisation_id) AS bodies, min(called || ' ' || verb) AS said, bool_or(starts_with(text, called)) AS first
    FROM words JOIN names ON contains(text, called) JOIN verbs ON contains(text, called || ' ' || verb || ' ') GROUP BY line
), judged AS (
    SELECT line, limitation_id, 'raised_by' AS field, raised_by AS value, 'its words are “' || said || ' …”' AS state FROM words JOIN voices USING (line)
    WHERE CASE WHEN raised_by IS NULL THEN voices.first ELSE NOT list_contains(bodies, raised_by) END
    UNION ALL SELECT words.line, limitation_id, 'raised_by', raised_by, 'its words are those of the ministry' FROM words JOIN organisations o ON o.organisation_id = raised_by
    WHERE regexp_matches(words, '(?:^|[;,.] )the ministry (?:says|writes|reports)') AND NOT contains(o.name, 'Ministry')
    UNION ALL SELECT line, limitation_id, 'text', text, 'it names nobody who says so: begin it with the body, such as “UNICEF says that …”' FROM words
    WHERE raised_by IS NOT NULL AND raised_by IS DISTINCT FROM study_body -- whoever made a study need not be named beside a limit of it
        AND NOT regexp_matches(regexp_replace(words, '\b(?:an?|the|its|this|that|no|of|annual|press) (?:report|state|print|find)s?\b', '', 'g'), '\b(?:says?|said|writes?|wrote|prints?|printed|reports?|reported|states?|stated|finds?|notes|warns?|argues?|according to|authors)\b')
    UNION ALL SELECT line, limitation_id, 'study_id', study_id, 'its words say ' || array_to_string(list_distinct(years), ' and ') FROM words
    WHERE study_id IS NOT NULL AND fieldwork IS NOT NULL AND regexp_matches(words, 'of 20[0-9]{2}|in 20[0-9]{2}|for 20[0-9]{2}') AND NOT list_contains(years, try_cast(left(fieldwork, 4) AS INTEGER))
    UNION ALL SELECT line, limitation_id, 'study_id', study_id, 'its value is of ' || value_study FROM words WHERE study_id <> value_study
    UNION ALL SELECT l.line, l.limitation_id, 'study_id', l.study_id, 'the article of ' || l.source_id || ' is about another study' FROM words l
    WHERE l.study_id IS NOT NULL AND l.source_id IS NOT NULL AND EXISTS (FROM all_readings v WHERE v.source_id = l.source_id AND v.study_id IS NOT NULL)
        AND NOT EXISTS (FROM statements s WHERE s.source_id = l.source_id AND s.study_id = l.study_id) AND EXISTS (FROM statements s WHERE s.source_id = l.source_id AND s.organisation_id = l.raised_by)
    UNION ALL SELECT l.line, l.limitation_id, 'source_id', l.source_id, 'its words tell of the report of ' || regexp_extract(l.text, 'report of (20[0-9]{2})', 1) FROM words l JOIN sources s USING (source_id)
    WHERE regexp_matches(l.text, 'report of 20[0-9]{2}') AND NOT contains(concat_ws(' ', s.date_published, s.title), regexp_extract(l.text, 'report of (20[0-9]{2})', 1))
    UNION ALL SELECT l.line, l.limitation_id, 'source_id', l.source_id, 'the locator “' || l.locator || '” is none of a ' || replace(s.kind, '_', ' ') FROM words l JOIN sources s USING (source_id)
    WHERE regexp_matches(l.locator, 'contents|abstract|chapter|page [0-9]') AND s.kind IN ('newspaper', 'news_agency', 'blog') OR starts_with(l.locator, 'para') AND s.kind IN ('ngo_report', 'academic_article')
    UNION ALL SELECT l.line, l.limitation_id, 'source_id', l.source_id, 'the words of ' || l.raised_by || ' are kept from ' || min(s.source_id) FROM words l JOIN statements s ON s.organisation_id = l.raised_by WHERE l.source_id IN (SELECT source_id FROM statements) GROUP BY l.line, l.limitation_id, l.source_id, l.raised_by HAVING NOT bool_or(s.source_id = l.source_id) AND bool_or(regexp_extract(s.locator, '[0-9]+$') = regexp_extract(l.locator, '[0-9]+$'))
    UNION ALL SELECT l.line, l.limitation_id, 'value_id', l.value_id, 'its name says ' || regexp_extract(l.name, '^[0-9][0-9,.]*') || ' and the value is printed as ' || v.printed FROM words l JOIN all_readings v USING (value_id) WHERE regexp_matches(l.name, '^[0-9]') AND NOT contains(v.printed, regexp_extract(l.name, '^[0-9][0-9,.]*'))
    UNION ALL SELECT l.line, l.limitation_id, 'text', l.text, 'its value is of ' || min(v.place_name) FROM words l JOIN all_readings v USING (value_id) JOIN places p ON p.level = 'city' AND contains(l.text, p.name) WHERE v.place_level = 'city' AND NOT contains(l.text, v.place_name) GROUP BY l.line, l.limitation_id, l.text
    UNION ALL SELECT l.line, l.limitation_id, 'text', l.text, 'the fieldwork of ' || min(t.study_id) || ' was in ' || min(t.fieldwork) FROM (SELECT *, unnest(regexp_extract_all(text, '(?:January|February|March|April|May|June|July|August|September|October|November|December) (?:19|20)[0-9]{2}')) AS told FROM limitations) l
    JOIN (SELECT limitation_id, study_id FROM limitation_studies UNION ALL SELECT limitation_id, study_id FROM limitations WHERE study_id IS NOT NULL) x USING (limitation_id) JOIN studies t ON t.study_id = x.study_id AND regexp_matches(t.fieldwork, '^[0-9]{4}-[0-9]{2}$') AND left(t.fieldwork, 4) = right(told, 4)
    WHERE strftime(try_cast(t.fieldwork || '-01' AS DATE), '%B %Y') <> told AND regexp_matches(l.text, '(?i)\b(?:waves?|rounds?|fieldwork|interviewed|collected)\b[^.]*' || told) GROUP BY l.line, l.limitation_id, l.text
    UNION ALL SELECT line, limitation_id, 'kind', kind, 'its name is “' || name || '”' FROM words
    WHERE (regexp_matches(words, 'weighting is not known') AND kind <> 'weighting') OR (regexp_matches(words, 'false age') AND kind <> 'false_papers') OR (regexp_matches(words, 'none found is not none') AND kind <> 'zero_claim')
        OR (regexp_matches(words, 'left out children') AND kind <> 'coverage') OR (regexp_matches(words, 'methods have become') AND kind <> 'hidden_methods') OR (regexp_matches(words, 'ran the programme and measured') AND kind <> 'self_evaluation')
        OR (regexp_matches(words, 'how age was decided') AND kind <> 'age_judgement') OR (regexp_matches(words, 'moved from venues') AND kind <> 'displacement') OR (regexp_matches(words, 'not a national rate') AND kind <> 'generalisation')
        OR (regexp_matches(words, 'people in one venue may be alike') AND kind <> 'sampling') OR (regexp_matches(words, 'two months are compared') AND kind <> 'comparability') OR (kind = 'zero_claim' AND value_id IS NOT NULL AND qualifier <> 'none_found')
    UNION ALL SELECT line, limitation_id, 'effect_on_change', effect_on_change, 'its words tell of a fall that need not be one, which is overstates_fall' FROM words WHERE regexp_matches(words, 'sees less of it than before|share in venues falls while') AND effect_on_change <> 'overstates_fall'
)
SELECT 'data/limitations.csv' AS file, line, field, value, CASE WHEN field = 'text' THEN '“' || left(value, 60) || if(length(value) > 60, '…”', '”') ELSE coalesce(value, 'blank') END AS shown, limitation_id, state
FROM judged
-- breaks: [{"table": "limitations", "row": "L09", "set": {"study_id": "ijm-khm-2015"}}]
-- says: ["limitations", "L09", "study_id"]
-- breaks: [{"table": "limitations", "row": "L08", "set": {"kind": "coverage"}}]
-- says: ["limitations", "L08", "kind"]
-- breaks: [{"table": "limitations", "row": "L01", "set": {"text": "The study left out children living on the street."}}]
-- says: ["limitations", "L01", "text"]
-- breaks: [{"table": "limitations", "row": "L08", "set": {"source_id": "ijm-manila-2016"}}]
-- says: ["limitations", "L08", "source_id"]
-- breaks: [{"table": "limitations", "row": "L08", "set": {"source_id": "cambodia-daily-2015"}}]
-- says: ["limitations", "L08", "source_id"]
-- says: ["limitations", "L08", "source_id"]
-- breaks: [{"table": "limitations", "row": "L03", "set": {"source_id": "cambodia-daily-2015"}}]
-- says: ["limitations", "L03", "source_id"]
-- breaks: [{"table": "limitations", "row": "L16", "set": {"value_id": "KH035"}}]
-- says: ["limitations", "L16", "value_id"]
-- breaks: [{"table": "limitations", "row": "L06", "set": {"text": "The article says that no one under 16 was found in Siem Reap. M'lop Tapang says the number has not reached zero. The number of people seen in that city is not printed."}}]
-- says: ["limitations", "L06", "text"]
-- breaks: [{"table": "limitations", "row": "L13", "set": {"text": "The waves are November 2012 and May 2015. A change can mix a real fall, a move to other places, another list of venues and other observers."}}]
-- says: ["limitations", "L13", "text"]
-- passes: [{"table": "limitations", "row": "L09", "set": {"name": "The base is not printed"}}]
-- breaks: [{"table": "limitations", "row": "L14", "set": {"effect_on_change": "understates_fall"}}]
-- says: ["limitations", "L14", "effect_on_change"]
-- breaks: [{"table": "limitations", "row": "L05", "set": {"raised_by": "aple", "raised_by_reason": ""}}]
-- says: ["limitations", "L05", "raised_by"]
-- breaks: [{"table": "limitations", "row": "L01", "set": {"raised_by": "", "raised_by_reason": "this_project"}}]
-- says: ["limitations", "L01", "raised_by"]
-- breaks: [{"table": "limitations", "row": "L01", "set": {"text": "The report left out children living on the street."}}]
-- says: ["limitations", "L01", "text"]
-- passes: [{"table": "limitations", "row": "L01", "set": {"text": "UNICEF reports that the study left out children living on the street.", "raised_by": "unicef"}}]
-- passes: [{"table": "limitations", "row": "L01", "set": {"text": "Its authors did not visit children living on the street.", "raised_by": "authors-of-paper"}}]
-- passes: [{"table": "limitations", "row": "L01", "set": {"text": "Children living on the street were left out.", "raised_by": "ijm"}}]
