-- title: A change has its two ends, or the reason why not
-- level: error
-- why: A fall without its two ends cannot be checked.
-- mend: Link the two ends with earlier_end_of and later_end_of, or fill base_reason.
-- message: {value_id} has no {missing}, and base_reason is blank.
-- example: {"table": "reported_values", "row": "KH024", "set": {"base_reason": ""}}
-- mended: {"base_reason": "not_reported"}
-- says: ["reported_values", "KH024", "base_reason"]
SELECT 'data/reported_values.csv' AS file, v.line, 'base_reason' AS field, v.base_reason AS value, v.value_id,
    concat_ws(' and no ',
        CASE WHEN v.value_id NOT IN (SELECT to_id FROM links WHERE relation = 'earlier_end_of')
            THEN 'earlier end' END,
        CASE WHEN v.value_id NOT IN (SELECT to_id FROM links WHERE relation = 'later_end_of')
            THEN 'later end' END) AS missing
FROM reported_values v JOIN indicators i USING (indicator_id)
WHERE i.kind = 'change' AND v.printing_of IS NULL AND v.base_reason IS NULL AND missing <> ''
-- breaks: [{"table": "links", "row": ["KH010", "later_end_of"], "set": {"relation": "not_comparable"}}]
-- says: ["reported_values", "KH022", "base_reason"]
-- breaks: [{"table": "links", "row": ["KH038", "earlier_end_of"], "set": {"relation": "not_comparable"}}]
-- says: ["reported_values", "KH022", "base_reason"]
-- passes: [{"table": "reported_values", "row": "KH277", "set": {"locator": "para 9"}}]
