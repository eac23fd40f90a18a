-- title: The figures on which a change or a “none found” rests are linked, or denominator_reason says why not
-- level: error
-- why: A fall without its ends cannot be checked, and none of 20 does not mean the same as none of 2,000.
-- fix: Link the two ends of a change, or the people seen ([denominator_of]); or say in [denominator_reason] why they are not linked, and only then.
-- message: {value_id} has its denominator linked, and [denominator_reason] still says {value}.
-- example: {"table": "reported_values", "row": "KH021", "set": {"denominator_reason": ""}}
-- fixed: {"denominator_reason": "not_reported"}
-- says: ["reported_values", "KH021", "denominator_reason"]
WITH linked AS (
    SELECT to_id AS value_id, bool_or(relation = 'denominator_of') AS has_base,
        bool_or(relation = 'earlier_end_of') AND bool_or(relation = 'later_end_of') AS has_ends
    FROM links GROUP BY to_id
), judged AS (
    SELECT *, coalesce(CASE WHEN kind = 'change' THEN has_ends ELSE has_base END, false) AS is_linked
    FROM all_readings LEFT JOIN linked USING (value_id)
)
SELECT 'data/reported_values.csv' AS file, line, 'denominator_reason' AS field, denominator_reason AS value, value_id,
    CASE WHEN NOT is_linked THEN '{value_id} rests on other figures that are not linked, and [denominator_reason] is blank.' END AS says
FROM judged
WHERE CASE WHEN is_linked THEN denominator_reason IS NOT NULL
    ELSE denominator_reason IS NULL AND mention_of IS NULL AND (kind = 'change' OR qualifier = 'none_found'
        AND value_id NOT IN (SELECT from_id FROM links WHERE relation = 'part_of')) END -- such a part is counted within its whole
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"denominator_reason": "not_reported"}}]
-- says: ["reported_values", "KH010", "denominator_reason"]
-- passes: [{"table": "reported_values", "row": "KH021", "set": {"denominator_reason": ""}}, {"table": "links", "row": ["KH005", "denominator_of", "KH018"], "set": {"to_id": "KH021"}}]
