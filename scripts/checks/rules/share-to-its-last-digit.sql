-- title: A share is the quotient of its counts to its last digit
-- level: warning
-- why: 70 of 411 is 17.03 percent: 17.5 beside them is a slip, unless the share was weighted, which is not known.
-- mend: Read the three numbers again. If the source prints them so, record the row in data/exceptions.csv with the reason; where it weights, write yes in weighted.
-- message: The share is {value}, but {numerator} of {denominator} is {quotient}, and no rounding of that is {value}.
-- except: yes
-- example: {"table": "reported_values", "row": "E2-077-a", "set": {"low": "17.5", "high": "17.5", "printed": "17.5 %"}}
-- mended: {"low": "17.0", "high": "17.0", "printed": "17.0 %"}
-- says: ["reported_values", "E2-077-a", "low"]
WITH quotients AS ( -- however it was rounded, an exact share of exact counts is within a unit of its last digit; what is far off is an error of another rule
    SELECT s.line, s.low AS value, n.low AS numerator, d.low AS denominator, 100 * n.low / d.low AS quotient, 1.0001 * pow(10, -length(split_part(r.low, '.', 2))) AS last_digit
    FROM links a JOIN links b ON a.to_id = b.to_id AND a.relation = 'numerator_of' AND b.relation = 'denominator_of'
    JOIN all_readings s ON s.value_id = a.to_id AND s.weighted IN ('no', 'unknown', 'not_applicable') AND s.low = s.high AND s.written_in = 'digits' AND s.qualifier = 'exact' JOIN raw.reported_values r ON r.line = s.line
    JOIN all_readings n ON n.value_id = a.from_id AND n.low = n.high AND n.low > 0 AND n.qualifier = 'exact'
    JOIN all_readings d ON d.value_id = b.from_id AND d.low = d.high AND d.low > 0 AND d.qualifier = 'exact'
)
SELECT 'data/reported_values.csv' AS file, line, 'low' AS field, value, numerator, denominator, round(quotient, 2) AS quotient
FROM quotients WHERE abs(value - quotient) > last_digit AND abs(value - quotient) <= greatest(0.06, 0.05 * value)
-- breaks: [{"table": "reported_values", "row": "E2-077-a", "set": {"low": "17.5", "high": "17.5", "printed": "17.5 %", "weighted": "no"}}]
-- says: ["reported_values", "E2-077-a", "low"]
-- passes: [{"table": "reported_values", "row": "E2-077-a", "set": {"low": "17.1", "high": "17.1", "printed": "17.1 %"}}, {"table": "reported_values", "row": "E2-078-a", "set": {"low": "26", "high": "26", "printed": "26 %"}}, {"table": "reported_values", "row": "E2-076-a", "set": {"low": "10.0", "high": "10.0", "printed": "10.0 %", "weighted": "yes"}}]
