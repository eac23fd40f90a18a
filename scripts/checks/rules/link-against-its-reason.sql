-- title: A link is of the kind that its reason tells of
-- level: error
-- why: A pair that is kept apart for a reason must not be drawn as one line.
-- mend: Correct relation, basis or partition, or the reason.
-- message: {from_id} {relation} {to_id}: {field} is {shown}, but {state}.
-- except: yes
-- example: {"table": "links", "row": ["NORC-KEN-03", "comparable", "NORC-KEN-04"], "set": {"reason": "One is of two counties, the other of three."}}
-- mended: {"reason": "The page sets both years side by side for the same two counties. Weighting is unknown in both."}
-- says: ["links", "NORC-KEN-03 comparable NORC-KEN-04", "relation"]
WITH words AS (
    SELECT l.*, lower(reason) AS text, a.sex AS sex, a.age_min, a.age_max, a.from_year, a.population_id, a.study_id AS study, b.study_id AS other_study, a.source_id AS source, b.source_id AS other_source
    FROM links l JOIN all_readings a ON a.value_id = l.from_id JOIN all_readings b ON b.value_id = l.to_id
), parts AS (
    SELECT min(line) AS line, to_id, partition, count(DISTINCT sex) AS sexes, count(DISTINCT (age_min, age_max)) AS bands, count(DISTINCT from_year) AS years, count(*) AS times FROM words WHERE partition IS NOT NULL GROUP BY to_id, partition
), judged AS (
    SELECT line, from_id, relation, to_id, 'basis' AS field, basis AS value, 'its reason says that we read it so' AS state FROM words
    WHERE basis = 'as_printed' AND relation <> 'part_of' AND regexp_matches(text, '\bwe read\b|our reading|it does not say|same study|worked out')
    UNION ALL SELECT line, from_id, relation, to_id, 'basis', basis, 'its reason says that the source joins them' FROM words
    WHERE basis = 'our_reading' AND relation IN ('numerator_of', 'denominator_of', 'part_of', 'earlier_end_of', 'later_end_of') AND regexp_matches(text, '^(?:the|this|that|one|a) (?:article|source|abstract|page|newspaper|text|report|paper|magazine|letter|website|release) (?:sets|prints|gives|draws|says|names|calls|writes|puts|lists|divides)') AND NOT regexp_matches(text, 'none prints|another page|\bwe read\b|our reading|not sa(?:y|id)|names no') AND (relation <> 'part_of' OR NOT regexp_matches(text, '\bboth\b|beside|side by side|next to|together|apart|\bas we\b'))
    UNION ALL SELECT line, from_id, relation, to_id, 'relation', relation, 'its reason tells them apart' FROM words
    WHERE relation = 'comparable' AND regexp_matches(text, '^one (?:is|counts|looks|text|covers|names)|^other |differ[ s]|not comparable|^two (?:laws|releases|collections|stages)')
    UNION ALL SELECT p.line, w.from_id, w.relation, p.to_id, 'partition', p.partition, 'the parts do not differ in ' || p.partition FROM parts p JOIN words w ON w.line = p.line
    WHERE (p.partition = 'sex' AND sexes < times) OR (p.partition = 'age' AND bands < times) OR (p.partition = 'year' AND years < times)
)
SELECT 'data/links.csv' AS file, line, field, value, coalesce(value, 'blank') AS shown, from_id, relation, to_id, state
FROM judged
-- breaks: [{"table": "links", "row": ["KH005", "denominator_of", "KH010"], "set": {"basis": "our_reading"}}]
-- says: ["links", "KH005 denominator_of KH010", "basis"]
-- breaks: [{"table": "links", "row": ["KH077", "part_of", "KH073"], "set": {"basis": "our_reading"}}]
-- says: ["links", "KH077 part_of KH073", "basis"]
-- passes: [{"table": "links", "row": ["NORC-KEN-03", "comparable", "NORC-KEN-04"], "set": {"reason": "The page compares the two years."}}]
-- passes: [{"table": "links", "row": ["KH077", "part_of", "KH073"], "set": {"basis": "our_reading", "reason": "The newspaper prints both; it does not say that one holds the other."}}]
