-- title: A number that may not be shown alone has another to be shown with
-- level: error
-- why: A number that must be shown next to another needs that other number in the data.
-- fix: Add the other reported number as a mention of the same quantity, link the pair as the ends of a change, or set [show] to free.
-- message: [show] is {value}, but no other mention of {value_id} has another number.
-- example: {"table": "reported_values", "row": "KH009", "set": {"show": "with_both_denominators"}}
-- fixed: {"show": "free"}
-- says: ["reported_values", "KH009", "show"]
FROM all_readings v WHERE v.show IN ('conflict_only', 'with_both_denominators')
;
SELECT 'data/reported_values.csv' AS file, line, 'show' AS field, "show" AS value, value_id
FROM asked v
WHERE NOT EXISTS (
    FROM all_readings o
    WHERE coalesce(o.mention_of, o.value_id) = coalesce(v.mention_of, v.value_id)
        AND (o.low IS DISTINCT FROM v.low OR o.high IS DISTINCT FROM v.high OR o.population_id <> v.population_id)
) AND v.value_id NOT IN (
    SELECT unnest([from_id, to_id]) FROM links WHERE relation IN ('earlier_end_of', 'later_end_of')
)
-- passes: [{"table": "reported_values", "row": "KH009", "set": {"show": "with_both_denominators"}}, {"table": "reported_values", "row": "KH009", "copy": {"value_id": "KH909", "mention_of": "KH009", "high": "3"}}]
