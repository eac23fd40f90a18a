-- title: A statement has the date of its source, and a body that its words name
-- level: error
-- why: A statement put down to another day or body is a false quotation.
-- mend: Correct date, source_id or organisation_id, or the words.
-- message: {statement_id}: {field} is {shown}, but {state}.
-- except: yes
-- example: {"table": "statements", "row": "S02", "set": {"date": "2016-06"}}
-- mended: {"date": "2015-06"}
-- says: ["statements", "S02", "date"]
WITH words AS (
    SELECT a.*, s.date_published AS published, s.organisation_id AS speaker, lower(concat_ws('; ', a.locator, a.paraphrase)) AS text, o.name AS body, o.kind AS body_kind
    FROM statements a JOIN sources s USING (source_id) JOIN organisations o ON o.organisation_id = a.organisation_id
), names AS ( -- as texts call a body: by its name up to a bracket, or by its letters
    SELECT organisation_id, unnest([regexp_extract(name, '^[^(,]+[^(, ]'), CASE WHEN length(organisation_id) BETWEEN 3 AND 5 THEN upper(organisation_id) END]) AS called FROM organisations
), judged AS (
    SELECT line, statement_id, 'date' AS field, date AS value, 'its source is of ' || published AS state FROM words
    WHERE substr(date, 1, length(published)) > substr(published, 1, length(date)) OR abs(try_cast(left(date, 4) AS INTEGER) - try_cast(left(published, 4) AS INTEGER)) >= 1
        OR (length(date) >= 7 AND length(published) >= 7 AND date[1:7] <> published[1:7])
    UNION ALL SELECT line, statement_id, 'organisation_id', w.organisation_id, 'its locator names ' || min(called) FROM words w JOIN names n ON starts_with(text, lower(called)) AND NOT regexp_matches(text[length(called) + 1], '\w')
    GROUP BY ALL HAVING NOT bool_or(n.organisation_id = w.organisation_id)
    UNION ALL SELECT line, statement_id, 'organisation_id', organisation_id, speaker || ' speaks in its source' FROM words
    WHERE speaker IS NOT NULL AND speaker <> organisation_id
    UNION ALL SELECT line, statement_id, 'role', role, state FROM (SELECT *, CASE WHEN regexp_matches(text, '^(?:.*; )?(?:a (?:letter|press release)|an information sheet|cites )') AND role <> 'document' THEN 'its words tell of a document'
        WHEN body_kind IN ('government') AND role IN ('founder', 'chief_executive', 'country_director') THEN 'the body is a government' END AS state FROM words) WHERE state IS NOT NULL
    UNION ALL SELECT line, statement_id, 'paraphrase', paraphrase, 'the body is ' || organisation_id FROM words WHERE contains(organisation_id, 'unnamed') AND regexp_matches(paraphrase, '\b(?:is|are) named')
    UNION ALL SELECT w.line, w.statement_id, 'study_id', w.study_id, 'the numbers that it rests on are of no study' FROM words w JOIN statement_values b USING (statement_id) JOIN all_readings v ON v.value_id = b.value_id WHERE w.study_id IS NOT NULL GROUP BY w.line, w.statement_id, w.study_id HAVING bool_and(v.study_id IS NULL)
    UNION ALL SELECT w.line, w.statement_id, 'paraphrase', w.paraphrase, 'the number that it speaks of is of ' || min(v.place_name) FROM words w JOIN statement_values b USING (statement_id) JOIN all_readings v ON v.value_id = b.value_id JOIN places p ON p.level = 'city' AND contains(w.paraphrase, p.name)
    WHERE v.place_level = 'city' AND NOT contains(w.paraphrase, v.place_name) GROUP BY w.line, w.statement_id, w.paraphrase
    UNION ALL SELECT line, statement_id, 'claim_type', claim_type, state FROM (SELECT *, CASE WHEN regexp_matches(text, 'has not reached zero|no one under') AND claim_type <> 'zero_claim' THEN 'its words tell of a zero'
        WHEN regexp_matches(text, 'asks the state department|recommended an upgrade') AND claim_type <> 'policy_request' THEN 'its words ask for something'
        WHEN regexp_matches(text, 'could mislead') AND claim_type <> 'measurement' THEN 'its words tell of the measurement'
        WHEN claim_type = 'policy_request' AND stance <> 'calls_for_action' THEN 'its stance is ' || stance WHEN claim_type <> 'policy_request' AND stance = 'calls_for_action' THEN 'its stance is calls_for_action' END AS state FROM words) WHERE state IS NOT NULL
)
SELECT 'data/statements.csv' AS file, line, field, value, value AS shown, statement_id, state
FROM judged
-- breaks: [{"table": "statements", "row": "S13", "set": {"organisation_id": "aple"}}]
-- says: ["statements", "S13", "organisation_id"]
-- breaks: [{"table": "statements", "row": "S06", "set": {"organisation_id": "aple"}}]
-- says: ["statements", "S06", "organisation_id"]
-- breaks: [{"table": "statements", "row": "S09", "set": {"paraphrase": "The findings could mislead. The agencies are named in the part that we read."}}]
-- says: ["statements", "S09", "paraphrase"]
-- breaks: [{"table": "statements", "row": "S05", "set": {"study_id": "ijm-khm-2015", "study_id_reason": ""}}]
-- says: ["statements", "S05", "study_id"]
-- breaks: [{"table": "statements", "row": "S03", "set": {"paraphrase": "Rejects the finding that no one under 16 was found in Siem Reap: the number has not reached zero."}}]
-- says: ["statements", "S03", "paraphrase"]
-- passes: [{"table": "statements", "row": "S02", "set": {"date": "2015"}}]
-- breaks: [{"table": "statements", "row": "S02", "set": {"locator": "APLE, para 15"}}]
-- says: ["statements", "S02", "organisation_id"]
-- passes: [{"table": "statements", "row": "S02", "set": {"locator": "M'lop Tapang, para 15", "paraphrase": "M'lop Tapang agrees that the number of children in venues has fallen."}}]
