-- title: What a change or a finding of none rests on is linked, or base_reason says why not
-- level: error
-- why: A fall without its ends cannot be checked, and zero of 20 and zero of 2,000 say different things.
-- fix: Link the two ends of a change, or the people seen ([denominator_of]); or say in [base_reason] why they are not linked, and only then.
-- message: {value_id} has its denominator linked, and [base_reason] still says {value}.
-- example: {"table": "reported_values", "row": "KH021", "set": {"base_reason": ""}}
-- fixed: {"base_reason": "not_reported"}
-- says: ["reported_values", "KH021", "base_reason"]
WITH linked AS (
    SELECT to_id AS value_id, bool_or(relation = 'denominator_of') AS has_base,
        bool_or(relation = 'earlier_end_of') AND bool_or(relation = 'later_end_of') AS has_ends
    FROM links GROUP BY to_id
), judged AS (
    SELECT *, coalesce(CASE WHEN kind = 'change' THEN has_ends ELSE has_base END, false) AS is_linked
    FROM all_readings LEFT JOIN linked USING (value_id)
)
SELECT 'data/reported_values.csv' AS file, line, 'base_reason' AS field, base_reason AS value, value_id,
    CASE WHEN NOT is_linked THEN '{value_id} rests on other figures that are not linked, and [base_reason] is blank.' END AS says
FROM judged
WHERE CASE WHEN is_linked THEN base_reason IS NOT NULL
    ELSE base_reason IS NULL AND printing_of IS NULL AND (kind = 'change' OR qualifier = 'none_found'
        AND value_id NOT IN (SELECT from_id FROM links WHERE relation = 'part_of')) END -- it is then counted within its base
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"base_reason": "not_reported"}}]
-- says: ["reported_values", "KH010", "base_reason"]
-- passes: [{"table": "reported_values", "row": "KH021", "set": {"base_reason": ""}}, {"table": "links", "row": ["KH005", "denominator_of", "KH018"], "set": {"to_id": "KH021"}}]
