-- title: The value of an assumption from a source is a number that the source gives
-- level: error
-- why: A mistyped value changes every result computed from it.
-- fix: Correct [value] or [value_as_printed].
-- message: {assumption_id} is {value}, and its source gives {value_as_printed}.
-- example: {"table": "scenario_assumptions", "row": "deff-2", "set": {"value": "3"}}
-- fixed: {"value": "2"}
-- says: ["scenario_assumptions", "deff-2", "value"]
WITH numbers AS (
    SELECT *, list_transform(regexp_extract_all(value_as_printed, '[0-9]+(?:[.][0-9]+)?'), lambda one: try_cast(one AS DOUBLE)) AS printed
    FROM scenario_assumptions WHERE basis = 'sourced'
)
SELECT 'data/scenario_assumptions.csv' AS file, line, 'value' AS field, value, assumption_id, value_as_printed
FROM numbers WHERE len(printed) > 0 -- as a number, as percent, or as those who are left
    AND NOT list_bool_or(list_transform(printed, lambda one: least(abs(one - value), abs(one - 100 * value), abs(100 - one - 100 * value)) < 1e-9))
-- passes: [{"table": "scenario_assumptions", "row": "deff-2", "set": {"value": "0.02", "value_as_printed": "2 percent"}}]
