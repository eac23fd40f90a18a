-- title: A mention is near its root in number and years, and not of the other sex
-- level: warning
-- why: A mention of another quantity makes a disagreement that is none.
-- mend: Let [printing_of] name the first mention, which the source restates, or leave it blank.
-- message: {value_id} is a mention of {value}, but its {cell} is {own}, that of the first mention {other}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH025-c", "set": {"printing_of": "KH038"}}
-- mended: {"printing_of": "KH010"}
-- says: ["reported_values", "KH025-c", "printing_of"]
-- says: ["reported_values", "KH025-c", "printing_of"]
WITH pairs AS (
    SELECT mine, root, coalesce(mine.low, mine.high) AS number, coalesce(root.low, root.high) AS its_number
    FROM all_readings mine JOIN all_readings root ON root.value_id = mine.printing_of
), cells AS (
    SELECT mine, 'low' AS cell, regexp_replace(number::VARCHAR, '\.0$', '') AS own, regexp_replace(its_number::VARCHAR, '\.0$', '') AS other,
        greatest(number, its_number) > 2 * least(number, its_number) AND NOT (mine.low <= root.high AND root.low <= mine.high) AS apart FROM pairs
    UNION ALL SELECT mine, 'sex', mine.sex, root.sex, (mine.sex, root.sex) IN (('female', 'male'), ('male', 'female')) FROM pairs
    UNION ALL SELECT mine, 'period', mine.period, root.period,
        mine.from_year > root.to_year + 2 OR mine.to_year < root.from_year - 2 FROM pairs
)
SELECT 'data/reported_values.csv' AS file, mine.line, 'printing_of' AS field, mine.printing_of AS value, mine.value_id, cell, own, other
FROM cells
WHERE apart
-- breaks: [{"table": "reported_values", "row": "KH246-a", "set": {"sex": "female"}}]
-- says: ["reported_values", "KH246-a", "printing_of"]
-- passes: [{"table": "reported_values", "row": "KH025-c", "set": {"age_max": "16"}}]
