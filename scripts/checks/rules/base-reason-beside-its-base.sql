-- title: Why a base is not linked is said only where it is not
-- level: error
-- why: Whoever reads the reason would believe that the number of people is missing.
-- mend: Clear base_reason; or take the link out, if it is wrong.
-- message: {linked}, and base_reason still says {value}.
-- example: {"table": "reported_values", "row": "E2-015", "set": {"base_reason": "not_reported"}}
-- mended: {"base_reason": ""}
-- says: ["reported_values", "E2-015", "base_reason"]
SELECT 'data/reported_values.csv' AS file, v.line, 'base_reason' AS field, v.base_reason AS value,
    CASE WHEN bool_or(l.relation = 'denominator_of') THEN 'The base is linked' ELSE 'Both ends are linked' END AS linked
FROM reported_values v JOIN links l ON l.to_id = v.value_id
WHERE v.base_reason IS NOT NULL
GROUP BY v.line, v.base_reason
HAVING bool_or(l.relation = 'denominator_of')
    OR bool_or(l.relation = 'earlier_end_of') AND bool_or(l.relation = 'later_end_of')
-- breaks: [{"table": "reported_values", "row": "IJM-DOM-11", "set": {"base_reason": "not_reported"}}]
-- says: ["reported_values", "IJM-DOM-11", "base_reason"]
-- passes: [{"table": "reported_values", "row": "RESP-086-c", "set": {"base_reason": "not_read"}}]
