-- title: The people of a reading are those whom its words tell apart from others in its source
-- level: warning
-- why: Two groups that one source counts are easily exchanged, and each number then stands for the other.
-- mend: Correct population_id or the words; where both are right, record the row in data/exceptions.csv with its reason.
-- message: {value_id}: the people are “{people}”, but {state}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH289-a", "set": {"population_id": "sex-work-women-non-visible"}}
-- mended: {"population_id": "sex-work-women-visible"}
-- says: ["reported_values", "KH289-a", "population_id"]
WITH names AS (SELECT population_id, name, list_distinct(list_filter(list_transform(string_split_regex(lower(name), '[^a-z-]+'), lambda one: left(one, 6)), lambda one: length(one) > 3)) AS words FROM populations),
alike AS (SELECT list(line) AS lines, source_id, population_id, indicator_id, printed, scope_as_printed FROM reported_values WHERE population_id IS NOT NULL GROUP BY ALL),
used AS (SELECT DISTINCT source_id, population_id FROM alike),
pairs AS ( -- two names in one source that share most of their words, and one word or two that tell them apart
    SELECT source_id, a.population_id, a.name, b.name AS other, list_filter(a.words, lambda one: NOT list_contains(b.words, one)) AS own, list_filter(b.words, lambda one: NOT list_contains(a.words, one)) AS others
    FROM used u JOIN names a USING (population_id) JOIN used o USING (source_id) JOIN names b ON b.population_id = o.population_id
    WHERE a.population_id <> b.population_id AND len(list_intersect(a.words, b.words)) > 1 AND len(own) > 0 AND len(others) > 0
), told AS (
    SELECT lines, population_id, name, other, own, others, lower(scope_as_printed) AS text FROM alike JOIN pairs USING (source_id, population_id)
), sorts AS (
    SELECT v.lines, v.population_id, p.name, v.printed, i.unit, CASE WHEN regexp_matches(lower(i.name), 'victim') THEN 'victims' WHEN regexp_matches(lower(i.name), 'suspect|arrest|accused|convict|offender|prosecut') THEN 'suspects' END AS counted,
        CASE WHEN contains(lower(p.name), 'victim') THEN 'victims' WHEN regexp_matches(lower(p.name), 'suspect|arrest|accused|convict|offender|prosecut') THEN 'suspects' WHEN regexp_matches(lower(p.name), 'cases|offences') THEN 'cases' END AS sort
    FROM alike v JOIN indicators i USING (indicator_id) JOIN populations p USING (population_id)
), judged AS (
    SELECT lines, population_id, name, 'the words speak of “' || other || '”' AS state FROM told
    WHERE contains(text, others[1]) AND list_bool_and(list_transform(others, lambda one: regexp_matches(text, '(?:^|[^a-z-])' || one))) AND NOT list_bool_or(list_transform(own, lambda one: regexp_matches(text, '(?:^|[^a-z-])' || left(one, 5))))
    UNION ALL SELECT lines, population_id, name, coalesce(counted, unit) || ' are counted' FROM sorts WHERE counted <> sort AND sort <> 'cases' OR unit = 'cases' AND sort IN ('victims', 'suspects') AND NOT contains(lower(name), 'case')
    UNION ALL SELECT lines, population_id, name, '“' || printed || '” is printed' FROM sorts WHERE regexp_matches(printed, 'victims?\b') AND sort = 'cases' OR regexp_matches(printed, '\bcases?\b') AND sort IN ('victims', 'suspects') AND NOT contains(lower(name), 'case')
)
SELECT 'data/reported_values.csv' AS file, line, 'population_id' AS field, value, value_id, people, state
FROM (SELECT unnest(lines) AS line, population_id AS value, name AS people, state FROM judged) JOIN reported_values USING (line)
-- breaks: [{"table": "reported_values", "row": "RESP-036", "set": {"population_id": "aple-suspects"}}]
-- says: ["reported_values", "RESP-036", "population_id"]
-- breaks: [{"table": "reported_values", "row": "RESP-185-e", "set": {"population_id": "child-removal-offences"}}]
-- says: ["reported_values", "RESP-185-e", "population_id"]
-- breaks: [{"table": "reported_values", "row": "KH235", "set": {"population_id": "ngo-database-trafficking-victims"}}]
-- says: ["reported_values", "KH235", "population_id"]
-- passes: [{"table": "reported_values", "row": "KH289-a", "set": {"population_id": "sex-work-women-non-visible", "scope_as_printed": "women"}}]
