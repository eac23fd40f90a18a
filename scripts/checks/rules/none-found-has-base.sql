-- title: None found has its base or the reason why not
-- level: error
-- why: Zero of 20 and zero of 2,000 say different things.
-- mend: Link the number of people seen as denominator_of, or fill base_reason.
-- message: None was found, but no number of people seen is linked and base_reason is blank.
-- example: {"table": "reported_values", "row": "KH021", "set": {"base_reason": ""}}
-- mended: {"base_reason": "not_reported"}
-- says: ["reported_values", "KH021", "base_reason"]
SELECT 'data/reported_values.csv' AS file, line, 'base_reason' AS field, base_reason AS value
FROM reported_values
WHERE qualifier = 'none_found' AND base_reason IS NULL
    AND value_id NOT IN (SELECT to_id FROM links WHERE relation = 'denominator_of')
-- passes: [{"table": "reported_values", "row": "KH021", "set": {"base_reason": ""}}, {"table": "links", "row": ["KH005", "denominator_of", "KH018"], "set": {"to_id": "KH021"}}]
