-- title: Ages, sex, time and origin of a number are what its plain words say
-- level: error
-- why: Women entered as children, or this year as last year, make another figure.
-- mend: Compare the words with the cell, and correct the one that is wrong.
-- message: {value_id}: the {field} is {shown}, but {state}.
-- except: yes
-- example: {"table": "reported_values", "row": "RESP-123-a", "set": {"age_max": "14"}}
-- mended: {"age_max": "17"}
-- says: ["reported_values", "RESP-123-a", "age_max"]
WITH alike AS (
    SELECT list(line) AS lines, scope_as_printed, printed, indicator_id, kind, unit, age_min, age_max, sex, study_id, design, source_id, published, speaker, credited_to, evidence, nature, period, period_as_printed, period_basis, to_year, printing_of IS NULL AS is_root FROM all_readings GROUP BY ALL
), words AS (
    SELECT v.*, lower(v.scope_as_printed) AS text, lower(v.scope_as_printed || ' ' || v.printed) AS told, lower(i.name) AS named, o.name AS body, try_cast(left(published, 4) AS INTEGER) AS issued, coalesce(period_as_printed, '') AS when_printed
    FROM alike v JOIN indicators i USING (indicator_id) LEFT JOIN organisations o ON o.organisation_id = v.credited_to
), single AS (
    SELECT lines, unnest([
        CASE WHEN age_max < 17 AND regexp_matches(text, '\bchildren\b') AND NOT regexp_matches(text, '[0-9]{2}|young|teen') AND is_root THEN {'field': 'age_max', 'value': age_max::VARCHAR, 'state': 'the words say children and give no age'} END,
        CASE WHEN age_max < 18 AND regexp_matches(lower(printed), '\bwomen\b') AND NOT regexp_matches(told, 'girl|child|minor|under') THEN {'field': 'age_max', 'value': age_max::VARCHAR, 'state': 'the token says women'} END,
        CASE WHEN age_min < 18 AND contains(named, 'share of adults') THEN {'field': 'age_min', 'value': age_min::VARCHAR, 'state': 'the indicator is of adults'} END,
        CASE WHEN regexp_matches(text, 'aged [0-9]{1,2} to 17\b') AND age_min <> try_cast(regexp_extract(text, 'aged ([0-9]{1,2}) to 17', 1) AS BIGINT) AND NOT contains(text, 'who were') THEN {'field': 'age_min', 'value': age_min::VARCHAR, 'state': 'the words say “' || regexp_extract(text, 'aged [0-9]{1,2} to [0-9]{2}') || '”'} END,
        CASE WHEN sex <> 'all' AND regexp_matches(named, 'share of (?:boys|girls)|share who are (?:male|female)') THEN {'field': 'sex', 'value': sex, 'state': 'the share of one sex is of all'} END,
        CASE WHEN sex IN ('female', 'male') AND regexp_matches(text, '[0-9] (?:women|girls)') AND regexp_matches(text, '[0-9] (?:men|boys)\b') THEN {'field': 'sex', 'value': sex, 'state': 'the words count women and men'} END,
        CASE WHEN study_id IS NOT NULL AND regexp_matches(when_printed, '^(?:Previous|Earlier)') THEN {'field': 'study_id', 'value': study_id, 'state': 'the words for its period are “' || when_printed || '”'} END,
        CASE WHEN starts_with(named, 'target') AND nature <> 'claimed' THEN {'field': 'nature', 'value': nature, 'state': 'the indicator is a target'} END,
        CASE WHEN design = 'modelled' AND nature IN ('recorded', 'observed') AND kind IN ('count', 'share') AND regexp_matches(named, 'slavery') AND NOT regexp_matches(named, 'rank') THEN {'field': 'nature', 'value': nature, 'state': 'its study is modelled'} END,
        CASE WHEN evidence = 'secondary' AND credited_to = speaker AND source_id IN (SELECT source_id FROM all_readings WHERE evidence = 'primary' AND credited_to = speaker) THEN {'field': 'evidence', 'value': evidence, 'state': 'the body speaks of its own work in ' || source_id} END,
        CASE WHEN period IS NOT NULL AND regexp_matches(text, ', (?:19|20)[0-9]{2}$|\ba (?:19|20)[0-9]{2} [a-z]+ study|law of (?:19|20)[0-9]{2}$') AND NOT contains(text, left(period, 4)) AND NOT contains(text, right(split_part(period, '-', 1), 4)) THEN {'field': 'period', 'value': period, 'state': 'the words say ' || regexp_extract(text, ', ((?:19|20)[0-9]{2})$|\ba ((?:19|20)[0-9]{2}) [a-z]+ study|law of ((?:19|20)[0-9]{2})')} END,
        CASE WHEN regexp_matches(when_printed, 'January|February|March|April|May|June|July|August|September|October|November|December|months') AND NOT regexp_matches(when_printed, '[0-9]{4}') AND to_year <> issued THEN {'field': 'period', 'value': period, 'state': 'the words name months of the year of its source, ' || issued} END,
        CASE WHEN period_basis <> 'as_printed' AND regexp_matches(when_printed, '[0-9]{4} to .*[0-9]{4}$') THEN {'field': 'period_basis', 'value': period_basis, 'state': 'both ends are printed'} END
    ]) AS found FROM words
), spoken AS (
    SELECT unnest(lines) AS line, found.field AS field, found.value AS value, found.state AS state FROM single WHERE found IS NOT NULL
    UNION ALL SELECT unnest(lines), 'credited_to', credited_to, 'the words name ' || n.name FROM words w JOIN organisations n ON contains(w.scope_as_printed, n.name) WHERE n.organisation_id <> w.credited_to AND length(n.name) > 5 AND NOT contains(body, n.name) AND NOT contains(text, 'quoted by')
    UNION ALL SELECT unnest(lines), 'period', period, 'the words end in ' || m.name FROM words, (VALUES ('January', '01'), ('February', '02'), ('March', '03'), ('April', '04'), ('May', '05'), ('June', '06'), ('July', '07'), ('August', '08'), ('September', '09'), ('October', '10'), ('November', '11'), ('December', '12')) AS m (name, month)
    WHERE regexp_matches(when_printed, ' to (?:[0-9]+ )?[A-Z][a-z]+ [0-9]{4}$') AND contains(when_printed, ' ' || m.name || ' ' || right(when_printed, 4)) AND length(split_part(period, '/', 2)) = 7 AND NOT ends_with(period, '-' || m.month) AND regexp_extract(when_printed, '([A-Z][a-z]+) [0-9]{4}$', 1) = m.name
    UNION ALL SELECT unnest(lines), 'nature', nature, 'its study is noted as “' || t.design_note || '”' FROM words w JOIN studies t USING (study_id) WHERE nature = 'recorded' AND unit = 'people' AND NOT regexp_matches(named, 'interviewed|invited|documented') AND regexp_matches(t.design_note || ' ' || t.name, '(?i)\bestimates?\b')
), ends AS (
    SELECT source_id, population_id, indicator_id, right(period, 7) AS month, min(low) AS least, max(low) AS most FROM all_readings WHERE low IS NOT NULL GROUP BY ALL
), judged AS (
    SELECT line, value_id, field, value, state FROM spoken JOIN reported_values USING (line)
    UNION ALL SELECT w.line, w.value_id, 'sex', w.sex, 'the reason of a link says that it is of ' || regexp_extract(l.reason, 'count is of (girls|boys|women|men)', 1) FROM all_readings w JOIN links l ON l.from_id = w.value_id
    WHERE regexp_matches(l.reason, 'count is of (?:girls|women)') AND w.sex <> 'female' OR regexp_matches(l.reason, 'count is of (?:boys|men)\b') AND w.sex <> 'male'
    UNION ALL SELECT w.line, w.value_id, 'sex', w.sex, l.from_id || ' is a part of it and states no sex' FROM all_readings w JOIN links l ON l.to_id = w.value_id AND l.relation = 'part_of' AND l.basis = 'as_printed' JOIN all_readings p ON p.value_id = l.from_id
    WHERE w.sex = 'all' AND p.sex = 'not_stated' AND p.population_id = w.population_id AND NOT regexp_matches(lower(w.scope_as_printed || ' ' || w.printed), 'female|women|men\b|boys|girls')
    UNION ALL SELECT w.line, w.value_id, 'show', w."show", 'a printing of it is shown otherwise' FROM all_readings w JOIN all_readings p ON p.printing_of = w.value_id WHERE p."show" = 'with_both_denominators' AND w."show" NOT IN (p."show", 'withdrawn')
    UNION ALL SELECT p.line, p.value_id, 'show', p."show", 'its root ' || w.value_id || ' is shown with both denominators' FROM all_readings w JOIN all_readings p ON p.printing_of = w.value_id WHERE w."show" = 'with_both_denominators' AND p."show" NOT IN (w."show", 'withdrawn')
    UNION ALL SELECT p.line, p.value_id, 'printing_of', p.printing_of, 'it stops at another age' FROM all_readings p JOIN all_readings r ON r.value_id = p.printing_of WHERE p.indicator_id = 'claimed-share' AND p.age_max <> r.age_max
    UNION ALL SELECT p.line, p.value_id, 'printing_of', p.printing_of, min(o.value_id) || ' is nearer to it' FROM all_readings p JOIN all_readings r ON r.value_id = p.printing_of JOIN all_readings o ON o.printing_of IS NULL AND o.indicator_id = p.indicator_id AND o.study_id IS NOT DISTINCT FROM p.study_id AND o.age_max IS NOT DISTINCT FROM p.age_max AND o.topic = p.topic
    WHERE p.nature = 'claimed' AND (p.low = o.low AND p.high = o.high AND p.low < p.high AND r.low = r.high
        OR p.high = o.high AND p.credited_to = o.credited_to AND p.credited_to IS DISTINCT FROM r.credited_to AND p.low IS DISTINCT FROM r.low) GROUP BY p.line, p.value_id, p.printing_of
    UNION ALL SELECT w.line, w.value_id, 'indicator_id', w.indicator_id, regexp_replace(a.value_id || ' is ' || a.low || ' and ' || b.value_id || ' is ' || b.low, '\.0\b', '', 'g') FROM all_readings w
    JOIN all_readings a ON a.source_id = w.source_id AND a.population_id = w.population_id AND a.locator = w.locator AND a.kind = 'count' AND a.period[1:7] = w.period[1:7]
    JOIN ends e ON e.source_id = w.source_id AND e.population_id = w.population_id AND e.indicator_id = a.indicator_id AND e.month = right(w.period, 7) AND CASE WHEN ends_with(w.indicator_id, '-more') THEN e.least < a.low ELSE e.most > a.low END
    JOIN all_readings b ON b.source_id = w.source_id AND b.population_id = w.population_id AND b.indicator_id = a.indicator_id AND b.value_id <> a.value_id AND right(b.period, 7) = right(w.period, 7)
    WHERE ends_with(w.indicator_id, '-more') AND b.low < a.low OR ends_with(w.indicator_id, '-fewer') AND b.low > a.low
    UNION ALL SELECT v.line, v.value_id, 'interval_level', v.interval_level::VARCHAR, 'another printing says ' || p.interval_level FROM all_readings v JOIN all_readings p ON p.printing_of = v.value_id AND p.interval_low IS NOT NULL WHERE p.interval_level <> v.interval_level
)
SELECT 'data/reported_values.csv' AS file, line, field, value, value AS shown, value_id, state
FROM judged
-- breaks: [{"table": "reported_values", "row": "RESP-031-a", "set": {"period": "2021-08/2022-04"}}]
-- says: ["reported_values", "RESP-031-a", "period"]
-- breaks: [{"table": "reported_values", "row": "RESP-066-a", "set": {"period": "2022-01/2022-06"}}]
-- says: ["reported_values", "RESP-066-a", "period"]
-- breaks: [{"table": "reported_values", "row": "RESP-061-b", "set": {"period": "2013"}}]
-- says: ["reported_values", "RESP-061-b", "period"]
-- breaks: [{"table": "reported_values", "row": "RESP-035", "set": {"period_basis": "our_reading"}}]
-- says: ["reported_values", "RESP-035", "period_basis"]
-- breaks: [{"table": "reported_values", "row": "RESP-072-b", "set": {"age_min": "0", "age_max": "17", "age_max_reason": ""}}]
-- says: ["reported_values", "RESP-072-b", "age_max"]
-- breaks: [{"table": "reported_values", "row": "E2-069-a", "set": {"age_min": "17"}}]
-- says: ["reported_values", "E2-069-a", "age_min"]
-- breaks: [{"table": "reported_values", "row": "KH009", "set": {"sex": "male"}}]
-- says: ["reported_values", "KH009", "sex"]
-- says: ["reported_values", "KH009", "sex"]
-- breaks: [{"table": "reported_values", "row": "KH285", "set": {"sex": "female"}}]
-- says: ["reported_values", "KH285", "sex"]
-- breaks: [{"table": "reported_values", "row": "KH245", "set": {"sex": "not_stated"}}]
-- says: ["reported_values", "KH245", "sex"]
-- breaks: [{"table": "reported_values", "row": "KH078", "set": {"show": "free"}}]
-- says: ["reported_values", "KH078", "show"]
-- breaks: [{"table": "reported_values", "row": "E2-016-c", "set": {"indicator_id": "cases-more"}}]
-- says: ["reported_values", "E2-016-c", "indicator_id"]
-- breaks: [{"table": "reported_values", "row": "GFEMS-IND-Maharashtra-01", "set": {"nature": "recorded"}}]
-- says: ["reported_values", "GFEMS-IND-Maharashtra-01", "nature"]
-- breaks: [{"table": "reported_values", "row": "E2-021", "set": {"study_id": "mosvy-khm-2015", "study_id_reason": ""}}]
-- says: ["reported_values", "E2-021", "study_id"]
-- passes: [{"table": "reported_values", "row": "RESP-123-a", "set": {"age_max": "14", "scope_as_printed": "children under 15 rescued"}}]
