-- title: A result has the period of the fieldwork of its study
-- level: error
-- why: A result of another year belongs to another study.
-- mend: Correct the period, the study, or fieldwork in data/studies.csv. What a source prints wrong is entered as a printing.
-- message: The period is {value}, the fieldwork of {study_id} was {fieldwork}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH005", "set": {"period": "2014"}}
-- mended: {"period": "2015-03"}
-- says: ["reported_values", "KH005", "period"]
SELECT 'data/reported_values.csv' AS file, line, 'period' AS field, period AS value, study_id, fieldwork
FROM all_readings
WHERE printing_of IS NULL AND kind <> 'change' AND (from_year > try_cast(left(split_part(fieldwork, '/', -1), 4) AS INTEGER) OR to_year < try_cast(left(fieldwork, 4) AS INTEGER)
        OR (length(period) = 7 AND length(fieldwork) = 7 AND period <> fieldwork))
    OR printing_of IS NULL AND kind = 'change' AND to_year <> try_cast(left(split_part(fieldwork, '/', -1), 4) AS INTEGER)
    OR printing_of IS NOT NULL AND kind <> 'change' AND (from_year - try_cast(left(split_part(fieldwork, '/', -1), 4) AS INTEGER) > 2 OR try_cast(left(fieldwork, 4) AS INTEGER) - to_year > 0)
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"period": "2015-04"}}]
-- says: ["reported_values", "KH010", "period"]
-- breaks: [{"table": "reported_values", "row": "KH012", "set": {"period": "2013"}}]
-- says: ["reported_values", "KH012", "period"]
-- passes: [{"table": "reported_values", "row": "KH129", "set": {"period": "2014"}}]
