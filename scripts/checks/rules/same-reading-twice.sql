-- title: Each number of a source is entered once
-- level: warning
-- why: Two rows for one reported number count it twice.
-- fix: If both are one number, remove one row. Its short name may stand in [also_fact_ids] of the other. If they are two numbers, say of whom in [scope_as_printed].
-- message: The same number of the same source, of the same people, is also {other}.
-- example: {"table": "reported_values", "row": "KH010", "copy": {"value_id": "KH910", "locator": "p. 4"}}
-- fixed: {}
-- says: ["reported_values", "KH910", "printed"]
SELECT hash(source_id, printed, indicator_id, study_id, age_min, age_max, place_id, period, sex, population_id,
    lower(scope_as_printed)) AS mark
FROM reported_values GROUP BY mark HAVING count(*) > 1
;
SELECT 'data/reported_values.csv' AS file, line, 'printed' AS field, printed AS value, first_value(value_id) OVER alike AS other
FROM reported_values
WINDOW alike AS (PARTITION BY source_id, printed, indicator_id, study_id, age_min, age_max, place_id, period, sex, population_id,
    lower(scope_as_printed) ORDER BY line)
QUALIFY value_id <> other
-- passes: [{"table": "reported_values", "row": "KH010", "copy": {"value_id": "KH911", "scope_as_printed": "Others."}}, {"table": "reported_values", "row": "KH010", "copy": {"value_id": "KH917", "period": "2013"}}]
