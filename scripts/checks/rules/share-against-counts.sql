-- title: A share is the quotient of its linked counts
-- level: error
-- why: A digit of a share that is far from its own counts is a slip, or the source contradicts itself.
-- mend: Read the three numbers again. If the source prints them so, record the row in data/exceptions.csv with the reason.
-- message: The share is {value}, but {numerator} of {denominator} is {quotient}.
-- except: yes
-- example: {"table": "reported_values", "row": "E2-076-a", "set": {"low": "19.8", "high": "19.8", "printed": "19.8 %"}}
-- mended: {"low": "9.8", "high": "9.8", "printed": "9.8 %"}
-- says: ["reported_values", "E2-076-a", "low"]
WITH quotients AS (
    SELECT s.line, s.low, s.high, n.low AS numerator, d.low AS denominator, 100 * n.low / d.low AS quotient, greatest(0.06, 0.05 * coalesce(s.low, s.high)) AS tolerance
    FROM links a JOIN links b ON a.to_id = b.to_id AND a.relation = 'numerator_of' AND b.relation = 'denominator_of'
    JOIN all_readings s ON s.value_id = a.to_id
    JOIN all_readings n ON n.value_id = a.from_id AND n.low = n.high AND n.low > 0
    JOIN all_readings d ON d.value_id = b.from_id AND d.low = d.high AND d.low > 0
)
SELECT 'data/reported_values.csv' AS file, line, CASE WHEN low IS NULL THEN 'high' ELSE 'low' END AS field, coalesce(low, high) AS value, numerator, denominator, round(quotient, 2) AS quotient
FROM quotients WHERE abs(low - quotient) > tolerance OR abs(high - quotient) > tolerance
-- breaks: [{"table": "reported_values", "row": "RESP-030-c", "set": {"printed": "casi el 54 por ciento", "high": "54"}}]
-- says: ["reported_values", "RESP-030-c", "high"]
-- passes: [{"table": "reported_values", "row": "E2-077-a", "set": {"low": "17.5", "high": "17.5", "printed": "17.5 %"}}, {"table": "reported_values", "row": "E2-076-a", "set": {"low": "10.0", "high": "10.0", "printed": "10.0 %", "weighted": "yes"}}]
-- passes: [{"table": "reported_values", "row": "E2-076-a", "set": {"low": "9.75", "high": "9.75", "printed": "9.75 %"}}]
