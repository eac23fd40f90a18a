-- title: A row and what it refers to share a word or a number that is not in all of its kind
-- level: warning
-- why: A statement on 38 people that rests on the number of another year misleads, though both rows are sound.
-- mend: Refer to the row that the words mean, or record the row in data/exceptions.csv with its reason.
-- message: {key}: its words share nothing particular with {value}.
-- except: yes
-- example: {"table": "article_evidence", "row": "KT08-01", "set": {"value_id": "KH288"}}
-- mended: {"value_id": "KH007"}
-- says: {"table": "article_evidence", "row": "KT08-01", "field": "value_id", "value": "KH288", "message": "KT08-01: its words share nothing particular with KH288."}
WITH refs AS (
    SELECT 'article_evidence' AS table_name, e.line AS line, article_evidence_id AS key, 'value_id' AS field, e.value_id AS value, 'reading' AS kind, concat_ws(' ', a.paraphrase, a.finding, a.words_as_printed) AS text, 0 AS least FROM article_evidence e JOIN article_statements a USING (article_statement_id) WHERE e.value_id IS NOT NULL
    UNION ALL SELECT 'article_evidence', e.line, article_evidence_id, 'statement_id', e.statement_id, 'statement', concat_ws(' ', a.paraphrase, a.finding, a.words_as_printed), 0 FROM article_evidence e JOIN article_statements a USING (article_statement_id) WHERE e.statement_id IS NOT NULL
    UNION ALL SELECT 'article_evidence', e.line, article_evidence_id, 'limitation_id', e.limitation_id, 'limitation', concat_ws(' ', a.paraphrase, a.finding, a.words_as_printed), 0 FROM article_evidence e JOIN article_statements a USING (article_statement_id) WHERE e.limitation_id IS NOT NULL
    UNION ALL SELECT 'article_evidence', e.line, article_evidence_id, 'event_id', e.event_id, 'event', concat_ws(' ', a.paraphrase, a.finding, a.words_as_printed), 0 FROM article_evidence e JOIN article_statements a USING (article_statement_id) WHERE e.event_id IS NOT NULL
    UNION ALL SELECT 'article_evidence', e.line, article_evidence_id, 'study_fact_id', e.study_fact_id, 'fact', concat_ws(' ', a.paraphrase, a.finding, a.words_as_printed), 0 FROM article_evidence e JOIN article_statements a USING (article_statement_id) WHERE e.study_fact_id IS NOT NULL
    UNION ALL SELECT 'article_evidence', e.line, article_evidence_id, 'not_available_id', e.not_available_id, 'gap', concat_ws(' ', a.paraphrase, a.finding, a.words_as_printed), 0 FROM article_evidence e JOIN article_statements a USING (article_statement_id) WHERE e.not_available_id IS NOT NULL
    UNION ALL SELECT 'not_available', e.line, not_available_id, 'study_id', e.study_id, 'study', concat_ws(' ', what, what_would_settle), 0 FROM not_available e WHERE e.study_id IS NOT NULL
    UNION ALL SELECT 'cross_checks', e.line, one_id || ' ' || other_id, 'one_id', e.one_id, 'reading', reason, 0 FROM cross_checks e WHERE e.one_id IS NOT NULL
    UNION ALL SELECT 'cross_checks', e.line, one_id || ' ' || other_id, 'other_id', e.other_id, 'reading', reason, 0 FROM cross_checks e WHERE e.other_id IS NOT NULL
    UNION ALL SELECT 'assumptions', e.line, assumption_id, 'value_id', e.value_id, 'reading', concat_ws(' ', parameter, value_as_printed, caveat), 1 FROM assumptions e WHERE e.value_id IS NOT NULL
    UNION ALL SELECT 'study_facts', e.line, study_fact_id, 'study_id', e.study_id, 'study', concat_ws(' ', fact_as_printed, s.title, s.publisher, s.date_published), 0 FROM study_facts e JOIN sources s USING (source_id) WHERE e.study_id IS NOT NULL
    UNION ALL SELECT 'limitations', e.line, limitation_id, 'value_id', e.value_id, 'reading', concat_ws(' ', name, text), 1 FROM limitations e WHERE e.value_id IS NOT NULL
    UNION ALL SELECT 'limitation_studies', e.line, limitation_id || ' ' || e.study_id, 'study_id', e.study_id, 'study', concat_ws(' ', l.name, l.text), 0 FROM limitation_studies e JOIN limitations l USING (limitation_id) WHERE e.study_id IS NOT NULL
    UNION ALL SELECT 'claim_values', e.line, claim_id || ' ' || value_id, 'value_id', e.value_id, 'reading', concat_ws(' ', c.name, c.text, c.lookup), 0 FROM claim_values e JOIN claims c USING (claim_id) WHERE e.value_id IS NOT NULL
), about AS (
    SELECT 'reading' AS kind, v.value_id AS value, concat_ws(' ', v.printed, v.scope_as_printed, v.period, v.period_as_printed, v.place_name, i.name, p.name, o.name, t.name, s.title, s.publisher) AS text
    FROM all_readings v JOIN indicators i USING (indicator_id) JOIN sources s ON s.source_id = v.source_id LEFT JOIN populations p USING (population_id) LEFT JOIN organisations o ON o.organisation_id = v.credited_to LEFT JOIN studies t ON t.study_id = v.study_id
    UNION ALL SELECT 'statement', statement_id, concat_ws(' ', s.paraphrase, s.date, o.name, t.name, d.title) FROM statements s JOIN organisations o USING (organisation_id) JOIN sources d ON d.source_id = s.source_id LEFT JOIN studies t ON t.study_id = s.study_id
    UNION ALL SELECT 'limitation', limitation_id, concat_ws(' ', l.name, l.text, o.name, t.name) FROM limitations l LEFT JOIN organisations o ON o.organisation_id = l.raised_by LEFT JOIN studies t ON t.study_id = l.study_id
    UNION ALL SELECT 'event', event_id, concat_ws(' ', date, title, text, fact_as_printed) FROM events
    UNION ALL SELECT 'fact', study_fact_id, concat_ws(' ', f.fact_as_printed, f.attribute, t.name, s.title, s.publisher) FROM study_facts f JOIN studies t USING (study_id) JOIN sources s ON s.source_id = f.source_id
    UNION ALL SELECT 'gap', not_available_id, concat_ws(' ', what, what_would_settle) FROM not_available
    UNION ALL SELECT 'study', study_id, concat_ws(' ', t.name, o.name, q.name, p.name, t.fieldwork, t.design, t.design_note, t.sampling_unit, t.frame_as_printed, t.generalises_to, t.interest, t.venue_types_as_printed) FROM studies t JOIN organisations o ON o.organisation_id = t.organisation_id JOIN places q ON q.place_id = t.place_id LEFT JOIN populations p ON p.population_id = t.population_id
), words AS (
    SELECT kind, value, unnest(list_distinct(list_transform(regexp_extract_all(lower(replace(text, ',', '')), '\p{L}{4,}|[0-9]+(?:[.][0-9]+)?'), lambda one: left(one, 6)))) AS word FROM about SEMI JOIN refs USING (kind, value)
), used AS (
    SELECT DISTINCT table_name, field, kind, value FROM refs
), rare AS (
    SELECT table_name, field, word, count(*) AS times FROM used JOIN words USING (kind, value) GROUP BY ALL
), told AS (
    SELECT table_name, line, key, field, value, kind, least, unnest(list_distinct(list_transform(regexp_extract_all(lower(replace(text, ',', '')), '\p{L}{4,}|[0-9]+(?:[.][0-9]+)?'), lambda one: left(one, 6)))) AS word FROM refs
), kinds AS (
    SELECT table_name, field, greatest(2, 0.3 * count(*)) AS most FROM used GROUP BY ALL
)
SELECT 'data/' || table_name || '.csv' AS file, line, key, field, value
FROM told JOIN kinds USING (table_name, field) LEFT JOIN words USING (kind, value, word) LEFT JOIN rare USING (table_name, field, word)
GROUP BY ALL HAVING count(*) FILTER (words.word IS NOT NULL AND times <= most) <= any_value(least)
-- passes: [{"table": "article_evidence", "row": "KT26-03", "set": {"limitation_id": "L02"}}]
