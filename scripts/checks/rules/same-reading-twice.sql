-- title: One number of one place in a source is entered once
-- level: error
-- why: Two rows for one printed number count it twice.
-- mend: Remove one row and put its id into also_fact_ids of the other.
-- message: The same token at the same place of the same source is also {other}.
-- example: {"table": "reported_values", "row": "KH010", "copy": {"value_id": "KH910"}}
-- mended: {}
-- says: ["reported_values", "KH910", "printed"]
SELECT 'data/reported_values.csv' AS file, a.line, 'printed' AS field, a.printed AS value, b.value_id AS other
FROM reported_values a JOIN reported_values b
    ON a.source_id = b.source_id AND a.locator = b.locator AND a.printed = b.printed
    AND a.indicator_id = b.indicator_id AND a.study_id IS NOT DISTINCT FROM b.study_id
    AND a.age_min IS NOT DISTINCT FROM b.age_min AND a.age_max IS NOT DISTINCT FROM b.age_max
    AND a.place_id = b.place_id AND a.period IS NOT DISTINCT FROM b.period AND a.sex = b.sex
    AND a.line > b.line
-- breaks: [{"table": "reported_values", "row": "CTDC-02-a", "copy": {"value_id": "CTDC-99"}}]
-- says: ["reported_values", "CTDC-99", "printed"]
-- passes: [{"table": "reported_values", "row": "KH010", "copy": {"value_id": "KH910", "locator": "p"}}, {"table": "reported_values", "row": "KH010", "copy": {"value_id": "KH911", "source_id": "acton-2015"}}, {"table": "reported_values", "row": "KH010", "copy": {"value_id": "KH912", "printed": "2.2%"}}, {"table": "reported_values", "row": "KH010", "copy": {"value_id": "KH913", "indicator_id": "claimed-share"}}, {"table": "reported_values", "row": "KH010", "copy": {"value_id": "KH914", "study_id": "", "study_id_reason": "no_study_named"}}, {"table": "reported_values", "row": "KH010", "copy": {"value_id": "KH915", "age_min": "3"}}, {"table": "reported_values", "row": "KH010", "copy": {"value_id": "KH916", "age_max": "", "age_max_reason": "all_ages"}}, {"table": "reported_values", "row": "KH010", "copy": {"value_id": "KH917", "place_id": "cambodia"}}, {"table": "reported_values", "row": "KH010", "copy": {"value_id": "KH918", "period": "2015"}}, {"table": "reported_values", "row": "KH010", "copy": {"value_id": "KH919", "sex": "male"}}]
