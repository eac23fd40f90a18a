-- title: A percentage in our words is a share that a joined source prints
-- level: warning
-- why: Words that say 2.8 percent beside a share of 8.2 show which of the two is a slip.
-- mend: Compare the words with the readings that the row is joined to and with those of the same sources. Where the words are right, record the row in data/exceptions.csv with its reason.
-- message: {key}: the {field} says “{shown}”, and no share of its sources is that.
-- except: yes
-- example: {"table": "statements", "row": "S12", "set": {"paraphrase": "Even 2.2 percent, the share printed of people in the venues, means real girls; sets it against an estimated 5 to 30 percent at the beginning of the decade."}}
-- mended: {"paraphrase": "Even 2.2 percent, the share printed of people in the venues, means real girls; sets it against an estimated 15 to 30 percent at the beginning of the decade."}
-- says: ["statements", "S12", "paraphrase"]
WITH told AS (
    SELECT 'statements' AS table_name, line, statement_id AS key, 'paraphrase' AS field, paraphrase AS value, source_id FROM statements
    UNION ALL SELECT 'links', line, concat_ws(' ', from_id, relation, to_id), 'reason', reason, NULL FROM links
), named AS (
    SELECT *, unnest(regexp_extract_all(value, '[0-9]+(?:\.[0-9]+)?(?:(?: to | and | or |-)[0-9]+(?:\.[0-9]+)?)? ?(?:percent|per cent|%)')) AS shown FROM told WHERE regexp_matches(value, '[0-9] ?(?:percent|per cent|%)')
), joined AS (
    SELECT statement_id AS key, value_id FROM statement_values UNION ALL SELECT concat_ws(' ', from_id, relation, to_id), unnest([from_id, to_id]) FROM links
), pages AS (
    SELECT key, source_id FROM named UNION SELECT key, source_id FROM joined SEMI JOIN named USING (key) JOIN reported_values v ON joined.value_id IN (v.value_id, v.printing_of)
), shares AS (SELECT key, list(low) || list(high) AS shares FROM pages JOIN all_readings USING (source_id) WHERE unit = 'percent' GROUP BY key)
SELECT 'data/' || table_name || '.csv' AS file, line, field, value, key, shown FROM named LEFT JOIN shares USING (key)
WHERE len(list_filter(list_transform(regexp_extract_all(shown, '[0-9]+(?:\.[0-9]+)?'), lambda one: TRY_CAST(one AS DOUBLE)), lambda one: one NOT BETWEEN 1900 AND 2099 AND one < 100 AND NOT list_contains(coalesce(shares, []), one))) > 0
-- breaks: [{"table": "statements", "row": "S14", "set": {"paraphrase": "Cites 2.8 percent of people in the sex trade in establishments, and 2.2 percent of them from March 2015."}}]
-- says: ["statements", "S14", "paraphrase"]
-- breaks: [{"table": "links", "row": ["KH010", "later_end_of", "KH022"], "set": {"reason": "The article gives the fall from 8.61 to 2.2 percent."}}]
-- says: ["links", "KH010 later_end_of KH022", "reason"]
-- passes: [{"table": "statements", "row": "S14", "set": {"paraphrase": "Cites 8.2 percent from the report of 2013; wants 100 percent of venues to be seen."}}]
