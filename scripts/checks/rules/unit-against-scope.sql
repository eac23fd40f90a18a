-- title: The unit of a count is what the words of the scope say is counted
-- level: hint
-- why: Cases that led to convictions, if entered as people, become convicted people.
-- fix: Choose the indicator in the unit of the words. A mention that counts another unit is a main mention of its own, linked to the other as [checked_against].
-- message: The words “{words}” count {told}, and the indicator counts {unit}.
-- example: {"table": "reported_values", "row": "KH087", "set": {"indicator_id": "victims-recorded"}}
-- fixed: {"indicator_id": "cases-recorded"}
-- says: ["reported_values", "KH087", "indicator_id"]
WITH heads AS ( -- “victims freed in sex trafficking cases” are victims: what follows the first small word does not count
    SELECT line, indicator_id, unit, scope_as_printed AS words, regexp_replace(lower(scope_as_printed),
        '[,;:(].*|\b(?:of|in|to|by|for|from|with|at|on|after|against|among|about|between|under|aged|that|who|whom|which|leading|involving|living|working)\b.*', '') AS head
    FROM all_readings JOIN (SELECT line, scope_as_printed FROM reported_values) USING (line) WHERE kind = 'count'
), told AS (
    SELECT h.*, w.codes, w.codes.string_split(' ')[1] AS told FROM heads h JOIN words.telling w ON about = 'counted' AND regexp_matches(head, pattern)
    QUALIFY row_number() OVER (PARTITION BY line ORDER BY length(regexp_extract(head, '.*(?:' || pattern || ')')) DESC) = 1
)
SELECT 'data/reported_values.csv' AS file, line, 'indicator_id' AS field, indicator_id AS value, words, told, unit
FROM told
WHERE NOT list_contains(string_split(codes, ' '), unit)
-- breaks: [{"table": "reported_values", "row": "KH086", "set": {"indicator_id": "cases-recorded"}}]
-- says: ["reported_values", "KH086", "indicator_id"]
-- passes: [{"table": "reported_values", "row": "KH087", "set": {"scope_as_printed": "reports of suspected trafficking cases", "indicator_id": "reports-received"}}]
