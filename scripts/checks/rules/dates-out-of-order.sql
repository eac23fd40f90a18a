-- title: Fieldwork comes before publication, and a period runs forward
-- level: error
-- why: A source cannot report what had not been measured.
-- mend: Compare the date of the source with the fieldwork of the study.
-- message: {value} comes before {other}.
-- example: {"table": "sources", "row": "khmer-times-2015", "set": {"date_published": "2015-02"}}
-- mended: {"date_published": "2015-06"}
-- says: ["sources", "khmer-times-2015", "date_published"]
SELECT DISTINCT 'data/sources.csv' AS file, s.line, 'date_published' AS field, s.date_published AS value,
    'the fieldwork of ' || t.study_id || ' in ' || t.fieldwork AS other
FROM reported_values v
JOIN sources s USING (source_id)
JOIN studies t ON t.study_id = v.study_id
WHERE s.date_published < substr(split_part(t.fieldwork, '/', 1), 1, length(s.date_published))
    AND v.nature <> 'claimed'
UNION ALL
SELECT file, line, field, value, 'its own start'
FROM partial_dates
WHERE contains(value, '/') AND substr(split_part(value, '/', 2), 1, length(split_part(value, '/', 1)))
    < substr(split_part(value, '/', 1), 1, length(split_part(value, '/', 2)))
-- breaks: [{"table": "reported_values", "row": "KH022", "set": {"period": "2015/2012"}}]
-- says: ["reported_values", "KH022", "period"]
-- breaks: [{"table": "reported_values", "row": "KH022", "set": {"period": "2015-03/2014"}}]
-- says: ["reported_values", "KH022", "period"]
-- breaks: [{"table": "studies", "row": "vac-khm-2013", "set": {"fieldwork": "2013-03/2013-02"}}]
-- says: ["studies", "vac-khm-2013", "fieldwork"]
-- passes: [{"table": "sources", "row": "khmer-times-2015", "set": {"date_published": "2015-03"}}]
-- passes: [{"table": "sources", "row": "khmer-times-2015", "set": {"date_published": "2015"}}]
-- passes: [{"table": "sources", "row": "phnom-penh-post-2015", "set": {"date_published": "2015-03-01"}}]
-- passes: [{"table": "reported_values", "row": "KH022", "set": {"period": "2015/2015"}}, {"table": "reported_values", "row": "KH023", "set": {"period": "2015/2015-01"}}, {"table": "reported_values", "row": "KH024", "set": {"period": "2015-03/2015"}}]
-- passes: [{"table": "sources", "row": "khmer-times-2015", "set": {"date_published": "2015-02"}}, {"table": "studies", "row": "ijm-khm-2015", "set": {"fieldwork": "", "fieldwork_reason": "not_read"}}]
-- passes: [{"table": "reported_values", "row": "KH014", "set": {"nature": "claimed"}}, {"table": "sources", "row": "prnewswire-2015", "set": {"date_published": "2014"}}]
