-- title: An assumed value lies within the range of its parameter
-- level: error
-- why: A share above 1 or a sample of half a person is a slip that would affect every figure computed from it.
-- fix: Correct the value, or the parameter. Shares are written as 0.05, not as 5.
-- message: {parameter} is {value}, and may be from {least} to {most}, in steps of {step}.
-- example: {"table": "scenario_assumptions", "row": "icc-0.01", "set": {"value": "1.01"}}
-- fixed: {"value": "0.01"}
-- says: ["scenario_assumptions", "icc-0.01", "value"]
SELECT 'data/scenario_assumptions.csv' AS file, line, 'value' AS field, value, parameter, least, most, step
FROM scenario_assumptions JOIN words.parameters USING (parameter)
WHERE value < try_cast(least AS DOUBLE) OR value > try_cast(most AS DOUBLE) OR step = '1' AND value <> floor(value)
-- breaks: [{"table": "scenario_assumptions", "row": "city-n-0050", "set": {"value": "50.5"}}, {"table": "scenario_assumptions", "row": "deff-2", "set": {"value": "0.09"}}]
-- says: ["scenario_assumptions", "city-n-0050", "value"]
-- says: ["scenario_assumptions", "deff-2", "value"]
-- passes: [{"table": "scenario_assumptions", "row": "icc-0.01", "set": {"value": "0"}}, {"table": "scenario_assumptions", "row": "city-n-0050", "set": {"value": "1"}}, {"table": "scenario_assumptions", "row": "power-0.8", "set": {"value": "0.999"}}]
