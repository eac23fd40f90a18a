-- title: A reading linked to a claim gives a number that the claim gives
-- level: hint
-- why: A claim with another claim's mentions seems older or more widespread than it is.
-- fix: Move the reading to the claim that it gives, or add the spelling to lookup.
-- message: {value} gives “{printed}”, which is no spelling of “{name}”.
-- example: {"table": "scopes", "row": "2.2-percent.KH010", "set": {"claim_id": "40-percent"}}
-- fixed: {"claim_id": "2.2-percent"}
-- says: ["scopes", "2.2-percent.KH010", "value_id"]
WITH spellings AS (
    SELECT claim_id, name, regexp_replace(concat_ws('; ', name, lookup), '([0-9])[.,](000)\b', '\1\2', 'g') AS words FROM claims
), numbers AS (
    SELECT claim_id, name, try_cast(replace(unnest(regexp_extract_all(words, '[0-9]+(?:[.,][0-9]+)?')), ',', '.') AS DOUBLE) AS number
    FROM spellings
), listed AS (
    SELECT claim_id, name, list(number) AS numbers FROM numbers GROUP BY claim_id, name
)
SELECT 'data/scopes.csv' AS file, c.line, 'value_id' AS field, value_id AS value, v.printed, name
FROM scopes c JOIN listed USING (claim_id) JOIN reported_values v USING (value_id)
WHERE NOT list_has_any(numbers, [v.low, v.high, round(v.low)])
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"printed": "2.2 percent"}}]
