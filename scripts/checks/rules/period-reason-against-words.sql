-- title: A period that the source words is not “not reported”
-- level: error
-- why: Words such as “in recent years” tell that the source speaks of the time, only not exactly.
-- mend: Write vague as the reason; or fill the period where the words give it.
-- message: The period is blank because it is not reported, and the words are “{words}”.
-- example: {"table": "reported_values", "row": "KH030", "set": {"period_reason": "not_reported"}}
-- mended: {"period_reason": "vague"}
-- says: {"table": "reported_values", "row": "KH030", "field": "period_reason", "value": "not_reported", "message": "The period is blank because it is not reported, and the words are “early 2000s”."}
SELECT 'data/reported_values.csv' AS file, line, 'period_reason' AS field, period_reason AS value,
    period_as_printed AS words
FROM reported_values WHERE period_reason = 'not_reported' AND period_as_printed IS NOT NULL
-- passes: [{"table": "reported_values", "row": "KH030", "set": {"period_reason": "not_read"}}]
