-- title: A percentage in our words is a share that a joined source prints
-- level: warning
-- why: Words that say 2.8 percent beside a share of 8.2 show which of the two is a slip.
-- mend: Compare the words with the readings that the row is joined to and with those of the same sources. Where the words are right, record the row in data/exceptions.csv with its reason.
-- message: {key}: the {field} says “{shown}”, and no share of its sources is that.
-- except: yes
-- example: {"table": "cross_checks", "row": ["E2-107", "E2-108-a"], "set": {"reason": "The two ends that the article prints, about 20 and 29 million, give a rise of 54 percent."}}
-- mended: {"reason": "The two ends that the article prints, about 20 and 29 million, give a rise of 45 percent. The first end is a rough number; from the larger number that another text prints for that year the rise would be nearly the printed one."}
-- says: {"table": "cross_checks", "row": "E2-107 E2-108-a", "field": "reason", "value": "The two ends that the article prints, about 20 and 29 million, give a rise of 54 percent.", "message": "E2-107 E2-108-a: the reason says “54 percent”, and no share of its sources is that."}
WITH told AS (
    SELECT 'statements' AS table_name, line, statement_id AS key, 'paraphrase' AS field, paraphrase AS value, source_id FROM statements
    UNION ALL SELECT 'article_statements', line, article_statement_id, unnest([{'field': 'paraphrase', 'value': paraphrase}, {'field': 'finding', 'value': finding}], recursive := true), source_id FROM article_statements
    UNION ALL SELECT 'links', line, concat_ws(' ', from_id, relation, to_id), 'reason', reason, NULL FROM links
    UNION ALL SELECT 'cross_checks', line, one_id || ' ' || other_id, 'reason', reason, NULL FROM cross_checks
), named AS (
    SELECT *, unnest(regexp_extract_all(value, '[0-9]+(?:\.[0-9]+)?(?:(?: to | and | or |-)[0-9]+(?:\.[0-9]+)?)? ?(?:percent|per cent|%)')) AS shown FROM told WHERE regexp_matches(value, '[0-9] ?(?:percent|per cent|%)')
), numbers AS (
    SELECT *, unnest(list_transform(regexp_extract_all(shown, '[0-9]+(?:\.[0-9]+)?'), lambda one: TRY_CAST(one AS DOUBLE))) AS number FROM named
), joined AS (
    SELECT 'statements' AS table_name, statement_id AS key, value_id FROM statement_values UNION ALL SELECT 'article_statements', article_statement_id, value_id FROM article_evidence
    UNION ALL SELECT 'links', concat_ws(' ', from_id, relation, to_id), unnest([from_id, to_id]) FROM links UNION ALL SELECT 'cross_checks', one_id || ' ' || other_id, unnest([one_id, other_id]) FROM cross_checks
), pages AS (
    SELECT table_name, key, source_id FROM numbers UNION SELECT table_name, key, source_id FROM joined SEMI JOIN numbers USING (table_name, key) JOIN reported_values v ON joined.value_id IN (v.value_id, v.printing_of)
), readings AS (SELECT table_name, key, indicator_id, unit, low, high FROM pages JOIN all_readings USING (source_id)),
ends AS (SELECT table_name, key, list(low) FILTER (unit = 'percent') || list(high) FILTER (unit = 'percent') AS shares FROM readings GROUP BY ALL),
changes AS (SELECT a.table_name, a.key, list(DISTINCT round(100 * (b.low - a.low) / a.low)) AS worked_out FROM readings a JOIN readings b ON b.table_name = a.table_name AND b.key = a.key AND b.indicator_id = a.indicator_id AND b.low > a.low WHERE a.low > 0 AND a.table_name = 'cross_checks' GROUP BY ALL)
SELECT DISTINCT 'data/' || table_name || '.csv' AS file, line, field, value, key, shown FROM numbers LEFT JOIN ends USING (table_name, key) LEFT JOIN changes USING (table_name, key)
WHERE number NOT BETWEEN 1900 AND 2099 AND number < 100 AND NOT list_contains(coalesce(shares, []), number) AND NOT list_contains(coalesce(worked_out, []), number)
-- breaks: [{"table": "statements", "row": "S14", "set": {"paraphrase": "Cites 2.8 percent of people in the sex trade in establishments, and 2.2 percent of them from March 2015."}}]
-- says: {"table": "statements", "row": "S14", "field": "paraphrase", "value": "Cites 2.8 percent of people in the sex trade in establishments, and 2.2 percent of them from March 2015.", "message": "S14: the paraphrase says “2.8 percent”, and no share of its sources is that."}
-- breaks: [{"table": "links", "row": ["KH010", "later_end_of", "KH022"], "set": {"reason": "The article gives the fall from 8.61 to 2.2 percent."}}]
-- says: {"table": "links", "row": "KH010 later_end_of KH022", "field": "reason", "value": "The article gives the fall from 8.61 to 2.2 percent.", "message": "KH010 later_end_of KH022: the reason says “8.61 to 2.2 percent”, and no share of its sources is that."}
-- passes: [{"table": "statements", "row": "S14", "set": {"paraphrase": "Cites 8.2 percent from the report of 2013; wants 100 percent of venues to be seen."}}]
