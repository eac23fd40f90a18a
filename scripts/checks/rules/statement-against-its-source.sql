-- title: A statement has the date of its source, and a body that its words name
-- level: error
-- why: A statement put down to another day or body is a false quotation.
-- mend: Correct date, source_id or organisation_id, or the words.
-- message: {statement_id}: {field} is {shown}, but {state}.
-- except: yes
-- example: {"table": "statements", "row": "S02", "set": {"date": "2016-06"}}
-- mended: {"date": "2015-06"}
-- says: {"table": "statements", "row": "S02", "field": "date", "value": "2016-06", "message": "S02: date is 2016-06, but its source is of 2015-06."}
WITH words AS (
    SELECT a.*, s.date_published AS published, s.organisation_id AS speaker, lower(concat_ws('; ', a.locator, a.paraphrase)) AS text, o.name AS body, o.kind AS body_kind
    FROM statements a JOIN sources s USING (source_id) JOIN organisations o ON o.organisation_id = a.organisation_id
), judged AS (
    SELECT line, statement_id, 'date' AS field, date AS value, 'its source is of ' || published AS state FROM words
    WHERE substr(date, 1, length(published)) > substr(published, 1, length(date)) OR abs(try_cast(left(date, 4) AS INTEGER) - try_cast(left(published, 4) AS INTEGER)) >= 1
        OR (length(date) >= 7 AND length(published) >= 7 AND date[1:7] <> published[1:7])
    UNION ALL SELECT line, statement_id, 'organisation_id', organisation_id, 'its locator names another' FROM words
    WHERE (starts_with(text, 'aple') AND organisation_id <> 'aple') OR (starts_with(text, 'm''lop tapang') AND organisation_id <> 'mlop-tapang')
    UNION ALL SELECT line, statement_id, 'organisation_id', organisation_id, speaker || ' speaks in its source' FROM words
    WHERE speaker IS NOT NULL AND speaker <> organisation_id AND role = 'document'
    UNION ALL SELECT line, statement_id, 'role', role, state FROM (SELECT *, CASE WHEN regexp_matches(text, '^(?:.*; )?(?:a (?:letter|press release)|an information sheet|cites )') AND role <> 'document' THEN 'its words tell of a document'
        WHEN body_kind IN ('government') AND role IN ('founder', 'chief_executive', 'country_director') THEN 'the body is a government' END AS state FROM words) WHERE state IS NOT NULL
    UNION ALL SELECT line, statement_id, 'claim_type', claim_type, state FROM (SELECT *, CASE WHEN regexp_matches(text, 'has not reached zero|no one under') AND claim_type <> 'zero_claim' THEN 'its words tell of a zero'
        WHEN regexp_matches(text, 'asks the state department|recommended an upgrade') AND claim_type <> 'policy_request' THEN 'its words ask for something'
        WHEN regexp_matches(text, 'could mislead') AND claim_type <> 'measurement' THEN 'its words tell of the measurement'
        WHEN claim_type = 'policy_request' AND stance <> 'calls_for_action' THEN 'its stance is ' || stance WHEN claim_type <> 'policy_request' AND stance = 'calls_for_action' THEN 'its stance is calls_for_action' END AS state FROM words) WHERE state IS NOT NULL
)
SELECT 'data/statements.csv' AS file, line, field, value, value AS shown, statement_id, state
FROM judged
-- breaks: [{"table": "statements", "row": "S13", "set": {"organisation_id": "aple"}}]
-- says: {"table": "statements", "row": "S13", "field": "organisation_id", "value": "aple", "message": "S13: organisation_id is aple, but ijm speaks in its source."}
-- passes: [{"table": "statements", "row": "S02", "set": {"date": "2015"}}]
