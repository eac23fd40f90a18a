-- title: Fieldwork comes before publication, and a period runs forward
-- level: error
-- why: A source cannot report what had not been measured.
-- mend: Compare the date of the source with the fieldwork of the study.
-- message: {value} comes before {other}.
-- example: {"table": "sources", "row": "khmer-times-2015", "set": {"date_published": "2015-02"}}
-- mended: {"date_published": "2015-06"}
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
