-- title: An assumed value lies within the range of its parameter
-- level: error
-- why: A share above 1 or a sample of half a person is a slip that every figure computed from it would carry on.
-- fix: Correct the value, or the parameter. Shares are written as 0.05, not as 5.
-- message: {parameter} is {value}, and may be from {least} to {most}, in steps of {step}.
-- example: {"table": "assumptions", "row": "icc-0.01", "set": {"value": "1.01"}}
-- fixed: {"value": "0.01"}
-- says: ["assumptions", "icc-0.01", "value"]
SELECT 'data/assumptions.csv' AS file, line, 'value' AS field, value, parameter, least, most, step
FROM assumptions JOIN words.parameters USING (parameter)
WHERE value < try_cast(least AS DOUBLE) OR value > try_cast(most AS DOUBLE) OR step = '1' AND value <> floor(value)
-- breaks: [{"table": "assumptions", "row": "city-n-0050", "set": {"value": "50.5"}}, {"table": "assumptions", "row": "deff-2", "set": {"value": "0.09"}}]
-- says: ["assumptions", "city-n-0050", "value"]
-- says: ["assumptions", "deff-2", "value"]
-- passes: [{"table": "assumptions", "row": "icc-0.01", "set": {"value": "0"}}, {"table": "assumptions", "row": "city-n-0050", "set": {"value": "1"}}, {"table": "assumptions", "row": "power-0.8", "set": {"value": "0.999"}}]
