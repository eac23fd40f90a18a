-- title: What a featured limitation or study is for, and what illustrates a limitation, share its words
-- level: error
-- why: A role for children on the street that shows the orphanages misleads the page that asks for it.
-- mend: Name the row that the words describe, or correct the words.
-- message: {value} is “{name}”, and the words are “{words}”.
-- except: yes
-- example: {"table": "featured", "row": "children-on-the-street", "set": {"limitation_id": "L03"}}
-- mended: {"limitation_id": "L01"}
-- says: ["featured", "children-on-the-street", "limitation_id"]
WITH pairs AS (
    SELECT 'data/featured.csv' AS file, f.line, 'limitation_id' AS field, f.limitation_id AS value, l.name, f.what_for AS words, lower(concat_ws(' ', l.name, l.text)) AS about, lower(f.what_for) AS told FROM featured f JOIN limitations l USING (limitation_id)
    UNION ALL SELECT 'data/featured.csv', f.line, 'study_id', f.study_id, t.name, f.what_for, lower(concat_ws(' ', t.name, t.design_note, p.name)), lower(f.what_for) FROM featured f JOIN studies t USING (study_id) JOIN places p USING (place_id)
), judged AS (
    SELECT *, list_filter(regexp_extract_all(told, '[a-z]{5,}'), lambda one: one NOT IN ('which', 'study', 'limitation', 'article', 'names', 'children', 'their', 'where', 'other', 'first', 'venues', 'what-ifs', 'example', 'listed', 'alone', 'method', 'another', 'country', 'workbook', 'filled', 'holds', 'small', 'facts', 'direction', 'judged', 'out')) AS marks FROM pairs
)
SELECT file, line, field, value, name, regexp_extract(words, '^.{0,80}') AS words
FROM judged
WHERE len(marks) > 0 AND NOT list_bool_or(list_transform(marks, lambda one: contains(about, left(one, 6))))
UNION ALL
SELECT 'data/limitation_examples.csv', m.line, 'value_id', m.value_id, l.name, regexp_extract(v.scope_as_printed, '^.{0,80}')
FROM limitation_examples m JOIN limitations l USING (limitation_id) JOIN reported_values v ON v.value_id = m.value_id LEFT JOIN populations p ON p.population_id = v.population_id
WHERE (l.name LIKE '%street%' AND NOT regexp_matches(lower(concat_ws(' ', v.scope_as_printed, p.name, p.definition)), 'street|homeless')) OR (l.name LIKE '%poor%' AND NOT regexp_matches(lower(concat_ws(' ', v.scope_as_printed, p.name, p.definition)), 'poor|slum|settlement'))
    OR (l.name LIKE '%orphanage%' AND NOT regexp_matches(lower(concat_ws(' ', v.scope_as_printed, p.name, p.definition)), 'care|orphan|institution|residential|facilit'))
-- breaks: [{"table": "limitation_examples", "row": ["L01", "KH119"], "set": {"value_id": "KH125"}}]
-- says: ["limitation_examples", "L01 KH125", "value_id"]
-- breaks: [{"table": "featured", "row": "judged-by-shop-clerks", "set": {"study_id": "ijm-khm-2015"}}]
-- says: ["featured", "judged-by-shop-clerks", "study_id"]
-- passes: [{"table": "featured", "row": "children-on-the-street", "set": {"what_for": "The limitation on the street."}}]
