-- title: The parts of a partition add up to their whole
-- level: warning
-- why: A sum that is off by one is a sign of a typing error, or of a source that contradicts itself.
-- fix: Read the numbers again. If the source gives them so, leave them.
-- message: The {parts} parts of {whole_id} add up to {total}, and it is {whole}.
-- except: yes
-- example: {"table": "reported_values", "row": "RESP-019-a", "set": {"low": "128", "high": "128", "printed": "128"}}
-- fixed: {"low": "138", "high": "138", "printed": "138"}
-- says: ["links", "RESP-019-a part_of RESP-018-a", "from_id"]
WITH sums AS (
    SELECT min(l.line) AS line, min(from_id) AS value, to_id AS whole_id, any_value(whole.low) AS whole, count(*) AS parts,
        round(sum(part.low), 4) AS total, any_value(whole.unit) AS unit, bool_and(part.low = floor(part.low)) AS is_whole
    FROM links l JOIN all_readings part ON part.value_id = from_id JOIN all_readings whole ON whole.value_id = to_id
    WHERE relation = 'part_of' AND partition IS NOT NULL AND whole.low = whole.high
    GROUP BY to_id, partition HAVING bool_and(part.low = part.high)
)
SELECT 'data/links.csv' AS file, line, 'from_id' AS field, value, whole_id, whole, parts, total
FROM sums -- each percentage may be rounded
WHERE abs(total - whole) > CASE WHEN unit <> 'percent' THEN 0 WHEN is_whole THEN 0.5 * (parts + 1) ELSE 0.05 * (parts + 1) + 1e-9 END
-- passes: [{"table": "reported_values", "row": "RESP-019-a", "set": {"qualifier": "about", "high": ""}}]
