-- title: A change has its two ends, or the reason why not
-- level: error
-- why: A fall without its two ends cannot be checked.
-- mend: Link the two ends with earlier_end_of and later_end_of, or fill base_reason.
-- message: {value_id} has no {missing}, and base_reason is blank.
-- example: {"table": "reported_values", "row": "KH024", "set": {"base_reason": ""}}
-- mended: {"base_reason": "not_reported"}
-- says: {"table": "reported_values", "row": "KH024", "field": "base_reason", "value": "", "message": "KH024 has no earlier end and no later end, and base_reason is blank."}
SELECT 'data/reported_values.csv' AS file, v.line, 'base_reason' AS field, v.base_reason AS value, v.value_id,
    concat_ws(' and no ',
        CASE WHEN v.value_id NOT IN (SELECT to_id FROM links WHERE relation = 'earlier_end_of')
            THEN 'earlier end' END,
        CASE WHEN v.value_id NOT IN (SELECT to_id FROM links WHERE relation = 'later_end_of')
            THEN 'later end' END) AS missing
FROM reported_values v JOIN indicators i USING (indicator_id)
WHERE i.kind = 'change' AND v.printing_of IS NULL AND v.base_reason IS NULL AND missing <> ''
-- breaks: [{"table": "links", "row": ["KH010", "later_end_of"], "set": {"relation": "not_comparable"}}]
-- says: {"table": "reported_values", "row": "KH022", "field": "base_reason", "value": "", "message": "KH022 has no later end, and base_reason is blank."}
-- breaks: [{"table": "links", "row": ["KH038", "earlier_end_of"], "set": {"relation": "not_comparable"}}]
-- says: {"table": "reported_values", "row": "KH022", "field": "base_reason", "value": "", "message": "KH022 has no earlier end, and base_reason is blank."}
-- passes: [{"table": "reported_values", "row": "KH277", "set": {"locator": "para 9"}}]
