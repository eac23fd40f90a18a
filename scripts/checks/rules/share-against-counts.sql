-- title: A share is the quotient of its linked counts
-- level: error
-- why: A digit of a share that is far from its own counts is a slip, or the source contradicts itself.
-- mend: Read the three numbers again. If the source prints them so, record the row in data/exceptions.csv with the reason.
-- message: The share is {value}, but {numerator} of {denominator} is {quotient}.
-- except: yes
-- example: {"table": "reported_values", "row": "E2-076-a", "set": {"low": "19.8", "high": "19.8", "printed": "19.8 %"}}
-- mended: {"low": "9.8", "high": "9.8", "printed": "9.8 %"}
-- says: {"table": "reported_values", "row": "E2-076-a", "field": "low", "value": "19.8", "message": "The share is 19.8, but 39 of 400 is 9.75."}
SELECT 'data/reported_values.csv' AS file, s.line, 'low' AS field, s.low AS value, n.low AS numerator, d.low AS denominator,
    round(100 * n.low / d.low, 2) AS quotient
FROM links a JOIN links b ON a.to_id = b.to_id AND a.relation = 'numerator_of' AND b.relation = 'denominator_of'
JOIN all_readings s ON s.value_id = a.to_id
JOIN all_readings n ON n.value_id = a.from_id AND n.low = n.high AND n.low > 0
JOIN all_readings d ON d.value_id = b.from_id AND d.low = d.high AND d.low > 0
WHERE abs(s.low - 100 * n.low / d.low) > greatest(0.06, 0.05 * s.low) OR abs(s.high - 100 * n.low / d.low) > greatest(0.06, 0.05 * s.high)
-- passes: [{"table": "reported_values", "row": "E2-076-a", "set": {"low": "9.75", "high": "9.75", "printed": "9.75 %"}}]
