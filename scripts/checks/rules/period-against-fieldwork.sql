-- title: The period of a result and the fieldwork of its study overlap
-- level: warning
-- why: A result for a different year belongs to a different study.
-- fix: Correct [period], the study, or [fieldwork] in data/studies.csv. What a source gives wrong is entered as a mention; what was asked of an earlier time stays.
-- message: [period] is {value}, [fieldwork] of {study_id} was {fieldwork}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH005", "set": {"period": "2014"}}
-- fixed: {"period": "2015-03"}
-- says: ["reported_values", "KH005", "period"]
WITH results AS ( -- a change belongs to the study that ends it
    SELECT line, period, study_id, fieldwork, split_part(period, '/', CASE kind WHEN 'change' THEN -1 ELSE 1 END) AS begins,
        split_part(period, '/', -1) AS ends, split_part(fieldwork, '/', 1) AS fieldwork_begins, split_part(fieldwork, '/', -1) AS fieldwork_ends,
        nature = 'recorded' OR study_id IN (SELECT study_id FROM studies WHERE sampling_unit = 'record') AS reads_records -- records may be older
    FROM all_readings WHERE mention_of IS NULL
)
SELECT 'data/reported_values.csv' AS file, line, 'period' AS field, period AS value, study_id, fieldwork
FROM results
WHERE left(ends, length(fieldwork_begins)) < left(fieldwork_begins, length(ends)) AND NOT reads_records
    OR left(fieldwork_ends, length(begins)) < left(begins, length(fieldwork_ends))
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"period": "2015-04"}}, {"table": "reported_values", "row": "KH022", "set": {"period": "2012/2014"}}]
-- says: ["reported_values", "KH010", "period"]
-- says: ["reported_values", "KH022", "period"]
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"period": "2015"}}]
