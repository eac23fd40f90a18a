-- title: A statement of an article agrees with its words, its place in the article and its evidence
-- level: error
-- why: A verdict that its own finding contradicts is a false verdict.
-- mend: Compare the article with the row, and correct the cell that is wrong.
-- message: {key}: the {field} is {shown}, but {state}.
-- except: yes
-- example: {"table": "article_statements", "row": "KT08", "set": {"words_as_printed": "83"}}
-- mended: {"words_as_printed": "38"}
-- says: ["article_statements", "KT08", "words_as_printed"]
WITH told AS (
    SELECT *, regexp_extract_all(words_as_printed, '[0-9][0-9,.]*[0-9]|[0-9]') AS digits, regexp_extract_all(paraphrase, '[0-9][0-9,.]*[0-9]|[0-9]') AS meant,
        try_cast(regexp_extract(locator, 'para ([0-9]+)', 1) AS INTEGER) AS para
    FROM article_statements
), ordered AS (
    SELECT *, coalesce(lag(para) OVER (ORDER BY article_statement_id), 0) AS before, coalesce(lead(para) OVER (ORDER BY article_statement_id), 1000) AS after FROM told
), evidence AS (
    SELECT e.*, a.paraphrase, a.finding, a.organisation_id AS body, a.meant, v.printed, v.low, v.high, v.qualifier, v.period, v.from_year, v.to_year, v.source_id AS value_source, a.source_id AS article
    FROM article_evidence e JOIN told a USING (article_statement_id) LEFT JOIN all_readings v ON v.value_id = e.value_id
), judged AS (
    SELECT 'article_statements' AS table_name, line, article_statement_id AS key, 'words_as_printed' AS field, words_as_printed AS value, list_filter(digits, lambda one: NOT list_contains(meant, one))[1] || ' is not in the paraphrase' AS state FROM told
    WHERE len(list_filter(digits, lambda one: NOT list_contains(meant, one))) > 0
    UNION ALL SELECT 'article_statements', line, article_statement_id, 'locator', locator, 'the statements stand in the order of the article' FROM ordered WHERE before <= after AND para NOT BETWEEN before AND after
    UNION ALL SELECT 'article_statements', line, article_statement_id, 'verdict', verdict, 'its finding says “' || split_part(finding, '.', 1) || '”' FROM told
    WHERE starts_with(finding, 'This is a judgement') AND verdict <> 'not_testable' OR starts_with(finding, 'No other text') AND verdict NOT IN ('no_evidence', 'not_testable')
        OR regexp_matches(finding, '^Another newspaper gives') AND verdict NOT IN ('differs', 'disputed')
    UNION ALL SELECT 'article_statements', a.line, a.article_statement_id, 'organisation_id', a.organisation_id, 'its evidence is of ' || min(s.organisation_id) FROM told a JOIN article_evidence e USING (article_statement_id) JOIN statements s ON s.statement_id = e.statement_id AND s.source_id = a.source_id
    WHERE a.organisation_id IS NOT NULL AND ends_with(s.locator, 'para ' || a.para) AND a.verdict <> 'disputed' GROUP BY a.line, a.article_statement_id, a.organisation_id HAVING NOT bool_or(s.organisation_id = a.organisation_id)
    UNION ALL SELECT 'article_statements', a.line, a.article_statement_id, 'organisation_id', a.organisation_id, 'its limitation is raised by ' || m.raised_by FROM told a JOIN article_evidence e USING (article_statement_id) JOIN limitations m ON m.limitation_id = e.limitation_id AND m.source_id = a.source_id AND m.locator = a.locator
    WHERE m.raised_by <> a.organisation_id AND a.verdict NOT IN ('disputed', 'not_testable')
    UNION ALL SELECT 'article_evidence', line, article_evidence_id, 'value_id', value_id, 'the statement gives ' || meant[1] FROM evidence
    WHERE value_source = article AND low IS NOT NULL AND len(meant) > 0 AND NOT regexp_matches(printed, '[a-z]{5}') AND NOT list_bool_or(list_transform(meant, lambda one: contains(printed, one)))
    UNION ALL SELECT 'article_evidence', e.line, article_evidence_id, 'value_id', e.value_id, 'the statement gives ' || a.words_as_printed FROM evidence e JOIN told a USING (article_statement_id)
    WHERE a.verdict IN ('printed_alike', 'confirmed') AND regexp_matches(a.words_as_printed, '^[0-9][0-9,.]*(?: [a-z]+)?$') AND low IS NOT NULL AND NOT list_contains(list_transform(regexp_extract_all(a.paraphrase || ' ' || a.finding, '[0-9][0-9,]*'), lambda one: try_cast(replace(one, ',', '') AS DOUBLE)), low)
    UNION ALL SELECT 'article_evidence', e.line, article_evidence_id, 'limitation_id', e.limitation_id, 'the statement tells who was left out, and “' || m.name || '” is of the kind ' || m.kind FROM evidence e JOIN limitations m USING (limitation_id) WHERE contains(e.paraphrase, 'left out') AND m.kind <> 'coverage'
    UNION ALL SELECT 'article_evidence', e.line, article_evidence_id, 'not_available_id', e.not_available_id, 'it is about ' || n.topic || ', of which the article prints no number' FROM evidence e JOIN not_available n USING (not_available_id) WHERE NOT EXISTS (FROM all_readings v WHERE v.source_id = e.article AND v.topic = n.topic)
    UNION ALL SELECT 'statements', s.line, s.statement_id, 'role', s.role, 'the article calls the speaker “' || min(speaker) || '”' FROM (SELECT *, regexp_extract(lower(paraphrase), '^an? ((?:senior )?(?:vice president|president|director|founder|executive)) ', 1) AS speaker FROM told) a JOIN article_evidence e USING (article_statement_id) JOIN statements s ON s.statement_id = e.statement_id AND s.organisation_id = a.organisation_id
    WHERE speaker <> '' GROUP BY a.article_statement_id, s.line, s.statement_id, s.role HAVING NOT bool_or(replace(speaker, ' ', '_') = s.role)
    UNION ALL SELECT 'statements', s.line, s.statement_id, CASE WHEN s.source_id = a.source_id THEN 'locator' ELSE 'source_id' END, CASE WHEN s.source_id = a.source_id THEN s.locator ELSE s.source_id END, min(a.article_statement_id) || ', which gives the same words, stands in ' || a.source_id || ', ' || min(a.locator)
    FROM (SELECT *, try_cast(regexp_extract(locator, '^para ([0-9]+)', 1) AS INTEGER) AS first, try_cast(coalesce(nullif(regexp_extract(locator, 'to ([0-9]+)', 1), ''), regexp_extract(locator, '^para ([0-9]+)', 1)) AS INTEGER) AS last FROM statements) s
    JOIN article_evidence e ON e.statement_id = s.statement_id JOIN told a ON a.article_statement_id = e.article_statement_id AND a.organisation_id = s.organisation_id WHERE s.first IS NOT NULL
    GROUP BY s.line, s.statement_id, s.source_id, s.locator, a.source_id HAVING CASE WHEN s.source_id = a.source_id THEN NOT bool_or(a.para BETWEEN s.first AND s.last OR regexp_matches(a.locator, ' and ')) OR bool_and(a.para > s.last) ELSE bool_or(a.para BETWEEN s.first AND s.last) END
    UNION ALL SELECT 'article_evidence', line, article_evidence_id, 'place_id', place_id, 'the statement names Cambodia' FROM evidence WHERE place_id IS NOT NULL AND place_id <> 'cambodia' AND contains(paraphrase || finding, 'Cambodia')
    UNION ALL SELECT 'article_evidence', e.line, e.article_evidence_id, 'statement_id', e.statement_id, 'the finding names ' || o.name FROM evidence e JOIN statements s ON s.statement_id = e.statement_id JOIN organisations o ON starts_with(e.finding, o.name || ' rejects') WHERE s.organisation_id <> o.organisation_id AND s.source_id = e.article
)
SELECT 'data/' || table_name || '.csv' AS file, line, field, value, value AS shown, key, state
FROM judged
-- breaks: [{"table": "statements", "row": "S03", "set": {"organisation_id": "aple"}}]
-- says: ["article_evidence", "KT28-02", "statement_id"]
-- says: ["article_statements", "KT29", "organisation_id"]
-- breaks: [{"table": "article_statements", "row": "KT26", "set": {"organisation_id": "mlop-tapang"}}]
-- says: ["article_statements", "KT26", "organisation_id"]
-- says: ["article_statements", "KT26", "organisation_id"]
-- says: ["article_statements", "KT26", "organisation_id"]
-- breaks: [{"table": "article_statements", "row": "KT24", "set": {"locator": "para 31"}}]
-- says: ["article_statements", "KT24", "locator"]
-- breaks: [{"table": "article_evidence", "row": "KT08-01", "set": {"value_id": "KH034"}}]
-- says: ["article_evidence", "KT08-01", "value_id"]
-- breaks: [{"table": "article_evidence", "row": "KT31-03", "set": {"not_available_id": "N16"}}]
-- says: ["article_evidence", "KT31-03", "not_available_id"]
-- breaks: [{"table": "statements", "row": "S10", "set": {"role": "country_director"}}]
-- says: ["statements", "S10", "role"]
-- breaks: [{"table": "statements", "row": "S16", "set": {"locator": "para 8 to 10"}}]
-- says: ["statements", "S16", "locator"]
-- breaks: [{"table": "statements", "row": "S02", "set": {"source_id": "cambodia-daily-2015"}}]
-- says: ["statements", "S02", "source_id"]
-- breaks: [{"table": "article_evidence", "row": "KT26-03", "set": {"limitation_id": "L12"}}]
-- says: ["article_evidence", "KT26-03", "limitation_id"]
-- passes: [{"table": "article_statements", "row": "KT08", "set": {"words_as_printed": "thirty-eight"}}]
