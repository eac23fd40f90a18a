-- title: A period that the source words is not “not reported”
-- level: error
-- why: Words such as “in recent years” tell that the source speaks of the time, only not exactly.
-- mend: Write vague as the reason; or fill the period where the words give it.
-- message: The period is blank because it is not reported, and the words are “{words}”.
-- except: yes
-- example: {"table": "reported_values", "row": "KH030", "set": {"period_reason": "not_reported"}}
-- mended: {"period_reason": "vague"}
-- says: ["reported_values", "KH030", "period_reason"]
SELECT 'data/reported_values.csv' AS file, line, 'period_reason' AS field, period_reason AS value,
    coalesce(period_as_printed, scope_as_printed) AS words
FROM reported_values WHERE period_reason = 'not_reported' AND (period_as_printed IS NOT NULL OR regexp_matches(scope_as_printed, '(?:^|, |; |\b(?:in|during|for) )(?:early |late |mid-|the first half of |the second half of |the year )?(?:19|20)[0-9]{2}(?:$|[,;]| to |-)') AND NOT regexp_matches(scope_as_printed, '\b(?:born|law|laws|report|published|census|plan|founded|aged)\b'))
-- breaks: [{"table": "reported_values", "row": "RESP-061-b", "set": {"period": "", "period_reason": "not_reported", "period_as_printed": ""}}]
-- says: ["reported_values", "RESP-061-b", "period_reason"]
-- passes: [{"table": "reported_values", "row": "KH030", "set": {"period_reason": "not_read"}}]
-- passes: [{"table": "reported_values", "row": "RESP-061-b", "set": {"period": "", "period_reason": "not_reported", "period_as_printed": "", "scope_as_printed": "sex trafficking, under the law of 2008"}}]
