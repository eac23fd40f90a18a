-- title: A recalled share is a share of respondents
-- level: error
-- why: A share of adults who recall their childhood is not a share of children today.
-- mend: Set the population to the people who were asked, or set show to free.
-- message: {value_id} may be shown only as recalled, but its population is {population}.
-- example: {"table": "reported_values", "row": "KH010", "set": {"show": "retrospective_only"}}
-- mended: {"show": "free"}
-- says: ["reported_values", "KH010", "population_id"]
SELECT 'data/reported_values.csv' AS file, v.line, 'population_id' AS field, v.population_id AS value, v.value_id,
    coalesce(v.population_id, 'not stated') AS population
FROM reported_values v LEFT JOIN populations p USING (population_id)
WHERE v.show = 'retrospective_only' AND p.base_kind IS DISTINCT FROM 'respondents'
-- breaks: [{"table": "reported_values", "row": "KH253-a", "set": {"population_id": "", "population_id_reason": "not_read"}}]
-- says: ["reported_values", "KH253-a", "population_id"]
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"show": "retrospective_only", "population_id": "vac-respondents"}}]
