-- title: A count of the previous year is of the year before the count beside it
-- level: warning
-- why: A source that says “previous year” of two numbers means one year by it.
-- mend: Compare the period with that of the reading that it is compared with. If the source means another year, record the row in data/exceptions.csv with its reason.
-- message: The period is {value}, and the scope says “{said}”; {state}.
-- except: yes
-- example: {"table": "reported_values", "row": "RESP-018-b", "set": {"period": "2015"}}
-- mended: {"period": "2016"}
-- says: ["reported_values", "RESP-018-b", "period"]
WITH told AS (
    SELECT line, value_id, period, from_year, to_year, source_id, regexp_extract(value_id, '^(.*)-[a-z]$', 1) AS fact, regexp_extract(scope_as_printed, '(?:a |the )?(?:previous year|year earlier|year before)$') AS said
    FROM all_readings WHERE from_year IS NOT NULL
), beside AS ( -- the other readings of the same fact
    SELECT b.line, b.period, b.from_year, b.said, min(a.value_id) AS other, arg_min(a.period, a.value_id) AS other_period, bool_or(a.to_year = b.to_year + 1) AS fits
    FROM told b JOIN told a ON a.source_id = b.source_id AND a.fact = b.fact AND a.value_id <> b.value_id AND a.said = '' WHERE b.said <> '' AND b.fact <> '' GROUP BY ALL
), alone AS ( -- without one, what the source calls so elsewhere
    SELECT b.line, b.period, b.said, min(a.value_id) AS other, arg_min(a.period, a.value_id) AS other_period
    FROM told b JOIN told a ON a.source_id = b.source_id AND a.said = b.said AND a.value_id <> b.value_id WHERE b.said <> '' AND b.line NOT IN (SELECT line FROM beside)
    GROUP BY ALL HAVING count(*) > 1 AND count(DISTINCT a.from_year) = 1 AND NOT bool_or(a.from_year = b.from_year)
)
SELECT 'data/reported_values.csv' AS file, line, 'period' AS field, period AS value, said, other || ' beside it is of ' || other_period AS state FROM beside WHERE NOT fits
UNION ALL
SELECT 'data/reported_values.csv', line, 'period', period, said, 'the source says it of ' || other_period || ' elsewhere, as ' || other FROM alone
-- breaks: [{"table": "reported_values", "row": "RESP-016", "set": {"period": "2015"}}]
-- says: ["reported_values", "RESP-016", "period"]
-- passes: [{"table": "reported_values", "row": "RESP-018-b", "set": {"period": "2016-01/2016-12"}}, {"table": "reported_values", "row": "RESP-056-b", "set": {"period": "2018-01/2018-12"}}]
