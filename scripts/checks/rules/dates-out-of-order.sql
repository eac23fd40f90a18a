-- title: Fieldwork comes before publication, and a period runs forward
-- level: error
-- why: A source cannot report what had not been measured.
-- mend: Compare the date of the source with the fieldwork of the study.
-- message: {value} comes before {other}.
-- example: {"table": "sources", "row": "khmer-times-2015", "set": {"date_published": "2015-02"}}
SELECT DISTINCT 'data/sources.csv' AS file, s.line, 'date_published' AS field, s.date_published AS value,
    'the fieldwork of ' || t.study_id || ' in ' || t.fieldwork AS other
FROM reported_values v
JOIN sources s USING (source_id)
JOIN studies t ON t.study_id = v.study_id
WHERE s.date_published < substr(t.fieldwork, 1, length(s.date_published))
UNION ALL
SELECT 'data/reported_values.csv', line, 'period', period, 'its own start'
FROM reported_values
WHERE contains(period, '/') AND split_part(period, '/', 2) < split_part(period, '/', 1)
