-- title: A source, link, break or tier is filed as the rows are that share its words
-- level: warning
-- why: A cell that differs from all its neighbours is most often a slip; where the source says so, the row is right.
-- mend: Look at the source again. Correct the cell, or record the row in data/exceptions.csv with its reason.
-- message: The {field} is {shown}; all {others} others with the same {alike} have {other}, as {one}.
-- except: yes
-- example: {"table": "links", "row": ["KH212", "not_comparable", "KH038"], "set": {"basis": "as_printed"}}
-- mended: {"basis": "our_reading"}
-- says: ["links", "KH212 not_comparable KH038", "basis"]
WITH told AS (
    SELECT 'sources' AS table_name, line, source_id AS key, unnest([
        {'field': 'kind', 'value': kind::VARCHAR, 'seen': kind::VARCHAR, 'least': 3, 'alike': 'web address and independence', 'same': host || chr(1) || independence},
        {'field': 'language', 'value': language::VARCHAR, 'seen': language::VARCHAR, 'least': 3, 'alike': 'web address', 'same': host},
        {'field': 'decimal_mark', 'value': decimal_mark::VARCHAR, 'seen': decimal_mark::VARCHAR, 'least': 3, 'alike': 'kind and language', 'same': kind || chr(1) || language},
        {'field': 'independence', 'value': independence::VARCHAR, 'seen': independence::VARCHAR, 'least': 3, 'alike': 'web address and publisher', 'same': host || chr(1) || body},
        {'field': 'organisation_id', 'value': organisation_id::VARCHAR, 'seen': organisation_id::VARCHAR, 'least': 3, 'alike': 'web address and publisher', 'same': host || chr(1) || body},
        {'field': 'organisation_id', 'value': organisation_id::VARCHAR, 'seen': organisation_id::VARCHAR, 'least': 3, 'alike': 'publisher and kind', 'same': body || chr(1) || kind},
        {'field': 'independence', 'value': independence::VARCHAR, 'seen': independence::VARCHAR, 'least': 3, 'alike': 'publisher and kind', 'same': body || chr(1) || kind},
        {'field': 'language', 'value': language::VARCHAR, 'seen': language::VARCHAR, 'least': 3, 'alike': 'publisher', 'same': body},
        {'field': 'kind', 'value': kind::VARCHAR, 'seen': kind::VARCHAR, 'least': 3, 'alike': 'publisher and independence', 'same': body || chr(1) || independence}
    ], recursive := true) FROM (SELECT *, regexp_extract(url, '//(?:www.)?([^/]+)', 1) AS host, regexp_extract(publisher, '^[^,(;]+') AS body, left(date_published, 4) AS year FROM sources)
    UNION ALL SELECT 'links' AS table_name, line, concat_ws(' ', from_id, relation, to_id) AS key, unnest([
        {'field': 'basis', 'value': basis::VARCHAR, 'seen': basis::VARCHAR, 'least': 3, 'alike': 'relation and kind of number', 'same': relation || chr(1) || from_kind},
        {'field': 'basis', 'value': basis::VARCHAR, 'seen': basis::VARCHAR, 'least': 3, 'alike': 'reason', 'same': reason},
        {'field': 'relation', 'value': relation::VARCHAR, 'seen': relation::VARCHAR, 'least': 3, 'alike': 'reason', 'same': reason},
        {'field': 'partition', 'value': partition::VARCHAR, 'seen': partition::VARCHAR, 'least': 3, 'alike': 'reason', 'same': reason || chr(1) || relation},
        {'field': 'to_id', 'value': to_id::VARCHAR, 'seen': to_id::VARCHAR, 'least': 3, 'alike': 'reason and first fact', 'same': reason || chr(1) || from_fact || chr(1) || relation},
        {'field': 'to_id', 'value': to_id::VARCHAR, 'seen': to_id::VARCHAR, 'least': 3, 'alike': 'partition', 'same': partition || chr(1) || relation || chr(1) || from_fact}
    ], recursive := true) FROM (SELECT l.*, i.kind AS from_kind, regexp_replace(l.from_id, '-[a-z]$', '') AS from_fact, regexp_replace(l.to_id, '-[a-z]$', '') AS to_fact FROM links l JOIN reported_values v ON v.value_id = l.from_id JOIN indicators i USING (indicator_id))
    UNION ALL SELECT 'series_breaks' AS table_name, line, concat_ws(' ', series_id, break_id) AS key, unnest([
        {'field': 'at', 'value': "at"::VARCHAR, 'seen': "at"::VARCHAR, 'least': 3, 'alike': 'words', 'same': text},
        {'field': 'kind', 'value': kind::VARCHAR, 'seen': kind::VARCHAR, 'least': 3, 'alike': 'words', 'same': text},
        {'field': 'source_id', 'value': source_id::VARCHAR, 'seen': source_id::VARCHAR, 'least': 3, 'alike': 'words', 'same': text},
        {'field': 'locator', 'value': locator::VARCHAR, 'seen': locator::VARCHAR, 'least': 3, 'alike': 'words', 'same': text}
    ], recursive := true) FROM (SELECT * FROM series_breaks)
    UNION ALL SELECT 'cross_checks' AS table_name, line, concat_ws(' ', one_id, other_id) AS key, unnest([
        {'field': 'type', 'value': type::VARCHAR, 'seen': type::VARCHAR, 'least': 3, 'alike': 'beginning of the reason', 'same': split_part(reason, '.', 1)}
    ], recursive := true) FROM cross_checks
    UNION ALL SELECT 'terms' AS table_name, line, term_id AS key, unnest([
        {'field': 'basis', 'value': basis::VARCHAR, 'seen': basis::VARCHAR, 'least': 5, 'alike': 'table', 'same': 'all'}
    ], recursive := true) FROM (SELECT * FROM terms)
    UNION ALL SELECT 'studies' AS table_name, line, study_id AS key, unnest([
        {'field': 'organisation_id', 'value': organisation_id::VARCHAR, 'seen': organisation_id::VARCHAR, 'least': 3, 'alike': 'range of the result', 'same': generalises_to},
        {'field': 'place_id', 'value': place_id::VARCHAR, 'seen': place_id::VARCHAR, 'least': 3, 'alike': 'range of the result', 'same': generalises_to},
        {'field': 'is_sample', 'value': is_sample::VARCHAR, 'seen': is_sample::VARCHAR, 'least': 3, 'alike': 'design and sampling unit', 'same': design || chr(1) || sampling_unit},
        {'field': 'weighting', 'value': weighting::VARCHAR, 'seen': weighting::VARCHAR, 'least': 3, 'alike': 'sample and age method', 'same': is_sample || chr(1) || age_method},
        {'field': 'sampling_unit', 'value': sampling_unit::VARCHAR, 'seen': sampling_unit::VARCHAR, 'least': 3, 'alike': 'population and design', 'same': population_id || chr(1) || design},
        {'field': 'design', 'value': design::VARCHAR, 'seen': design::VARCHAR, 'least': 3, 'alike': 'design note', 'same': design_note},
        {'field': 'observation_mode', 'value': observation_mode::VARCHAR, 'seen': observation_mode::VARCHAR, 'least': 3, 'alike': 'body and sampling unit', 'same': organisation_id || chr(1) || sampling_unit}
    ], recursive := true) FROM (SELECT *, left(fieldwork, 4) AS year FROM studies)
    UNION ALL SELECT 'tip_tier_sources' AS table_name, line, concat_ws(' ', place_id, report_year, source_id, locator) AS key, unnest([
        {'field': 'report_year', 'value': report_year::VARCHAR, 'seen': report_year::VARCHAR, 'least': 3, 'alike': 'source and locator', 'same': source_id || chr(1) || locator},
        {'field': 'place_id', 'value': place_id::VARCHAR, 'seen': place_id::VARCHAR, 'least': 3, 'alike': 'run of sources', 'same': run},
        {'field': 'evidence', 'value': evidence::VARCHAR, 'seen': evidence::VARCHAR, 'least': 3, 'alike': 'source', 'same': source_id}
    ], recursive := true) FROM (SELECT t.*, s.kind AS source_kind, regexp_replace(source_id, '(-[0-9]+)+$', '') AS run FROM tip_tier_sources t JOIN sources s USING (source_id))
), counted AS (
    SELECT table_name, field, alike, same, least, coalesce(seen, '') AS seen, count(*) AS rows, max(line) AS line, arg_max(coalesce(value, ''), line) AS value, min(key) AS one
    FROM told WHERE same IS NOT NULL AND coalesce(seen, '') NOT IN ('unknown', 'unclear', 'not_read', 'not_reported', 'not_applicable') GROUP BY table_name, field, alike, same, least, coalesce(seen, '')
), odd AS (
    SELECT table_name, field, alike, arg_min(line, rows * 1e9 - line) AS line, arg_min(value, rows * 1e9 - line) AS value, arg_max(seen, rows * 1e9 - line) AS other, arg_max(one, rows * 1e9 - line) AS one, max(rows) AS rows
    FROM counted GROUP BY table_name, field, alike, same, least HAVING count(*) = 2 AND min(rows) = 1 AND sum(rows) > least AND min(seen) || max(seen) NOT IN ('denominator_ofnumerator_of', 'earlier_end_oflater_end_of')
)
SELECT 'data/' || table_name || '.csv' AS file, line, field, value, coalesce(nullif(value, ''), 'blank') AS shown, coalesce(nullif(other, ''), 'blank') AS other,
    first(alike ORDER BY rows DESC, alike) AS alike, first(one ORDER BY rows DESC, alike) AS one, max(rows) AS others
FROM odd GROUP BY ALL
-- breaks: [{"table": "sources", "row": "phnom-penh-post-2018-3", "set": {"independence": "government"}}]
-- says: ["sources", "phnom-penh-post-2018-3", "independence"]
-- breaks: [{"table": "series_breaks", "row": ["ncct-victims-year", "B011"], "set": {"kind": "who_counted"}}]
-- says: ["series_breaks", "ncct-victims-year B011", "kind"]
-- passes: [{"table": "sources", "row": "le-petit-journal-2023", "set": {"decimal_mark": "comma"}}, {"table": "links", "row": ["KH007", "numerator_of", "KH010"], "set": {"basis": "our_reading"}}]
-- passes: [{"table": "sources", "row": "dpa-2006", "set": {"read_extent": "title_page"}}]
