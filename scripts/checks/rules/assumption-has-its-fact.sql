-- title: An assumption that rests on a fact names the reading of that fact
-- level: error
-- why: An assumption is only as good as the figure that a reader can look up.
-- fix: Fill [fact_id] and [value_id] with a fact and its reading, or leave both blank.
-- message: The fact is {fact} and the reading {reading}; they do not belong together.
-- example: {"table": "scenario_assumptions", "row": "deff-2", "set": {"fact_id": "KH999"}}
-- fixed: {"fact_id": "KH261"}
-- says: ["scenario_assumptions", "deff-2", "fact_id"]
SELECT 'data/scenario_assumptions.csv' AS file, a.line, 'fact_id' AS field, a.fact_id AS value,
    coalesce(a.fact_id, 'blank') AS fact, coalesce(a.value_id, 'blank') AS reading
FROM scenario_assumptions a LEFT JOIN reported_values v USING (value_id)
WHERE a.fact_id IS DISTINCT FROM a.value_id AND a.fact_id IS DISTINCT FROM regexp_replace(a.value_id, '-[a-z]$', '')
    AND NOT coalesce(list_contains(string_split(v.also_fact_ids, ';'), a.fact_id), false)
-- passes: [{"table": "scenario_assumptions", "row": "deff-2", "set": {"fact_id": "", "value_id": ""}}]
