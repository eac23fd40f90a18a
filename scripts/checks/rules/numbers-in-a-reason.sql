-- title: A number that the reason of a link names is that of a linked reading
-- level: error
-- why: Words that say 38 of 2,104 beside another number show which of the two is a slip.
-- mend: Compare the words with the linked readings and those of their sources, and correct the one that is wrong.
-- message: The reason names {numbers}, which is no number of {from_id}, {to_id} or their sources.
-- except: yes
-- example: {"table": "reported_values", "row": "KH005", "set": {"low": "2401", "high": "2401", "printed": "2,401"}}
-- mended: {"low": "2104", "high": "2104", "printed": "2,104"}
-- says: ["links", "KH005 denominator_of KH010", "reason"]
-- says: ["links", "KH007 numerator_of KH010", "reason"]
WITH reasons AS (
    SELECT line, reason, from_id, to_id, list_transform(regexp_extract_all(reason, '(?:^|[ (])([0-9][0-9.,]*[0-9]|[0-9])\b', 1),
        lambda one: try_cast(replace(one, ',', '') AS DOUBLE)) AS named
    FROM links WHERE relation IN ('numerator_of', 'denominator_of', 'part_of', 'earlier_end_of', 'later_end_of') AND regexp_matches(reason, '[0-9]')
        AND NOT regexp_matches(reason, '(?i)aged|under 1|younger than|of every|communes|facilities|age band')
), numbers AS (
    SELECT value_id, coalesce(printing_of, value_id) AS root, source_id, [low, high, age_min, age_max, from_year, to_year] AS its_numbers FROM all_readings
), asked AS (
    SELECT root, source_id FROM numbers JOIN (SELECT from_id AS value_id FROM reasons UNION SELECT to_id FROM reasons) USING (value_id)
), own AS (SELECT root, flatten(list(DISTINCT its_numbers)) AS its_numbers FROM numbers WHERE root IN (SELECT root FROM asked) GROUP BY root),
near AS (SELECT source_id, flatten(list(DISTINCT its_numbers)) AS its_numbers FROM numbers WHERE source_id IN (SELECT source_id FROM asked) GROUP BY source_id)
SELECT 'data/links.csv' AS file, r.line, 'reason' AS field, reason AS value, from_id, to_id,
    regexp_replace(array_to_string(list_filter(named, lambda one: NOT list_contains(a.its_numbers || b.its_numbers || c.its_numbers || d.its_numbers, one)), ' and '), '\.0\b', '', 'g') AS numbers
FROM reasons r JOIN numbers f ON f.value_id = r.from_id JOIN numbers t ON t.value_id = r.to_id
JOIN own a ON a.root = f.root JOIN own b ON b.root = t.root JOIN near c ON c.source_id = f.source_id JOIN near d ON d.source_id = t.source_id
WHERE len(list_filter(named, lambda one: NOT list_contains(a.its_numbers || b.its_numbers || c.its_numbers || d.its_numbers, one))) > 0
-- passes: [{"table": "reported_values", "row": "KH005", "set": {"period": "2015"}}]
