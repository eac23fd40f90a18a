-- title: An assumption that names a reading has its source and its token
-- level: error
-- why: A source next to another source's number would be cited for something that it does not say.
-- fix: Correct the [cell], or name the reading that the assumption rests on.
-- message: {assumption_id}: {field} is {value}, and that of {value_id} is {wanted}.
-- example: {"table": "scenario_assumptions", "row": "deff-2", "set": {"source_id": "xinhua-2016"}}
-- fixed: {"source_id": "yi-2015"}
-- says: ["scenario_assumptions", "deff-2", "source_id"]
WITH told AS (
    SELECT a.line, assumption_id, a.value_id, unnest([
        {'field': 'source_id', 'value': a.source_id, 'wanted': v.source_id},
        {'field': 'value_as_printed', 'value': split_part(value_as_printed, ';', 1), 'wanted': printed}
    ], recursive := true)
    FROM scenario_assumptions a JOIN reported_values v USING (value_id)
)
SELECT 'data/scenario_assumptions.csv' AS file, line, field, value, assumption_id, value_id, wanted FROM told
WHERE CASE field WHEN 'source_id' THEN value <> wanted ELSE NOT contains(value, wanted) END
-- passes: [{"table": "scenario_assumptions", "row": "deff-2", "set": {"value_as_printed": "2 (planned)"}}]
