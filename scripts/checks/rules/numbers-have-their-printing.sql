-- title: A number in the words of a statement or a claim is printed by what they rest on
-- level: error
-- why: A statement beside the number of another year or people seems to be about that.
-- mend: Correct the number in the words, or name the reading that prints it.
-- message: {key}: {told}, and {state}.
-- except: yes
-- example: {"table": "article_evidence", "row": "KT08-01", "set": {"value_id": "KH034"}}
-- mended: {"value_id": "KH007"}
-- says: ["article_evidence", "KT08-02", "value_id"]
WITH said AS (SELECT *, try_cast(regexp_extract_all(paraphrase || ' ' || finding, '\b(?:19|20)[0-9]{2}\b') AS INTEGER[]) AS years, regexp_matches(paraphrase, '\b(?:19|20)[0-9]{2}\b') AS dated FROM article_statements),
evidence AS (
    SELECT article_statement_id, max(e.line) FILTER (e.value_id IS NOT NULL) AS line, arg_max(e.value_id, e.line) AS last, string_agg(concat_ws(' ', v.printed, v.scope_as_printed, f.fact_as_printed, x.title, x.fact_as_printed, x.date, report_year), ' ') AS words
    FROM article_evidence e LEFT JOIN reported_values v USING (value_id) LEFT JOIN study_facts f ON f.study_fact_id = e.study_fact_id LEFT JOIN events x ON x.event_id = e.event_id GROUP BY article_statement_id
), bears AS (
    SELECT b.line, b.statement_id, b.value_id, s.paraphrase, s.study_id_reason, s.source_id AS own, v.source_id, v.age_min, v.age_max, regexp_extract(s.paraphrase, '\baged ([0-9]+) (?:and|to) ([0-9]+)', ['lo', 'hi']) AS band
    FROM statement_values b JOIN statements s USING (statement_id) JOIN reported_values v ON v.value_id = b.value_id
), printed AS (SELECT string_agg(concat_ws(' ', printed, scope_as_printed), '; ') AS words FROM (SELECT DISTINCT printed, scope_as_printed FROM reported_values)),
judged AS (
    SELECT 'article_evidence' AS table_name, line, 'value_id' AS field, last AS value, article_statement_id AS key, 'the words say ' || number AS told, 'no evidence prints it' AS state
    FROM (SELECT article_statement_id, unnest(regexp_extract_all(words_as_printed, '[0-9][0-9,.]*[0-9]|[0-9]')) AS number FROM article_statements) JOIN evidence USING (article_statement_id) WHERE last IS NOT NULL AND NOT contains(words, number)
    UNION ALL SELECT 'article_evidence', e.line, 'value_id', e.value_id, article_evidence_id, 'the statement is of ' || array_to_string(years, ' and '), e.value_id || ' is of ' || period
    FROM article_evidence e JOIN said USING (article_statement_id) JOIN all_readings v ON v.value_id = e.value_id WHERE dated AND from_year IS NOT NULL AND NOT list_bool_or(list_transform(years, lambda one: one BETWEEN from_year AND to_year))
    UNION ALL SELECT 'article_evidence', e.line, 'report_year', report_year::VARCHAR, article_evidence_id, 'the statement is of ' || array_to_string(years, ', '), 'the report is of ' || report_year FROM article_evidence e JOIN said USING (article_statement_id)
    WHERE report_year IS NOT NULL AND NOT list_contains(years, report_year) AND NOT list_contains(years, report_year + 1) AND NOT (regexp_matches(finding, 'since 20') AND report_year > list_max(years))
    UNION ALL SELECT 'statement_values', line, 'value_id', value_id, statement_id, 'its words say aged ' || band.lo || ' to ' || band.hi, value_id || ' is of other ages' FROM bears
    WHERE NOT contains(paraphrase, 'under ') AND band.lo <> '' AND (age_max < try_cast(band.lo AS INTEGER) OR age_min > try_cast(band.hi AS INTEGER))
    UNION ALL SELECT 'statement_values', line, 'value_id', value_id, statement_id, 'it names no study', value_id || ' is of another source, while its own source has readings' FROM bears
    WHERE study_id_reason = 'no_study_named' AND source_id <> own AND own IN (SELECT source_id FROM reported_values)
    UNION ALL SELECT 'claims', line, 'text', text, claim_id, 'its text says ' || number || ' percent', 'no reading prints that'
    FROM (SELECT line, claim_id, text, unnest(regexp_extract_all(text, '\b([0-9]+(?:[.][0-9]+)?)(?: percent| to [0-9.]+ percent)', 1)) AS number FROM claims), printed WHERE NOT regexp_matches(words, '(?:^|[^0-9.,])' || replace(number, '.', '[.,]'))
)
SELECT 'data/' || table_name || '.csv' AS file, line, field, value, key, told, state
FROM judged
-- breaks: [{"table": "article_evidence", "row": "KT12-01", "set": {"value_id": "KH043"}}]
-- says: ["article_evidence", "KT12-01", "value_id"]
-- breaks: [{"table": "article_evidence", "row": "KT32-05", "set": {"report_year": "2006"}}]
-- says: ["article_evidence", "KT32-05", "report_year"]
-- breaks: [{"table": "statement_values", "row": ["S17", "KH201"], "set": {"value_id": "KH018"}}]
-- says: ["statement_values", "S17 KH018", "value_id"]
-- breaks: [{"table": "statement_values", "row": ["S05", "KH060"], "set": {"value_id": "KH053"}}]
-- says: ["statement_values", "S05 KH053", "value_id"]
-- breaks: [{"table": "claims", "row": "40-percent", "set": {"text": "One source read prints 41.7 percent."}}]
-- says: ["claims", "40-percent", "text"]
-- passes: [{"table": "article_statements", "row": "KT08", "set": {"words_as_printed": "thirty-eight"}}]
