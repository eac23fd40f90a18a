-- title: What the words tell of is what the indicator and the population are
-- level: error
-- why: New cases entered as old ones, or people who work on the street as people who live there, are another figure.
-- mend: Correct indicator_id or population_id, or the words of the scope.
-- message: {value_id}: the words say “{said}”, but the {what} is “{name}”.
-- except: yes
-- example: {"table": "reported_values", "row": "RESP-064", "set": {"population_id": "sex-trafficking-cases"}}
-- mended: {"population_id": "labour-trafficking-cases"}
-- says: ["reported_values", "RESP-064", "population_id"]
WITH alike AS (SELECT list(line) AS lines, indicator_id, population_id, scope_as_printed FROM reported_values GROUP BY ALL),
words AS (
    SELECT v.lines, v.indicator_id, v.population_id, i.unit, lower(v.scope_as_printed) AS text,
        lower(i.name) AS indicator, lower(p.name) AS people, i.name AS indicator_name, p.name AS people_name
    FROM alike v JOIN indicators i USING (indicator_id) LEFT JOIN populations p USING (population_id)
), judged AS (
    SELECT lines, unnest([{'field': 'population_id', 'value': population_id, 'what': 'population', 'name': people_name, 'said': CASE
        WHEN regexp_matches(text, 'traffick') AND NOT regexp_matches(text, 'exploit|sex|prostitut|foreigners') AND regexp_matches(people, 'apart from|^victims in sexual exploitation') THEN regexp_extract(text, 'traffick')
        WHEN regexp_matches(text, 'sexual exploitation|sex trade') AND NOT regexp_matches(text, 'traffick|labour') AND regexp_matches(people, '^(?:sex )?trafficking (?:cases|suspects|victims)|in trafficking (?:cases|suspects)$') THEN regexp_extract(text, 'sexual exploitation|sex trade')
        WHEN regexp_matches(text, 'human trafficking') AND NOT regexp_matches(text, 'exploit') AND contains(people, 'exploitation') AND NOT contains(people, 'traffick') THEN regexp_extract(text, 'human trafficking')
        WHEN regexp_matches(text, '^labour') AND NOT regexp_matches(people, 'labour') THEN regexp_extract(text, '^labour')
        WHEN regexp_matches(text, 'semi-visible') AND NOT regexp_matches(people, 'semi-visible') THEN regexp_extract(text, 'semi-visible')
        WHEN regexp_matches(text, '[,;] street$') AND NOT regexp_matches(people, 'street') THEN regexp_extract(text, '[,;] street$')
        WHEN regexp_matches(text, 'ladies bars') AND NOT regexp_matches(people, 'ladies') THEN regexp_extract(text, 'ladies bars')
        WHEN regexp_matches(text, 'silent bars') AND NOT regexp_matches(people, 'silent') THEN regexp_extract(text, 'silent bars')
        WHEN regexp_matches(text, 'cut ties with their families') AND NOT regexp_matches(people, 'alone') THEN regexp_extract(text, 'cut ties with their families')
        WHEN regexp_matches(text, '\bdirect\b') AND NOT regexp_matches(text, 'indirect') AND regexp_matches(people, 'indirect') THEN regexp_extract(text, '\bdirect\b')
        WHEN regexp_matches(text, '\bindirect\b') AND NOT regexp_matches(text, '\bdirect\b') AND regexp_matches(people, '\bdirect\b') THEN regexp_extract(text, '\bindirect\b')
        WHEN regexp_matches(text, 'social support') AND NOT regexp_matches(text, 'legal') AND NOT regexp_matches(people, 'social') THEN regexp_extract(text, 'social support')
        WHEN regexp_matches(text, 'legal support') AND NOT regexp_matches(text, 'social') AND NOT regexp_matches(people, 'legal') THEN regexp_extract(text, 'legal support')
        WHEN regexp_matches(text, '\bold cases') AND NOT regexp_matches(text, 'new') AND NOT regexp_matches(people, '\bold\b') THEN regexp_extract(text, '\bold cases')
        WHEN regexp_matches(text, '\bnew cases') AND NOT regexp_matches(text, '\bold\b') AND NOT regexp_matches(people, '\bnew\b') THEN regexp_extract(text, '\bnew cases')
        WHEN regexp_matches(text, 'up to five years') AND NOT regexp_matches(text, 'five to') AND NOT regexp_matches(people, 'up to five') THEN regexp_extract(text, 'up to five years')
        WHEN regexp_matches(text, 'five to 15') AND NOT regexp_matches(people, 'five to 15') THEN regexp_extract(text, 'five to 15')
        WHEN regexp_matches(text, '\bstate(?:-run)?\b.{0,12}cent') AND NOT regexp_matches(text, 'organisation') AND NOT regexp_matches(people, 'state') THEN regexp_extract(text, '\bstate(?:-run)?\b.{0,12}cent')
        WHEN regexp_matches(text, 'recruited by a venue-based') AND NOT regexp_matches(people, 'venue') THEN regexp_extract(text, 'recruited by a venue-based')
        WHEN regexp_matches(text, 'recruited by respondent-driven') AND NOT regexp_matches(people, 'contacts') THEN regexp_extract(text, 'recruited by respondent-driven')
        WHEN regexp_matches(text, 'under 18') AND NOT regexp_matches(text, 'over|older') AND regexp_matches(people, '18 or over') THEN regexp_extract(text, 'under 18')
        WHEN regexp_matches(text, '^suspects, foreigners$') AND NOT regexp_matches(text, 'complaints') AND NOT regexp_matches(people, 'foreign|scam|detention') THEN regexp_extract(text, 'foreigners')
        WHEN regexp_matches(text, 'working in the venues') AND NOT regexp_matches(people, 'working in') THEN regexp_extract(text, 'working in the venues')
        WHEN regexp_matches(text, 'available for') AND NOT regexp_matches(people, 'in commercial sex') THEN regexp_extract(text, 'available for') END}, {'field': 'indicator_id', 'value': indicator_id, 'what': 'indicator', 'name': indicator_name, 'said': CASE
        WHEN unit = 'cases' AND regexp_matches(text, '^(?:suspects|victims|people|persons|offenders|perpetrators|defendants|traffickers)\b') AND NOT regexp_matches(text, '\bcases?\b') THEN regexp_extract(text, '^[a-z]+')
        WHEN regexp_matches(text, 'cases to court|sent to court') AND NOT regexp_matches(indicator, 'court') THEN regexp_extract(text, 'cases to court|sent to court')
        WHEN regexp_matches(text, 'told anyone|told someone') AND NOT regexp_matches(text, 'never|no one|not') AND NOT regexp_matches(indicator, 'told someone') THEN regexp_extract(text, 'told anyone|told someone')
        WHEN regexp_matches(text, 'never told') AND NOT regexp_matches(indicator, 'never|no one') THEN regexp_extract(text, 'never told')
        WHEN regexp_matches(text, 'working (?:in|on) the street') AND NOT regexp_matches(text, 'liv') AND regexp_matches(indicator, '\blive|sleep') THEN regexp_extract(text, 'working (?:in|on) the street')
        WHEN regexp_matches(text, 'living (?:in|on) the street') AND NOT regexp_matches(text, 'work') AND regexp_matches(indicator, '\bwork') THEN regexp_extract(text, 'living (?:in|on) the street')
        WHEN regexp_matches(text, 'memorandum') AND NOT regexp_matches(indicator, 'agreement') THEN regexp_extract(text, 'memorandum')
        WHEN regexp_matches(text, 'not registered') AND NOT regexp_matches(indicator, 'registered') THEN regexp_extract(text, 'not registered')
        WHEN regexp_matches(text, 'convicted') AND NOT regexp_matches(text, 'prosecut|suspect|arrest') AND regexp_matches(indicator, 'prosecut|suspect|arrest') THEN regexp_extract(text, 'convicted')
        WHEN regexp_matches(text, 'prosecuted') AND NOT regexp_matches(text, 'convict') AND regexp_matches(indicator, 'convict|arrest') THEN regexp_extract(text, 'prosecuted')
        WHEN regexp_matches(text, 'minimum age') AND NOT regexp_matches(text, 'average') AND NOT regexp_matches(indicator, 'lowest') THEN regexp_extract(text, 'minimum age')
        WHEN regexp_matches(text, 'social affairs$') AND NOT regexp_matches(indicator, 'social affairs') THEN regexp_extract(text, 'social affairs$')
        WHEN regexp_matches(text, 'victims in court') AND NOT regexp_matches(indicator, 'victims') THEN regexp_extract(text, 'victims in court')
        WHEN regexp_matches(text, 'reintegrated') AND NOT regexp_matches(indicator, 'reintegrated') THEN regexp_extract(text, 'reintegrated')
        WHEN regexp_matches(text, '\b1?[0-9] or younger') AND regexp_matches(indicator, '\b1[0-9]\b') AND NOT contains(indicator, regexp_extract(text, '([0-9]+) or younger', 1)) THEN regexp_extract(text, '[0-9]+ or younger')
        WHEN regexp_matches(text, 'touching') AND NOT regexp_matches(indicator, 'touch') THEN regexp_extract(text, 'touching')
        WHEN regexp_matches(text, 'sentenced to') AND NOT regexp_matches(indicator, 'sentenced') THEN regexp_extract(text, 'sentenced to')
        WHEN unit = 'percent' AND regexp_matches(text, '\brequests? for') AND NOT regexp_matches(text, 'images or requests') AND NOT regexp_matches(indicator, 'asked|request') THEN regexp_extract(text, '\brequests? for')
        WHEN regexp_matches(text, 'received by') AND NOT regexp_matches(indicator, 'received') THEN regexp_extract(text, 'received by')
        WHEN regexp_matches(text, '^prevalence of') AND NOT regexp_matches(indicator, 'share') THEN regexp_extract(text, '^prevalence of')
        WHEN regexp_matches(people, '(?:establishments|places) mapped$') AND NOT regexp_matches(indicator, 'mapped') THEN regexp_extract(people, '(?:establishments|places) mapped$') END}]) AS found
    FROM words
)
SELECT 'data/reported_values.csv' AS file, line, found.field AS field, found.value AS value, value_id, found.said AS said, found.what AS what, found.name AS name
FROM (SELECT unnest(lines) AS line, found FROM judged WHERE found.said IS NOT NULL) JOIN reported_values USING (line)
-- breaks: [{"table": "reported_values", "row": "RESP-066-d", "set": {"indicator_id": "cases-recorded"}}]
-- says: ["reported_values", "RESP-066-d", "indicator_id"]
-- breaks: [{"table": "reported_values", "row": "RESP-078-b", "set": {"population_id": "exploitation-only-suspects"}}]
-- says: ["reported_values", "RESP-078-b", "population_id"]
-- breaks: [{"table": "reported_values", "row": "RESP-066-c", "set": {"indicator_id": "cases-to-court"}}]
-- says: ["reported_values", "RESP-066-c", "indicator_id"]
-- breaks: [{"table": "reported_values", "row": "KH253-b", "set": {"indicator_id": "first-sexual-abuse-at-16-17-share"}}]
-- says: ["reported_values", "KH253-b", "indicator_id"]
-- breaks: [{"table": "reported_values", "row": "KH255", "set": {"indicator_id": "online-images-received-share"}}]
-- says: ["reported_values", "KH255", "indicator_id"]
-- passes: [{"table": "reported_values", "row": "RESP-064", "set": {"scope_as_printed": "labour and sex trafficking"}}]
