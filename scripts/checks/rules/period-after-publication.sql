-- title: A period neither begins nor ends after its source was published
-- level: error
-- why: A source cannot report what had not happened.
-- mend: Correct the period, or date_published in data/sources.csv. A plan is entered with an indicator that is a target.
-- message: The period is {value}, and {source_id} was published in {published}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH010", "set": {"period": "2016"}}
-- mended: {"period": "2015-03"}
-- says: ["reported_values", "KH010", "period"]
SELECT 'data/reported_values.csv' AS file, line, 'period' AS field, period AS value, source_id, published
FROM all_readings
WHERE substr(split_part(period, '/', 1), 1, length(published)) > substr(published, 1, length(split_part(period, '/', 1)))
    OR contains(period, '/') AND left(split_part(period, '/', 2), length(published)) > left(published, length(split_part(period, '/', 2))) AND NOT regexp_matches(indicator_id, 'target|people-to-reach')
    OR (to_year > try_cast(left(published, 4) AS INTEGER) AND indicator_id NOT LIKE '%target%' AND indicator_id <> 'people-to-reach')
-- breaks: [{"table": "reported_values", "row": "RESP-121-a", "set": {"period": "2003-01/2004-08"}}]
-- says: ["reported_values", "RESP-121-a", "period"]
-- passes: [{"table": "reported_values", "row": "KH258", "set": {"period": "2019"}}]
