-- title: Words that name a body, or stand in its paragraph, are kept with that body
-- level: error
-- why: Who said what is the core of a record of voices.
-- mend: Correct organisation_id or credited_to, or the words or the locator.
-- message: {key}: the {field} is {value}, but {state}.
-- except: yes
-- example: {"table": "statements", "row": "S08", "set": {"organisation_id": "ijm"}}
-- mended: {"organisation_id": "agape"}
-- says: ["statements", "S08", "organisation_id"]
WITH names AS ( -- as texts call them: by a short name without “of”, or by their letters
    SELECT organisation_id, unnest([CASE WHEN NOT contains(name, ' of ') THEN name END, CASE WHEN length(organisation_id) BETWEEN 3 AND 5 THEN upper(organisation_id) END]) AS called FROM organisations
), placed AS (SELECT organisation_id AS body, source_id, regexp_extract(locator, '^para ([0-9]+)(?: to ([0-9]+))?', ['first', 'last']) AS para, line, statement_id FROM statements WHERE starts_with(locator, 'para ')),
told AS (
    SELECT p.line, statement_id, body, list(a.organisation_id) AS bodies FROM placed p JOIN article_statements a USING (source_id)
    WHERE try_cast(regexp_extract(a.locator, 'para ([0-9]+)', 1) AS INTEGER) BETWEEN try_cast(para.first AS INTEGER) AND coalesce(try_cast(para.last AS INTEGER), try_cast(para.first AS INTEGER)) AND a.organisation_id IS NOT NULL GROUP BY ALL
), judged AS (
    SELECT 'statements' AS table_name, line, statement_id AS key, 'organisation_id' AS field, organisation_id AS value, 'its words speak of ' || called || ' as of another' AS state FROM statements JOIN names USING (organisation_id) WHERE contains(paraphrase, called)
    UNION ALL SELECT 'article_statements', line, article_statement_id, 'organisation_id', organisation_id, 'the finding says that ' || called || ' disputes it' FROM article_statements JOIN names USING (organisation_id)
    WHERE contains(finding, called || ' rejects') OR contains(finding, called || ' disputes') OR contains(finding, called || ' denies')
    UNION ALL SELECT 'study_facts', line, study_fact_id, 'credited_to', credited_to, 'it stands in what ' || called || ' says' FROM study_facts JOIN names n ON list_contains(string_split(locator, ' '), called) WHERE credited_to <> n.organisation_id
    UNION ALL SELECT 'statements', line, statement_id, 'organisation_id', body, 'the article has that paragraph from ' || bodies[1] FROM told WHERE NOT list_contains(bodies, body)
    UNION ALL SELECT 'article_statements', line, article_statement_id, 'organisation_id', organisation_id, 'the voice of that paragraph is ' || min(body) FROM (
        SELECT a.*, body FROM article_statements a JOIN placed p USING (source_id) WHERE a.organisation_id IS NOT NULL AND verdict <> 'disputed'
            AND try_cast(regexp_extract(a.locator, 'para ([0-9]+)', 1) AS INTEGER) BETWEEN try_cast(para.first AS INTEGER) AND coalesce(try_cast(para.last AS INTEGER), try_cast(para.first AS INTEGER)))
    GROUP BY ALL HAVING NOT bool_or(body = organisation_id)
    UNION ALL SELECT 'statements', s.line, s.statement_id, 'organisation_id', s.organisation_id, 'the number that it supports is credited to ' || min(credited_to) FROM statements s JOIN statement_values b USING (statement_id) JOIN reported_values v ON v.value_id = b.value_id AND v.source_id = s.source_id
    WHERE credited_to IS NOT NULL AND bearing NOT IN ('disputes', 'qualifies') AND s.study_id IS NULL GROUP BY s.line, s.statement_id, s.organisation_id HAVING NOT bool_or(credited_to = s.organisation_id)
)
SELECT DISTINCT 'data/' || table_name || '.csv' AS file, line, field, value, key, state
FROM judged
-- breaks: [{"table": "article_statements", "row": "KT28", "set": {"organisation_id": "mlop-tapang"}}]
-- says: ["article_statements", "KT28", "organisation_id"]
-- breaks: [{"table": "study_facts", "row": "KH027", "set": {"credited_to": "ijm"}}]
-- says: ["study_facts", "KH027", "credited_to"]
-- breaks: [{"table": "statements", "row": "S04", "set": {"organisation_id": "mlop-tapang"}}]
-- says: ["article_statements", "KT30", "organisation_id"]
-- says: ["article_statements", "KT31", "organisation_id"]
-- says: ["statements", "S04", "organisation_id"]
-- breaks: [{"table": "article_statements", "row": "KT30", "set": {"organisation_id": "national-police"}}]
-- says: ["article_statements", "KT30", "organisation_id"]
-- breaks: [{"table": "statements", "row": "S05", "set": {"organisation_id": "us-state-department"}}]
-- says: ["statements", "S05", "organisation_id"]
-- passes: [{"table": "statements", "row": "S08", "set": {"organisation_id": "ijm", "paraphrase": "Concedes having no comparable research."}}]
