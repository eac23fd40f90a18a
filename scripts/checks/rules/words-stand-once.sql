-- title: Words that tell one row from the others stand in one row alone
-- level: error
-- why: A name or a definition that was copied from the row above describes another thing.
-- mend: Write the words of this row; where two rows are one thing, keep one of them.
-- message: {key} has the {field} of {other}: “{short}”.
-- except: yes
-- example: {"table": "populations", "row": "direct-sex-work", "set": {"name": "People in indirect sex work"}}
-- mended: {"name": "People in direct sex work"}
-- says: ["populations", "indirect-sex-work", "name"]
WITH told AS (
    SELECT 'indicators' AS table_name, line, indicator_id AS key, unnest([{'field': 'name', 'value': name}, {'field': 'definition', 'value': definition}], recursive := true) FROM indicators
    UNION ALL SELECT 'populations' AS table_name, line, population_id AS key, unnest([{'field': 'name', 'value': name}, {'field': 'definition', 'value': definition}], recursive := true) FROM populations
    UNION ALL SELECT 'places' AS table_name, line, place_id AS key, unnest([{'field': 'name', 'value': name}, {'field': 'note', 'value': note}], recursive := true) FROM places
    UNION ALL SELECT 'series' AS table_name, line, series_id AS key, unnest([{'field': 'name', 'value': name}, {'field': 'counts', 'value': counts}], recursive := true) FROM series
    UNION ALL SELECT 'terms' AS table_name, line, term_id AS key, unnest([{'field': 'avoid', 'value': avoid}, {'field': 'use_instead', 'value': use_instead}, {'field': 'pattern', 'value': pattern}], recursive := true) FROM terms
    UNION ALL SELECT 'claims' AS table_name, line, claim_id AS key, unnest([{'field': 'name', 'value': name}, {'field': 'text', 'value': text}, {'field': 'lookup', 'value': lookup}], recursive := true) FROM claims
    UNION ALL SELECT 'article_statements' AS table_name, line, article_statement_id AS key, unnest([{'field': 'paraphrase', 'value': paraphrase}, {'field': 'finding', 'value': finding}, {'field': 'words_as_printed', 'value': words_as_printed}], recursive := true) FROM article_statements
    UNION ALL SELECT 'statements' AS table_name, line, statement_id AS key, unnest([{'field': 'paraphrase', 'value': paraphrase}], recursive := true) FROM statements
    UNION ALL SELECT 'limitations' AS table_name, line, limitation_id AS key, unnest([{'field': 'name', 'value': name}, {'field': 'text', 'value': text}], recursive := true) FROM limitations
    UNION ALL SELECT 'events' AS table_name, line, event_id AS key, unnest([{'field': 'text', 'value': text}, {'field': 'title', 'value': title}, {'field': 'fact_as_printed', 'value': CASE WHEN length(fact_as_printed) > 25 THEN fact_as_printed END}], recursive := true) FROM events
    UNION ALL SELECT 'event_checks' AS table_name, line, one_id || ' ' || other_id AS key, unnest([{'field': 'reason', 'value': reason}], recursive := true) FROM event_checks
    UNION ALL SELECT 'studies' AS table_name, line, study_id AS key, unnest([{'field': 'name', 'value': name}], recursive := true) FROM studies
    UNION ALL SELECT 'featured' AS table_name, line, role AS key, unnest([{'field': 'what_for', 'value': what_for}], recursive := true) FROM featured
    UNION ALL SELECT 'not_available' AS table_name, line, not_available_id AS key, unnest([{'field': 'what', 'value': what}], recursive := true) FROM not_available
)
SELECT 'data/' || table_name || '.csv' AS file, max(line) AS line, field, value, arg_max(key, line) AS key, arg_min(key, line) AS other, left(value, 60) AS short
FROM told WHERE value IS NOT NULL GROUP BY table_name, field, value HAVING count(*) > 1
-- breaks: [{"table": "events", "row": "RESP-154", "set": {"fact_as_printed": "Tier 2 Watch List to Tier 2"}}]
-- says: ["events", "RESP-161", "fact_as_printed"]
-- passes: [{"table": "populations", "row": "direct-sex-work", "set": {"name": "People in some sex work"}}]
