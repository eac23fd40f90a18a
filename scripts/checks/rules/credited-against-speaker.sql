-- title: A number is credited to the body that speaks, counts or measured
-- level: error
-- why: A number put down to another body is quoted against the wrong one.
-- mend: Correct credited_to, evidence, the series, or organisation_id of the source.
-- message: {value_id} is credited to {value}, but {state}.
-- except: yes
-- example: {"table": "reported_values", "row": "RESP-036", "set": {"credited_to": "unicef"}}
-- mended: {"credited_to": "aple"}
-- says: ["reported_values", "RESP-036", "credited_to"]
WITH words AS (
    SELECT list(v.line) AS lines, v.credited_to, v.evidence, v.speaker, v.study_body, v.study_id, v.series, e.organisation_id AS counter, lower(v.scope_as_printed) AS scope,
        p.name AS population, o.name AS body
    FROM all_readings v LEFT JOIN series e ON e.series_id = v.series LEFT JOIN populations p USING (population_id) LEFT JOIN organisations o ON o.organisation_id = v.credited_to
    WHERE v.credited_to IS NOT NULL GROUP BY ALL
), usual AS (
    SELECT series, mode(credited_to) AS most, count(*) AS times FROM reported_values WHERE series IS NOT NULL AND credited_to IS NOT NULL GROUP BY series
), judged AS (
    SELECT w.*, CASE
        WHEN evidence = 'primary' AND speaker IS NOT NULL AND credited_to <> speaker AND credited_to IS DISTINCT FROM study_body AND credited_to IS DISTINCT FROM counter
            AND NOT (speaker = 'cambodian-government' AND credited_to IN ('moj', 'moi', 'moi-anti-trafficking', 'ncct', 'mosvy', 'national-police')) THEN speaker || ' speaks of its own work in the source'
        WHEN counter IS NOT NULL AND credited_to <> counter AND times > 1 AND credited_to <> most AND NOT contains(counter, credited_to)
            AND credited_to NOT IN ('cambodian-government', 'national-police', 'moj', 'ncct') THEN 'its series is counted by ' || counter
        WHEN counter IS NOT NULL AND counter <> 'us-state-department' AND credited_to <> counter AND NOT contains(counter, credited_to) THEN 'its series is counted by ' || counter
        WHEN regexp_matches(scope, '\baple\b') AND NOT regexp_matches(scope, 'and police') AND credited_to NOT IN ('aple') THEN 'the scope names APLE'
        WHEN regexp_matches(scope, 'ecpat database|ngo database|recorded by ngos') AND credited_to NOT IN ('ecpat', 'ecpat-cambodia') THEN 'the scope names the NGO database'
        WHEN regexp_matches(scope, 'per unicef|unicef survey') AND credited_to <> 'unicef' THEN 'the scope names UNICEF'
        WHEN regexp_matches(scope, 'save the children') AND NOT contains(credited_to, 'save-the-children') THEN 'the scope names Save the Children'
        WHEN regexp_matches(scope, 'with ijm help|per ijm') AND credited_to <> 'ijm' THEN 'the scope names IJM'
        WHEN regexp_matches(scope, 'friends international') AND NOT contains(credited_to, 'friends') THEN 'the scope names Friends International'
        WHEN starts_with(population, 'Victims in APLE') AND credited_to <> 'aple' OR regexp_matches(population, '\bAPLE\b') AND credited_to <> 'aple' AND NOT contains(population, 'police') THEN 'the population is counted by APLE'
        WHEN regexp_matches(scope, 'child protection unit') AND credited_to NOT IN ('cpu', 'national-police') THEN 'the scope names the Child Protection Unit'
        END AS state
    FROM words w LEFT JOIN usual USING (series)
)
SELECT 'data/reported_values.csv' AS file, line, 'credited_to' AS field, credited_to AS value, value_id, state
FROM (SELECT unnest(lines) AS line, state FROM judged WHERE state IS NOT NULL) JOIN reported_values USING (line)
-- breaks: [{"table": "reported_values", "row": "RESP-015", "set": {"credited_to": "aple"}}]
-- says: ["reported_values", "RESP-015", "credited_to"]
-- breaks: [{"table": "reported_values", "row": "KH223", "set": {"credited_to": "ijm"}}]
-- says: ["reported_values", "KH223", "credited_to"]
-- passes: [{"table": "reported_values", "row": "RESP-036", "set": {"credited_to": "", "credited_to_reason": "not_reported"}}]
