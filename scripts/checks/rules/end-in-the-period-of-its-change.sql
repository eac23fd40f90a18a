-- title: A change begins in the period of its earlier end and ends in that of its later end
-- level: error
-- why: A fall from a different year is a different fall.
-- fix: Correct the period, or link the end that the change is reckoned from.
-- message: {value} is of {period}, and {change}, whose {role} end it is, is of {whole}.
-- example: {"table": "reported_values", "row": "KH010", "set": {"period": "2014-03"}}
-- fixed: {"period": "2015-03"}
-- says: ["links", "KH010 later_end_of KH022", "from_id"]
WITH ends AS (
    SELECT l.line, one.value_id AS value, change.value_id AS change, one.period, change.period AS whole, replace(l.relation, '_end_of', '') AS role,
        split_part(whole, '/', CASE role WHEN 'earlier' THEN 1 ELSE -1 END) AS wanted,
        split_part(one.period, '/', 1) AS first, split_part(one.period, '/', -1) AS last
    FROM links l JOIN reported_values one ON one.value_id = l.from_id JOIN reported_values change ON change.value_id = l.to_id
    WHERE l.relation IN ('earlier_end_of', 'later_end_of')
)
SELECT 'data/links.csv' AS file, line, 'from_id' AS field, value, change, role, period, whole FROM ends
WHERE NOT left(wanted, length(first)) BETWEEN left(first, length(wanted)) AND left(last, length(wanted))
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"period": "2014/2015"}}]
