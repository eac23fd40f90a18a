-- title: A period neither begins nor ends after its source was published
-- level: error
-- why: A source cannot report what had not happened.
-- mend: Correct the period, or date_published in data/sources.csv. A plan is entered with an indicator that is a target.
-- message: The period is {value}, and {source_id} was published in {published}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH010", "set": {"period": "2016"}}
-- mended: {"period": "2015-03"}
-- says: {"table": "reported_values", "row": "KH010", "field": "period", "value": "2016", "message": "The period is 2016, and khmer-times-2015 was published in 2015-06."}
SELECT 'data/reported_values.csv' AS file, line, 'period' AS field, period AS value, source_id, published
FROM all_readings
WHERE substr(split_part(period, '/', 1), 1, length(published)) > substr(published, 1, length(split_part(period, '/', 1)))
    OR contains(period, '/') AND left(split_part(period, '/', 2), length(published)) > left(published, length(split_part(period, '/', 2))) AND NOT regexp_matches(indicator_id, 'target|people-to-reach')
    OR (to_year > try_cast(left(published, 4) AS INTEGER) AND indicator_id NOT LIKE '%target%' AND indicator_id <> 'people-to-reach')
-- breaks: [{"table": "reported_values", "row": "RESP-121-a", "set": {"period": "2003-01/2004-08"}}]
-- says: {"table": "reported_values", "row": "RESP-121-a", "field": "period", "value": "2003-01/2004-08", "message": "The period is 2003-01/2004-08, and agency-report-in-2004 was published in 2004-03-29."}
-- passes: [{"table": "reported_values", "row": "KH258", "set": {"period": "2019"}}]
