-- title: A mention is close to its main mention in number and year, and not about the other sex
-- level: warning
-- why: A mention of a different quantity would look like a disagreement.
-- fix: Let [mention_of] name the main mention, which the source restates, or leave it blank.
-- message: {value_id} is a mention of {value}, but its {cell} is {own}, that of the main mention {other}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH025-c", "set": {"mention_of": "KH038"}}
-- fixed: {"mention_of": "KH010"}
-- says: ["reported_values", "KH025-c", "mention_of"]
-- says: ["reported_values", "KH025-c", "mention_of"]
WITH pairs AS MATERIALIZED (
    SELECT mine.line, mine.mention_of AS value, mine.value_id, mine.sex, root.sex AS its_sex, mine.period, root.period AS its_period,
        coalesce(mine.low, mine.high) AS number, coalesce(root.low, root.high) AS its_number,
        greatest(number, its_number) > 2 * least(number, its_number) AND NOT (mine.low <= root.high AND root.low <= mine.high) AS is_far,
        mine.sex = 'female' AND root.sex = 'male' OR mine.sex = 'male' AND root.sex = 'female' AS is_of_another,
        mine.from_year > root.to_year + 2 OR mine.to_year < root.from_year - 2 AS is_apart
    FROM all_readings mine JOIN roots root ON root.value_id = mine.mention_of
    WHERE is_far OR is_of_another OR is_apart
), cells AS (
    SELECT *, 'low' AS cell, regexp_replace(number::VARCHAR, '\.0$', '') AS own, regexp_replace(its_number::VARCHAR, '\.0$', '') AS other
    FROM pairs WHERE is_far
    UNION ALL SELECT *, 'sex', sex, its_sex FROM pairs WHERE is_of_another
    UNION ALL SELECT *, 'period', period, its_period FROM pairs WHERE is_apart
)
SELECT 'data/reported_values.csv' AS file, line, 'mention_of' AS field, value, value_id, cell, own, other
FROM cells
-- breaks: [{"table": "reported_values", "row": "KH246-a", "set": {"sex": "female"}}]
-- says: ["reported_values", "KH246-a", "mention_of"]
-- passes: [{"table": "reported_values", "row": "KH025-c", "set": {"age_max": "16"}}]
