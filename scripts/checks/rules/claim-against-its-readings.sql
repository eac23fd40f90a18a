-- title: A reading under a claim prints the number of the claim
-- level: error
-- why: A claim with the printings of another seems older or wider than it is.
-- mend: Move the reading to the claim that it prints, or add the spelling to lookup.
-- message: {value} prints “{printed}”, which is no spelling of “{name}”.
-- except: yes
-- example: {"table": "claim_values", "row": ["2.2-percent", "KH010"], "set": {"claim_id": "40-percent"}}
-- mended: {"claim_id": "2.2-percent"}
-- says: ["claim_values", "40-percent KH010", "value_id"]
WITH spellings AS (
    SELECT claim_id, name, list_transform(regexp_extract_all(replace(replace(concat_ws('; ', name, lookup), ',000', '000'), '.000', '000'), '[0-9]+(?:[.,][0-9]+)?'), lambda one: try_cast(replace(one, ',', '.') AS DOUBLE)) AS numbers,
        regexp_extract_all(replace(regexp_replace(lower(concat_ws('; ', name, lookup)), '([0-9]) ?%', '\1', 'g'), ',000', '000'), '\b([0-9]+(?:[.,][0-9]+)?(?: to |-| bis | à | a )[0-9]+(?:[.,][0-9]+)?)\b') AS ranges,
        list_transform(regexp_extract_all(regexp_replace(replace(regexp_replace(lower(concat_ws('; ', name, lookup)), '([0-9]) ?%', '\1', 'g'), ',000', '000'), '\b[0-9]+(?:[.,][0-9]+)?(?: to |-| bis | à | a )[0-9]+(?:[.,][0-9]+)?\b', '', 'g'), '[0-9]+(?:[.,][0-9]+)?'), lambda one: try_cast(replace(one, ',', '.') AS DOUBLE)) AS single
    FROM claims
)
SELECT 'data/claim_values.csv' AS file, c.line, 'value_id' AS field, c.value_id AS value, v.printed, s.name
FROM claim_values c JOIN spellings s USING (claim_id) JOIN reported_values v ON v.value_id = c.value_id
WHERE NOT (coalesce(list_contains(s.numbers, v.low), false) OR coalesce(list_contains(s.numbers, v.high), false) OR (v.low BETWEEN 33 AND 34 OR v.high BETWEEN 33 AND 34) AND regexp_matches(lower(s.name), 'third'))
    OR (v.low <> v.high AND NOT list_contains(s.numbers, round(v.high)) AND NOT list_contains(s.numbers, v.high))
    OR len(s.ranges) > 0 AND coalesce(v.low, v.high) = coalesce(v.high, v.low) AND NOT list_contains(s.single, coalesce(v.low, v.high)) AND list_contains(s.numbers, coalesce(v.low, v.high)) -- it is an end of a range alone
-- breaks: [{"table": "claim_values", "row": ["35-percent", "KH218"], "set": {"claim_id": "one-third"}}]
-- says: ["claim_values", "one-third KH218", "value_id"]
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"printed": "2.2 percent"}}]
