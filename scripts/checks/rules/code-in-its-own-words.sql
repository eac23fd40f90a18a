-- title: A code is the one that the words of its own row tell
-- level: error
-- why: A ministry filed as a United Nations body, or a fall filed as a rise, is counted with the wrong ones.
-- mend: Correct the code or the words; where both are right, record the row in data/exceptions.csv with its reason.
-- message: {key}: the {field} is {value}, but the words say “{said}”.
-- except: yes
-- example: {"table": "organisations", "row": "moh", "set": {"kind": "un_body"}}
-- mended: {"kind": "government"}
-- says: ["organisations", "moh", "kind"]
WITH judged AS (
    SELECT 'organisations' AS table_name, line, key, 'kind' AS field, value, coalesce(CASE WHEN value NOT IN ('government') THEN nullif(regexp_extract(text, '^ministry|national committee|\bpolice\b|municipality|city hall|^government of|national institute'), '') END,
            CASE WHEN value NOT IN ('un_body') THEN nullif(regexp_extract(text, 'united nations|unicef|unodc|unaids|^international (?:labour|organization)'), '') END,
            CASE WHEN value NOT IN ('foreign_government') THEN nullif(regexp_extract(text, '^united states'), '') END,
            CASE WHEN value NOT IN ('academic') THEN nullif(regexp_extract(text, 'universit|college|research paper|study collaborative'), '') END,
            CASE WHEN value NOT IN ('media') THEN nullif(regexp_extract(text, '\bmedia\b'), '') END,
            CASE WHEN value NOT IN ('local_ngo', 'international_ngo', 'unknown') THEN nullif(regexp_extract(text, 'association|\bnetwork\b|foundation'), '') END,
            CASE WHEN value NOT IN ('funder') THEN nullif(regexp_extract(text, '\bfund\b'), '') END,
            CASE WHEN value NOT IN ('un_body', 'international_ngo', 'implementer', 'research_body') THEN nullif(regexp_extract(text, '^(?:united nations|ecpat int|international)'), '') END) AS said FROM (SELECT line, organisation_id AS key, kind AS value, lower(name) AS text FROM organisations)
    UNION ALL SELECT 'places', line, key, 'level', value, coalesce(CASE WHEN value NOT IN ('province', 'region') THEN nullif(regexp_extract(text, '(?:division|province)$'), '') END,
            CASE WHEN value NOT IN ('region') THEN nullif(regexp_extract(text, 'sub-region|asia$'), '') END,
            CASE WHEN value NOT IN ('area_set') THEN nullif(regexp_extract(text, ' and |^(?:two|three|four|five|six|seven|eight|twenty|[0-9]+) |urban centres'), '') END,
            CASE WHEN value NOT IN ('city', 'area_set') THEN nullif(regexp_extract(text, 'city|^metro'), '') END,
            CASE WHEN value NOT IN ('study_area', 'area_set') THEN nullif(regexp_extract(text, 'district|not named'), '') END) FROM (SELECT line, place_id AS key, level AS value, lower(name) AS text FROM places)
    UNION ALL SELECT 'sources', line, key, 'kind', value, coalesce(CASE WHEN value NOT IN ('dataset', 'un_document', 'ngo_report', 'government_report', 'academic_article') THEN nullif(regexp_extract(text, '\bdataset'), '') END,
            CASE WHEN value NOT IN ('evaluation', 'ngo_web_page', 'press_release', 'ngo_report', 'academic_article', 'newspaper') THEN nullif(regexp_extract(text, '^external evaluation'), '') END,
            CASE WHEN value NOT IN ('evaluation', 'ngo_report', 'ngo_web_page', 'government_report') THEN nullif(regexp_extract(text, '^external evaluation'), '') END,
            CASE WHEN value NOT IN ('news_agency') THEN nullif(regexp_extract(text, '/ (?:xinhua|reuters|afp|dpa|kyodo)\b'), '') END,
            CASE WHEN value NOT IN ('academic_article', 'dataset', 'reference_work') THEN nullif(regexp_extract(text, '\bjournal of|plos one|\bbmc '), '') END,
            CASE WHEN value NOT IN ('un_document', 'ngo_report', 'government_report', 'ngo_web_page', 'press_release', 'dataset', 'government_web_page', 'academic_article', 'other', 'reference_work', 'newspaper') THEN nullif(regexp_extract(text, 'committee on the rights'), '') END) FROM (SELECT line, source_id AS key, kind AS value, lower(title || ' / ' || publisher) AS text FROM sources)
    UNION ALL SELECT 'sources', line, key, 'language', value, coalesce(CASE WHEN value NOT IN ('it') THEN nullif(regexp_extract(text, 'cambogia'), '') END,
            CASE WHEN value NOT IN ('de') THEN nullif(regexp_extract(text, 'kambodscha'), '') END,
            CASE WHEN value NOT IN ('fr') THEN nullif(regexp_extract(text, '\bcambodge\b'), '') END,
            CASE WHEN value NOT IN ('km') THEN nullif(regexp_extract(text, '\(khmer\)|\p{Khmer}{4}'), '') END,
            CASE WHEN value NOT IN ('es', 'pt') THEN nullif(regexp_extract(text, 'camboya|camboja'), '') END) FROM (SELECT line, source_id AS key, language AS value, lower(title) AS text FROM sources)
    UNION ALL SELECT 'series_breaks', line, key, 'kind', value, coalesce(CASE WHEN value NOT IN ('who_counted') THEN nullif(regexp_extract(text, 'named as the source|credited to'), '') END,
            CASE WHEN value NOT IN ('period') THEN nullif(regexp_extract(text, 'prints the year'), '') END,
            CASE WHEN value NOT IN ('venue_closure') THEN nullif(regexp_extract(text, 'entertainment services were suspended'), '') END,
            CASE WHEN value NOT IN ('law') THEN nullif(regexp_extract(text, '^the law of'), '') END,
            CASE WHEN value NOT IN ('online_scam') THEN nullif(regexp_extract(text, 'online[- ]scam'), '') END) FROM (SELECT line, series_id || ' ' || break_id AS key, kind AS value, lower(text) AS text FROM series_breaks)
    UNION ALL SELECT 'event_checks', line, key, 'type', value, coalesce(CASE WHEN value IN ('contradiction') THEN nullif(regexp_extract(text, 'it (?:names no|speaks of no)'), '') END) FROM (SELECT line, one_id || ' ' || other_id AS key, type AS value, lower(reason) AS text FROM event_checks)
    UNION ALL SELECT 'article_statements', line, key, 'verdict', value, coalesce(CASE WHEN value IN ('confirmed', 'fits') THEN nullif(regexp_extract(text, 'does not follow|do(?:es)? not agree'), '') END,
            CASE WHEN value IN ('confirmed', 'printed_alike') THEN nullif(regexp_extract(text, 'no other text|nothing that was read'), '') END) FROM (SELECT line, article_statement_id AS key, verdict AS value, lower(finding) AS text FROM article_statements)
    UNION ALL SELECT 'studies', line, key, 'sampling_unit', value, coalesce(CASE WHEN value IN ('venue', 'image', 'venue_time') THEN nullif(regexp_extract(text, '^household'), '') END,
            CASE WHEN value IN ('household', 'image') THEN nullif(regexp_extract(text, 'hotspots|venues?\b'), '') END,
            CASE WHEN value IN ('household', 'venue') THEN nullif(regexp_extract(text, '^(?:respondent_driven|link_tracing)'), '') END) FROM (SELECT line, study_id AS key, sampling_unit AS value, design || '. ' || lower(concat_ws(' ', frame_as_printed, name)) AS text FROM studies)
    UNION ALL SELECT 'studies', line, key, 'design', value, coalesce(CASE WHEN value NOT IN ('cluster_survey') THEN nullif(regexp_extract(text, 'two-stage cluster'), '') END,
            CASE WHEN value NOT IN ('household_survey', 'cluster_survey') THEN nullif(regexp_extract(text, 'household survey'), '') END,
            CASE WHEN value NOT IN ('respondent_driven', 'other') THEN nullif(regexp_extract(text, 'respondent-driven'), '') END,
            CASE WHEN value NOT IN ('link_tracing') THEN nullif(regexp_extract(text, 'link-tracing'), '') END,
            CASE WHEN value NOT IN ('time_space_sampling') THEN nullif(regexp_extract(text, 'time-space'), '') END) FROM (SELECT line, study_id AS key, design AS value, lower(design_note) AS text FROM studies)
    UNION ALL SELECT 'statements', line, key, 'claim_type', value, coalesce(CASE WHEN value NOT IN ('trend', 'cause', 'level', 'coverage') THEN nullif(regexp_extract(text, '\bfell\b|has (?:fallen|decreased)|are down'), '') END) FROM (SELECT line, statement_id AS key, claim_type AS value, lower(paraphrase) AS text FROM statements)
    UNION ALL SELECT 'reported_values', line, key, 'indicator_id', value, coalesce(CASE WHEN value IS NOT NULL THEN nullif(regexp_extract(text, '^rise\. (?:.*\b(?:down|decline|declined|decrease|decreased|dropped|fell|fewer)\b)'), '') END,
            CASE WHEN value IS NOT NULL THEN nullif(regexp_extract(text, '^fall\. (?:.*\b(?:up|increase|increased|rose|risen|more than)\b)'), '') END) FROM (SELECT reported_values.line, value_id AS key, indicator_id AS value, CASE WHEN i.direction = 'rise' OR i.name LIKE 'More %' THEN 'rise. ' WHEN i.direction = 'fall' OR i.name LIKE 'Fewer %' THEN 'fall. ' END || lower(printed || ' ' || scope_as_printed) AS text FROM reported_values JOIN indicators i USING (indicator_id))
    UNION ALL SELECT 'reported_values', line, key, 'written_in', value, coalesce(CASE WHEN value NOT IN ('fraction') THEN nullif(regexp_extract(text, '\b(?:1 (?:in|out of) [0-9]|una? de cada)'), '') END) FROM (SELECT line, value_id AS key, written_in AS value, lower(printed) AS text FROM reported_values)
    UNION ALL SELECT 'assumptions', line, key, 'basis', value, coalesce(CASE WHEN value NOT IN ('sourced') THEN nullif(regexp_extract(text, '^the value is the printed one'), '') END) FROM (SELECT line, assumption_id AS key, basis AS value, CASE WHEN abs(coalesce(try_cast(regexp_extract(value_as_printed, '^(?:approximately )?([0-9.]+) ?(?:%|percent)', 1) AS DOUBLE) / 100, try_cast(value_as_printed AS DOUBLE), -9) - value) < 0.0001 AND NOT regexp_matches(lower(caveat), '^near it') THEN 'the value is the printed one' ELSE '' END AS text FROM assumptions)
)
SELECT 'data/' || table_name || '.csv' AS file, line, key, field, value, left(regexp_replace(said, '^(?:rise|fall)[.] ', ''), 60) AS said FROM judged WHERE said IS NOT NULL
-- breaks: [{"table": "reported_values", "row": "RESP-081-b", "set": {"indicator_id": "cases-more"}}]
-- says: ["reported_values", "RESP-081-b", "indicator_id"]
-- breaks: [{"table": "series_breaks", "row": ["moi-cases-year", "B024"], "set": {"kind": "definition"}}]
-- says: ["series_breaks", "moi-cases-year B024", "kind"]
-- breaks: [{"table": "series_breaks", "row": ["tip-convictions-year", "B041"], "set": {"kind": "coverage"}}]
-- says: ["series_breaks", "tip-convictions-year B041", "kind"]
-- passes: [{"table": "organisations", "row": "chab-dai", "set": {"kind": "local_ngo"}}]
