-- title: The ends of a change have its place, oldest age and sex
-- level: error
-- why: The fall in three cities is not the fall in one of them.
-- fix: Link the end that the change is reckoned from, or correct the [cell].
-- message: {value} is an end of {change}, and the {other} of the one is {has}, of the other {wanted}.
-- example: {"table": "reported_values", "row": "KH010", "set": {"place_id": "phnom-penh"}}
-- fixed: {"place_id": "three-cities"}
-- says: ["links", "KH010 later_end_of KH022", "from_id"]
WITH ends AS (
    SELECT l.line, from_id, to_id, unnest(['place_id', 'age_max', 'sex']) AS other,
        unnest([a.place_id, a.age_max, a.sex]) AS its_cell, unnest([b.place_id, b.age_max, b.sex]) AS its_change
    FROM links l JOIN raw.reported_values a ON a.value_id = from_id JOIN raw.reported_values b ON b.value_id = to_id
    WHERE relation IN ('earlier_end_of', 'later_end_of')
)
SELECT 'data/links.csv' AS file, line, 'from_id' AS field, from_id AS value, to_id AS change, other,
    coalesce(its_cell, 'blank') AS has, coalesce(its_change, 'blank') AS wanted
FROM ends
WHERE has <> wanted AND 'not_stated' NOT IN (has, wanted)
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"sex": "female"}}]
