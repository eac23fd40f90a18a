-- title: A claim tells of the year and the spellings that its readings have
-- level: error
-- why: A claim that seems older than its oldest source is itself a claim.
-- mend: Correct the text or lookup, or add the source that is older.
-- message: {claim_id}: {state}.
-- except: yes
-- example: {"table": "claims", "row": "30-percent", "set": {"lookup": "thirty percent"}}
-- mended: {"lookup": "30 percent; 30%; 30 per cent; 30 Prozent"}
-- says: ["claims", "30-percent", "lookup"]
WITH readings AS (
    SELECT c.claim_id, min(try_cast(left(v.published, 4) AS INTEGER)) AS first, list(DISTINCT try_cast(left(v.published, 4) AS INTEGER)) AS years FROM claim_values c JOIN all_readings v USING (value_id) GROUP BY c.claim_id
), words AS (
    SELECT c.*, first, years, regexp_extract(text, '^[^.]*?\b((?:19|20)[0-9]{2})\b', 1) AS told, regexp_extract(name, '[0-9][0-9.,]*[0-9]|[0-9]+') AS number FROM claims c JOIN readings USING (claim_id)
)
SELECT 'data/claims.csv' AS file, line, 'text' AS field, text AS value, claim_id, 'its text begins with ' || told || ', and its oldest reading is of ' || first AS state
FROM words WHERE told <> '' AND regexp_matches(text, '(?i)earliest') AND first IS NOT NULL AND try_cast(told AS INTEGER) <> first AND NOT list_contains(years, try_cast(told AS INTEGER))
UNION ALL
SELECT 'data/claims.csv', line, 'name', name, claim_id, 'no spelling says ' || regexp_extract(name, 'under [0-9]+') FROM words WHERE regexp_matches(name, 'under [0-9]+') AND contains(lookup, 'under ') AND NOT contains(lookup, regexp_extract(name, 'under [0-9]+'))
UNION ALL
SELECT 'data/claims.csv', line, 'lookup', lookup, claim_id, 'no spelling holds ' || number FROM words WHERE number <> '' AND NOT contains(lookup, number)
-- breaks: [{"table": "claims", "row": "15-percent-under-15", "set": {"name": "More than 15 percent are under 18 in Phnom Penh"}}]
-- says: ["claims", "15-percent-under-15", "name"]
-- passes: [{"table": "claims", "row": "30-percent", "set": {"lookup": "30 percent"}}]
