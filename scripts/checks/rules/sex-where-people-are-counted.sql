-- title: Venues, institutions and reports have no sex
-- level: error
-- why: A sex beside a count of venues was meant for another column.
-- mend: Write not_stated, or correct the indicator.
-- message: The sex is {value}, and {indicator_id} counts {unit}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH104", "set": {"sex": "female"}}
-- mended: {"sex": "not_stated"}
-- says: ["reported_values", "KH104", "sex"]
SELECT 'data/reported_values.csv' AS file, line, 'sex' AS field, sex AS value, indicator_id, unit
FROM all_readings
WHERE sex <> 'not_stated' AND unit NOT IN ('people', 'percent', 'ratio', 'years', 'items')
-- passes: [{"table": "reported_values", "row": "KH007", "set": {"sex": "all"}}]
