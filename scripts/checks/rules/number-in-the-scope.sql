-- title: A number that the scope names as its whole is that of the linked reading
-- level: error
-- why: Of 345 victims beside a whole of 354 shows which of the two is a slip.
-- mend: Compare the scope with the linked readings, and correct the one that is wrong.
-- message: The scope names {number}, and {other} is {its}.
-- except: yes
-- example: {"table": "reported_values", "row": "RESP-019-a", "set": {"scope_as_printed": "under 15, of 354 victims rescued"}}
-- mended: {"scope_as_printed": "under 15, of 345 victims rescued"}
-- says: ["reported_values", "RESP-019-a", "scope_as_printed"]
WITH alike AS (SELECT list(line) AS lines, scope_as_printed, qualifier, low, high FROM reported_values GROUP BY ALL),
scopes AS (SELECT DISTINCT scope_as_printed FROM alike),
told AS (
    SELECT scope_as_printed, try_cast(replace(unnest(regexp_extract_all(scope_as_printed, '(?:among|of)(?: the| all| some)? ([1-9][0-9,]*[0-9])\b', 1)), ',', '') AS DOUBLE) AS number FROM scopes
), named AS (
    SELECT line, value_id, source_id, scope_as_printed, number FROM reported_values JOIN told USING (scope_as_printed)
), lows AS (SELECT source_id, low, min(value_id, 2) AS ids FROM reported_values WHERE low > 99 GROUP BY source_id, low),
slips AS ( -- one digit off a number of the same page, and no number of it
    SELECT source_id, number, low, ids FROM (SELECT DISTINCT source_id, number FROM named WHERE number > 999 AND number NOT BETWEEN 1950 AND 2019) n JOIN lows USING (source_id)
    WHERE length(try_cast(low AS BIGINT)::VARCHAR) = length(try_cast(number AS BIGINT)::VARCHAR) AND levenshtein(try_cast(low AS BIGINT)::VARCHAR, try_cast(number AS BIGINT)::VARCHAR) = 1
        AND NOT EXISTS (FROM reported_values r WHERE r.source_id = n.source_id AND r.low = n.number) AND NOT EXISTS (FROM reported_values r WHERE r.source_id = n.source_id AND r.high = n.number)
), wholes AS (
    SELECT l.from_id AS value_id, min(w.value_id) AS other, list(w.low) || list(w.high) AS its FROM links l JOIN reported_values w ON w.value_id = l.to_id WHERE l.relation = 'part_of' GROUP BY l.from_id
    UNION ALL SELECT l.to_id, min(w.value_id), list(w.low) || list(w.high) FROM links l JOIN reported_values w ON w.value_id = l.from_id WHERE l.relation IN ('denominator_of', 'numerator_of') GROUP BY l.to_id
), ends AS (
    SELECT value_id, scope_as_printed, line, regexp_extract(scope_as_printed, '\b([1-9][0-9,]*) (?:to|against) ([1-9][0-9,]*)\b', ['one', 'other']) AS told FROM (SELECT * FROM scopes WHERE regexp_matches(scope_as_printed, '\b[1-9][0-9,]* (?:to|against) [1-9]')) JOIN reported_values USING (scope_as_printed)
)
SELECT 'data/reported_values.csv' AS file, line, 'scope_as_printed' AS field, scope_as_printed AS value, try_cast(number AS BIGINT) AS number, other, try_cast(its[1] AS BIGINT) AS its
FROM named JOIN wholes USING (value_id)
WHERE number NOT BETWEEN 1900 AND 2099 AND number > 12 AND NOT list_contains(its, number) AND NOT EXISTS (FROM reported_values r WHERE r.source_id = named.source_id AND r.low = number)
UNION ALL
SELECT 'data/reported_values.csv', line, 'scope_as_printed', scope_as_printed, try_cast(number AS BIGINT), min(other), arg_min(try_cast(low AS BIGINT), other)
FROM (SELECT *, CASE ids[1] WHEN value_id THEN ids[2] ELSE ids[1] END AS other FROM named JOIN slips USING (source_id, number)) WHERE other IS NOT NULL GROUP BY line, scope_as_printed, number
UNION ALL
SELECT 'data/reported_values.csv', e.line, 'scope_as_printed', e.scope_as_printed, told.one || ' and ' || told.other, v.value_id, try_cast(v.low AS BIGINT)
FROM ends e JOIN links l ON l.to_id = e.value_id AND l.relation IN ('earlier_end_of', 'later_end_of') JOIN reported_values v ON v.value_id = l.from_id
WHERE v.low IS NOT NULL AND NOT regexp_matches(told.one || told.other, '^(?:19|20)[0-9]{2}(?:19|20)[0-9]{2}$') AND v.low NOT IN (try_cast(replace(told.one, ',', '') AS DOUBLE), try_cast(replace(told.other, ',', '') AS DOUBLE))
UNION ALL
SELECT 'data/reported_values.csv', unnest(lines), 'scope_as_printed', scope_as_printed, one + other, 'the reading', try_cast(low AS BIGINT)
FROM (SELECT *, try_cast(regexp_extract_all(scope_as_printed, '\(([0-9]+)\)', 1) AS BIGINT[]) || try_cast(regexp_extract_all(scope_as_printed, '([0-9]+) (?:human trafficking|sexual exploitation)\b', 1) AS BIGINT[]) AS told, told[1] AS one, told[2] AS other FROM alike WHERE qualifier = 'exact') AS sums
WHERE len(told) = 2 AND low IS NOT NULL AND one + other <> low
UNION ALL
SELECT 'data/reported_values.csv', unnest(lines), 'scope_as_printed', scope_as_printed, try_cast(regexp_extract(scope_as_printed, '\(([0-9]+) (?:female|male|women|girls|boys|children)\)', 1) AS BIGINT), 'the reading', try_cast(high AS BIGINT)
FROM alike WHERE regexp_matches(scope_as_printed, '\([0-9]+ (?:female|male|women|girls|boys|children)\)') AND try_cast(regexp_extract(scope_as_printed, '\(([0-9]+) (?:female|male|women|girls|boys|children)\)', 1) AS BIGINT) > high
-- breaks: [{"table": "reported_values", "row": "KH007", "set": {"low": "83", "high": "83", "printed": "83"}}]
-- says: ["reported_values", "KH023", "scope_as_printed"]
-- breaks: [{"table": "reported_values", "row": "E2-043", "set": {"scope_as_printed": "of the 2,020 sex-work venues surveyed: indirect sites (karaoke parlours, some bars and rest stops, beer gardens, public spaces)"}}]
-- says: ["reported_values", "E2-043", "scope_as_printed"]
-- passes: [{"table": "reported_values", "row": "RESP-019-a", "set": {"scope_as_printed": "under 15, of 138 victims rescued"}}]
