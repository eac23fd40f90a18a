-- title: A reading is filed as the readings are that share its source, its study or its words
-- level: warning
-- why: A cell that differs from all its neighbours is most often a slip; where the source says so, the row is right.
-- mend: Look at the source again. Correct the cell, or record the row in data/exceptions.csv with its reason.
-- message: The {field} is {shown}; {others} with the same {alike} {has} {other}, as {one}.
-- except: yes
-- example: {"table": "reported_values", "row": "RESP-018-b", "set": {"source_id": "phnom-penh-post-2018-4"}}
-- mended: {"source_id": "phnom-penh-post-2018-3"}
-- says: ["reported_values", "RESP-017-b", "period"]
-- says: ["reported_values", "RESP-018-b", "source_id"]
WITH alike AS ( -- what tells the same in all of these cells is looked at once, and what has no other beside it not at all
    SELECT count(*) AS times, max(line) AS line, min(value_id) AS key, place_id, population_id, indicator_id, sex, age_min, age_max, period, credited_to, nature, study_id, series, topic, evidence, "show", weighted, period_basis, source_id, low, high, qualifier, written_in, scope_as_printed, period_as_printed, printed, unit, kind,
        CASE WHEN credited_to NOT IN (SELECT organisation_id FROM organisations WHERE regexp_matches(name, '\bnot\b')) THEN credited_to END AS body -- a name for whoever is not named holds unrelated bodies
    FROM all_readings GROUP BY ALL
), placed AS (
    SELECT count(*) AS times, max(line) AS line, min(value_id) AS key, source_id, locator, credited_to, nature, place_id, topic FROM all_readings GROUP BY source_id, locator, credited_to, nature, place_id, topic
    QUALIFY count(*) OVER (PARTITION BY source_id, locator) > 1
), rooted AS (
    SELECT count(*) AS times, max(line) AS line, min(value_id) AS key, coalesce(printing_of, value_id) AS root, place_id, population_id, age_min, age_max, study_id FROM all_readings GROUP BY ALL
), facts AS (
    SELECT count(*) AS times, max(line) AS line, min(value_id) AS key, regexp_replace(value_id, '-[a-z]$', '') AS fact, source_id, population_id, study_id, indicator_id, kind FROM all_readings GROUP BY fact, source_id, population_id, study_id, indicator_id, kind
    QUALIFY count(*) OVER (PARTITION BY fact) > 1
), told AS (
    SELECT times, line, key, unnest([
        {'field': 'place_id', 'value': place_id::VARCHAR, 'seen': place_id::VARCHAR, 'least': 3, 'alike': 'quantity, people and body', 'same': CASE WHEN study_id IS NOT NULL AND kind = 'count' THEN indicator_id || chr(1) || population_id || chr(1) || body END},
        {'field': 'population_id', 'value': population_id::VARCHAR, 'seen': population_id::VARCHAR, 'least': 3, 'alike': 'study and the same scope', 'same': study_id || chr(1) || scope_as_printed},
        {'field': 'population_id', 'value': population_id::VARCHAR, 'seen': population_id::VARCHAR, 'least': 3, 'alike': 'study and quantity', 'same': CASE kind WHEN 'measure' THEN study_id || chr(1) || indicator_id END},
        {'field': 'population_id', 'value': population_id::VARCHAR, 'seen': population_id::VARCHAR, 'least': 3, 'alike': 'source and series', 'same': source_id || chr(1) || series},
        {'field': 'indicator_id', 'value': indicator_id::VARCHAR, 'seen': indicator_id::VARCHAR, 'least': 3, 'alike': 'series', 'same': series},
        {'field': 'sex', 'value': sex::VARCHAR, 'seen': sex::VARCHAR, 'least': 2, 'alike': 'source and kind of number', 'same': source_id || chr(1) || kind},
        {'field': 'age_min', 'value': age_min::VARCHAR, 'seen': age_min::VARCHAR, 'least': 3, 'alike': 'series and evidence', 'same': series || chr(1) || evidence},
        {'field': 'age_max', 'value': age_max::VARCHAR, 'seen': age_max::VARCHAR, 'least': 3, 'alike': 'series and evidence', 'same': series || chr(1) || evidence},
        {'field': 'period', 'value': period::VARCHAR, 'seen': period::VARCHAR, 'least': 3, 'alike': 'study and evidence', 'same': study_id || chr(1) || evidence},
        {'field': 'period', 'value': period::VARCHAR, 'seen': period::VARCHAR, 'least': 3, 'alike': 'source and words for the period', 'same': source_id || chr(1) || period_as_printed},
        {'field': 'credited_to', 'value': credited_to::VARCHAR, 'seen': credited_to::VARCHAR, 'least': 3, 'alike': 'study and evidence', 'same': study_id || chr(1) || evidence},
        {'field': 'credited_to', 'value': credited_to::VARCHAR, 'seen': credited_to::VARCHAR, 'least': 3, 'alike': 'series', 'same': series},
        {'field': 'nature', 'value': nature::VARCHAR, 'seen': nature::VARCHAR, 'least': 3, 'alike': 'topic and body', 'same': topic || chr(1) || body},
        {'field': 'nature', 'value': nature::VARCHAR, 'seen': nature::VARCHAR, 'least': 3, 'alike': 'study and indicator', 'same': study_id || chr(1) || indicator_id},
        {'field': 'nature', 'value': nature::VARCHAR, 'seen': nature::VARCHAR, 'least': 3, 'alike': 'series', 'same': series},
        {'field': 'nature', 'value': nature::VARCHAR, 'seen': nature::VARCHAR, 'least': 3, 'alike': 'source, quantity and scope', 'same': source_id || chr(1) || indicator_id || chr(1) || coalesce(credited_to, '') || chr(1) || scope_as_printed},
        {'field': 'study_id', 'value': study_id::VARCHAR, 'seen': study_id::VARCHAR, 'least': 3, 'alike': 'source and period', 'same': source_id || chr(1) || period},
        {'field': 'study_id', 'value': study_id::VARCHAR, 'seen': study_id::VARCHAR, 'least': 3, 'alike': 'population and nature', 'same': population_id || chr(1) || nature},
        {'field': 'series', 'value': series::VARCHAR, 'seen': series::VARCHAR, 'least': 3, 'alike': 'indicator', 'same': indicator_id},
        {'field': 'topic', 'value': topic::VARCHAR, 'seen': topic::VARCHAR, 'least': 3, 'alike': 'population and place', 'same': population_id || chr(1) || place_id},
        {'field': 'evidence', 'value': evidence::VARCHAR, 'seen': evidence::VARCHAR, 'least': 3, 'alike': 'source and body', 'same': source_id || chr(1) || credited_to},
        {'field': 'show', 'value': "show"::VARCHAR, 'seen': "show"::VARCHAR, 'least': 3, 'alike': 'place and body', 'same': CASE WHEN "show" <> 'withdrawn' THEN place_id || chr(1) || body END},
        {'field': 'weighted', 'value': weighted::VARCHAR, 'seen': weighted::VARCHAR, 'least': 3, 'alike': 'indicator and topic', 'same': indicator_id || chr(1) || topic},
        {'field': 'period_basis', 'value': period_basis::VARCHAR, 'seen': period_basis::VARCHAR, 'least': 3, 'alike': 'source and period', 'same': source_id || chr(1) || period},
        {'field': 'low', 'value': low::VARCHAR, 'seen': low::VARCHAR, 'least': 1, 'alike': 'token and unit', 'same': printed || chr(1) || unit},
        {'field': 'high', 'value': high::VARCHAR, 'seen': high::VARCHAR, 'least': 1, 'alike': 'token and unit', 'same': printed || chr(1) || unit},
        {'field': 'qualifier', 'value': qualifier::VARCHAR, 'seen': qualifier::VARCHAR, 'least': 3, 'alike': 'token', 'same': printed},
        {'field': 'written_in', 'value': written_in::VARCHAR, 'seen': written_in::VARCHAR, 'least': 3, 'alike': 'token', 'same': printed},
        {'field': 'series', 'value': series::VARCHAR, 'seen': series::VARCHAR, 'least': 3, 'alike': 'place', 'same': place_id},
        {'field': 'topic', 'value': topic::VARCHAR, 'seen': topic::VARCHAR, 'least': 3, 'alike': 'place', 'same': place_id},
        {'field': 'period', 'value': period::VARCHAR, 'seen': left(period, 4)::VARCHAR, 'least': 3, 'alike': 'study and kind of number', 'same': study_id || chr(1) || kind},
        {'field': 'period', 'value': period::VARCHAR, 'seen': left(period, 4)::VARCHAR, 'least': 3, 'alike': 'source and unit', 'same': source_id || chr(1) || unit},
        {'field': 'evidence', 'value': evidence::VARCHAR, 'seen': evidence::VARCHAR, 'least': 3, 'alike': 'body and topic', 'same': body || chr(1) || topic}
    ], recursive := true) FROM alike
    UNION ALL SELECT times, line, key, unnest([
        {'field': 'place_id', 'value': place_id::VARCHAR, 'seen': place_id::VARCHAR, 'least': 3, 'alike': 'source, locator and body', 'same': source_id || chr(1) || locator || chr(1) || credited_to},
        {'field': 'credited_to', 'value': credited_to::VARCHAR, 'seen': credited_to::VARCHAR, 'least': 3, 'alike': 'source, locator and nature', 'same': source_id || chr(1) || locator || chr(1) || nature},
        {'field': 'topic', 'value': topic::VARCHAR, 'seen': topic::VARCHAR, 'least': 3, 'alike': 'source, locator and nature', 'same': source_id || chr(1) || locator || chr(1) || nature}
    ], recursive := true) FROM placed
    UNION ALL SELECT times, line, key, unnest([
        {'field': 'age_min', 'value': age_min::VARCHAR, 'seen': age_min::VARCHAR, 'least': 3, 'alike': 'root and place', 'same': root || chr(1) || place_id},
        {'field': 'age_max', 'value': age_max::VARCHAR, 'seen': age_max::VARCHAR, 'least': 3, 'alike': 'root and population', 'same': root || chr(1) || population_id},
        {'field': 'study_id', 'value': study_id::VARCHAR, 'seen': study_id::VARCHAR, 'least': 1, 'alike': 'root', 'same': root}
    ], recursive := true) FROM rooted
    UNION ALL SELECT times, line, key, unnest([
        {'field': 'population_id', 'value': population_id::VARCHAR, 'seen': population_id::VARCHAR, 'least': 3, 'alike': 'study and quantity', 'same': CASE kind WHEN 'share' THEN study_id || chr(1) || indicator_id || chr(1) || fact END},
        {'field': 'source_id', 'value': source_id::VARCHAR, 'seen': source_id::VARCHAR, 'least': 1, 'alike': 'fact', 'same': fact}
    ], recursive := true) FROM facts
), counted AS (
    SELECT field, alike, same, least, coalesce(seen, '') AS seen, sum(times) AS rows, max(line) AS line, arg_max(coalesce(value, ''), line) AS value, min(key) AS one
    FROM told WHERE same IS NOT NULL AND coalesce(seen, '') NOT IN ('unknown', 'unclear', 'not_read', 'not_reported', 'not_applicable') GROUP BY field, alike, same, least, coalesce(seen, '')
), odd AS (
    SELECT field, alike, arg_min(line, rows * 1e9 - line) AS line, arg_min(value, rows * 1e9 - line) AS value, arg_max(seen, rows * 1e9 - line) AS other, arg_max(one, rows * 1e9 - line) AS one, max(rows) AS rows
    FROM counted GROUP BY field, alike, same, least HAVING count(*) = 2 AND min(rows) = 1 AND sum(rows) > least
        AND NOT (field = 'credited_to' AND min(seen) = '') -- not told is no other body
)
SELECT 'data/reported_values.csv' AS file, line, field, value, coalesce(nullif(value, ''), 'blank') AS shown, coalesce(nullif(other, ''), 'blank') AS other,
    first(alike ORDER BY rows DESC, alike) AS alike, first(one ORDER BY rows DESC, alike) AS one,
    CASE max(rows) WHEN 1 THEN 'the other row' ELSE 'all ' || max(rows) || ' others' END AS others, CASE max(rows) WHEN 1 THEN 'has' ELSE 'have' END AS has
FROM odd WHERE NOT (field = 'evidence' AND value = 'secondary' AND line IN (SELECT line FROM all_readings WHERE speaker IS DISTINCT FROM credited_to OR source_kind IN ('newspaper', 'news_agency', 'magazine', 'blog'))) -- whoever tells of another body is secondary
GROUP BY ALL
-- breaks: [{"table": "reported_values", "row": "RESP-173-b", "set": {"population_id": "bar-and-cafe-raters"}}]
-- says: ["reported_values", "RESP-173-b", "population_id"]
-- breaks: [{"table": "reported_values", "row": "RESP-066-d", "set": {"place_id": "three-places-unnamed"}}]
-- says: ["reported_values", "RESP-066-d", "place_id"]
-- breaks: [{"table": "reported_values", "row": "RESP-185-e", "set": {"nature": "estimated"}}]
-- says: ["reported_values", "RESP-185-e", "nature"]
-- passes: [{"table": "reported_values", "row": "KH061", "set": {"nature": "recorded"}}]
-- passes: [{"table": "reported_values", "row": "KH012", "set": {"locator": "page 1"}}]
-- passes: [{"table": "reported_values", "row": "KH278", "set": {"show": "withdrawn"}}]
-- passes: [{"table": "reported_values", "row": "KH241-a", "copy": {"value_id": "ZZ-001", "printing_of": "KH241-a", "source_id": "american-military-news-2024", "evidence": "secondary", "locator": "para 4"}}]
-- passes: [{"table": "reported_values", "row": "E2-076-a", "copy": {"value_id": "ZZ-001", "source_id": "american-military-news-2024", "study_id": "", "study_id_reason": "no_study_named", "nature": "estimated", "locator": "para 4"}}]
