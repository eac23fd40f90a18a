-- title: What is said of a pair fits the two readings
-- level: error
-- why: A pair under another name is set beside each other, or kept apart, for no reason.
-- mend: Correct the relation, the basis or the type, or the reason, or the two ids.
-- message: {one} and {two}: the {field} is {shown}, but {state}.
-- except: yes
-- example: {"table": "links", "row": ["KH043", "comparable", "KH018"], "set": {"relation": "not_comparable"}}
-- mended: {"relation": "comparable"}
-- says: ["links", "KH043 not_comparable KH018", "relation"]
WITH words AS (
    SELECT l.line, l.from_id, l.relation, l.to_id, l.basis, l.partition, l.reason, lower(l.reason) AS text, a.kind AS sort, a.indicator_id AS kind, b.indicator_id AS other_kind, a.credited_to, b.credited_to AS other_credited, a.period, b.period AS other_period, concat_ws(' and ', a.period_as_printed, b.period_as_printed) AS periods, a.place_id AS place, b.place_id AS other_place,
        a.population_id AS people, b.population_id AS other_people, a.low, a.high, b.low AS other_low, b.high AS other_high, b.unit AS other_unit, a.source_id AS source, b.source_id AS other_source, lower(concat_ws(' ', c.name, c.definition)) AS told, lower(concat_ws(' ', d.name, d.definition)) AS other_told, b.scope_as_printed AS other_scope, a."show" AS shown_as, b."show" AS other_show
    FROM links l JOIN all_readings a ON a.value_id = l.from_id JOIN all_readings b ON b.value_id = l.to_id LEFT JOIN populations c ON c.population_id = a.population_id LEFT JOIN populations d ON d.population_id = b.population_id
), readings AS (
    SELECT c.*, lower(c.reason) AS text, lower(concat_ws(' ', i.name, v.scope_as_printed)) AS told, lower(concat_ws(' ', j.name, w.scope_as_printed)) AS other_told
    FROM cross_checks c JOIN reported_values v ON v.value_id = one_id JOIN indicators i USING (indicator_id) JOIN reported_values w ON w.value_id = other_id JOIN indicators j ON j.indicator_id = w.indicator_id
), single AS (
    SELECT line, from_id, to_id, unnest([
        CASE WHEN relation = 'not_comparable' AND regexp_matches(text, '^(?:the (?:same )?(?:page|article|newspaper|abstract) sets|both give the)') THEN {'field': 'relation', 'value': relation, 'state': 'its reason sets them beside each other'} END,
        CASE WHEN relation IN ('comparable', 'same_by_other_method') AND regexp_matches(text, '^one runs from|does not say whether|known to .*looked for all') THEN {'field': 'relation', 'value': relation, 'state': 'its reason keeps them apart'} END,
        CASE WHEN relation = 'same_by_other_method' AND left(period, 4) <> left(other_period, 4) AND NOT contains(period || other_period, '/') THEN {'field': 'relation', 'value': relation, 'state': 'one is of ' || period || ', the other of ' || other_period} END,
        CASE WHEN relation IN ('comparable', 'same_by_other_method') AND kind <> other_kind AND sort = 'count' THEN {'field': 'relation', 'value': relation, 'state': 'the two count different things'} END,
        CASE WHEN relation = 'denominator_of' AND regexp_matches(text, 'scales? (?:the share|.*) up') THEN {'field': 'relation', 'value': relation, 'state': 'its reason scales the share up to the number'} END,
        CASE WHEN basis = 'our_reading' AND regexp_matches(text, '^the (?:source|table|report|article|newspaper) (?:divides|splits|adds)') THEN {'field': 'basis', 'value': basis, 'state': 'its reason says that the source divides them'} END,
        CASE WHEN basis = 'as_printed' AND relation = 'part_of' AND regexp_matches(text, '\bwe read\b') THEN {'field': 'basis', 'value': basis, 'state': 'its reason says that we read it so'} END,
        CASE WHEN regexp_matches(text, 'the other is the year (?:19|20)[0-9]{2}') AND NOT contains(other_period, regexp_extract(text, 'the other is the year ((?:19|20)[0-9]{2})', 1)) THEN {'field': 'reason', 'value': reason, 'state': 'the other is of ' || other_period} END,
        CASE WHEN regexp_matches(reason, '^The size of a group outside the venues \([a-z ]+\)') AND NOT starts_with(told, 'all ') AND NOT contains(told, split_part(regexp_extract(reason, '\(([a-z ]+)\)', 1), ' ', -1)) THEN {'field': 'reason', 'value': reason, 'state': 'the people of ' || from_id || ' are ' || people} END,
        CASE WHEN regexp_matches(reason, '[A-Z][a-z]+ (?:19|20)[0-9]{2} to [A-Z][a-z]+ (?:19|20)[0-9]{2}') AND NOT contains(periods, regexp_extract(reason, '[A-Z][a-z]+ (?:19|20)[0-9]{2} to [A-Z][a-z]+ (?:19|20)[0-9]{2}')) THEN {'field': 'reason', 'value': reason, 'state': 'their periods are printed as ' || periods} END,
        CASE WHEN regexp_matches(text, '^one is of (?:a|the) (?:district|division|city|province|country|village)\b.*other of (?:a|the) (?:district|division|city|province|country|village)\b') AND place = other_place THEN {'field': 'reason', 'value': reason, 'state': 'both are of ' || place} END,
        CASE WHEN starts_with(reason, 'The source divides') AND source <> other_source THEN {'field': 'reason', 'value': reason, 'state': 'the part is from ' || source || ' and the whole from ' || other_source} END,
        CASE WHEN regexp_matches(text, 'the other about people interviewed') AND NOT regexp_matches(other_told || other_scope, 'interview') THEN {'field': 'reason', 'value': reason, 'state': 'nobody was interviewed for ' || to_id} END,
        CASE WHEN basis = 'as_printed' AND source = other_source AND relation NOT IN ('comparable', 'same_by_other_method') AND credited_to <> other_credited THEN {'field': 'relation', 'value': relation, 'state': 'one is credited to ' || credited_to || ', the other to ' || other_credited} END,
        CASE WHEN relation = 'part_of' AND regexp_matches(kind || ' ' || other_kind, '-more .*-fewer|-fewer .*-more') THEN {'field': 'relation', 'value': relation, 'state': 'the one is a rise and the other a fall'} END,
        CASE WHEN relation = 'later_end_of' AND ends_with(other_kind, '-more') AND other_low > high THEN {'field': 'relation', 'value': relation, 'state': 'the increase is above the later count'} END,
        CASE WHEN relation = 'part_of' AND sort = 'count' AND low IS NULL AND high > other_high THEN {'field': 'relation', 'value': relation, 'state': 'the part is below ' || high || ', the whole ' || other_high} END,
        CASE WHEN partition IN ('age', 'year') AND basis = 'as_printed' AND people <> other_people THEN {'field': 'partition', 'value': partition, 'state': 'the people are ' || people || ' and ' || other_people} END,
        CASE WHEN relation IN ('earlier_end_of', 'later_end_of') AND other_show = 'conflict_only' AND shown_as <> 'conflict_only' THEN {'field': 'relation', 'value': relation, 'state': 'the show of one is ' || shown_as || ', of the other ' || other_show} END
    ]) AS found FROM words
), judged AS (
    SELECT 'links' AS table_name, line, from_id AS one, to_id AS two, found.field AS field, found.value AS value, found.state AS state FROM single WHERE found IS NOT NULL
    UNION ALL SELECT 'links', max(line), max(from_id), to_id, 'relation', relation, 'another number has that place in the share' FROM words WHERE relation = 'denominator_of' GROUP BY to_id, relation HAVING count(*) > 1
    UNION ALL SELECT 'links', max(line), max(from_id), to_id, 'partition', 'year', 'the parts are of more years than the whole' FROM words WHERE partition = 'year' GROUP BY to_id HAVING max(period) > max(right(other_period, 4)) OR min(period) < min(left(other_period, 4))
    UNION ALL SELECT 'cross_checks', c.line, one_id, other_id, 'reason', reason, 'the people of ' || one_id || ' are ' || v.population_id FROM cross_checks c JOIN all_readings v ON v.value_id = one_id
    WHERE regexp_matches(split_part(reason, ' beside ', 1), '\b(?:labour|sex) trafficking') AND contains(reason, ' beside ') AND NOT contains(v.population_id, regexp_extract(reason, '\b(labour|sex) trafficking', 1))
    UNION ALL SELECT 'cross_checks', line, one_id, other_id, 'type', type, 'its reason tells of another type' FROM readings
    WHERE regexp_matches(text, 'counts? the year again') AND type <> 'restated' OR regexp_matches(text, '^one counts people .*the other counts (?:people|suspects)') AND type <> 'other_stage' OR regexp_matches(text, 'that is possible') AND type <> 'possible_and_odd' OR type = 'restated' AND NOT regexp_matches(text, 'again|later')
    UNION ALL SELECT 'cross_checks', line, one_id, other_id, 'other_id', other_id, 'the other counts no ' || regexp_extract(text, 'the other counts (people|suspects|victims|cases)', 1) FROM readings
    WHERE regexp_matches(text, 'the other counts (?:suspects|victims|cases)\b') AND NOT contains(other_told, regexp_extract(text, 'the other counts (suspects|victims|cases)\b', 1))
    UNION ALL SELECT 'event_checks', line, one_id, other_id, 'type', type, 'its reason gives two years' FROM event_checks WHERE type <> 'contradiction' AND len(list_distinct(regexp_extract_all(reason, '\b(?:19|20)[0-9]{2}\b'))) > 1
)
SELECT 'data/' || table_name || '.csv' AS file, line, field, value, value AS shown, one, two, state
FROM judged
-- breaks: [{"table": "reported_values", "row": "E2-010", "set": {"indicator_id": "cases-fewer"}}]
-- says: ["links", "E2-010 part_of E2-008", "relation"]
-- breaks: [{"table": "reported_values", "row": "KH091", "set": {"credited_to": "mosvy"}}]
-- says: ["links", "KH091 numerator_of KH094", "relation"]
-- breaks: [{"table": "reported_values", "row": "IJM-DOM-14", "set": {"show": "free"}}]
-- says: ["links", "IJM-DOM-14 earlier_end_of IJM-DOM-15-b", "relation"]
-- breaks: [{"table": "links", "row": ["CTDC-03-a", "numerator_of", "CTDC-03-b"], "set": {"relation": "denominator_of"}}]
-- says: ["links", "CTDC-03-c denominator_of CTDC-03-b", "relation"]
-- breaks: [{"table": "links", "row": ["KH131", "numerator_of", "KH130"], "set": {"relation": "denominator_of"}}]
-- says: ["links", "KH131 denominator_of KH130", "relation"]
-- breaks: [{"table": "links", "row": ["KH085", "not_comparable", "RESP-061-b"], "set": {"relation": "comparable"}}]
-- says: ["links", "KH085 comparable RESP-061-b", "relation"]
-- breaks: [{"table": "links", "row": ["E2-011", "part_of", "RESP-026"], "set": {"basis": "our_reading"}}]
-- says: ["links", "E2-011 part_of RESP-026", "basis"]
-- breaks: [{"table": "links", "row": ["KH212", "not_comparable", "KH062"], "set": {"to_id": "KH053"}}]
-- says: ["links", "KH212 not_comparable KH053", "reason"]
-- breaks: [{"table": "links", "row": ["IJM-DOM-12", "comparable", "IJM-DOM-13"], "set": {"relation": "same_by_other_method"}}]
-- says: ["links", "IJM-DOM-12 same_by_other_method IJM-DOM-13", "relation"]
-- breaks: [{"table": "links", "row": ["ILO-2022-04-a", "numerator_of", "ILO-2022-04-b"], "set": {"relation": "denominator_of"}}]
-- says: ["links", "ILO-2022-04-a denominator_of ILO-2022-04-b", "relation"]
-- breaks: [{"table": "links", "row": ["RESP-156", "not_comparable", "RESP-034"], "set": {"reason": "One runs from April 2008 to March 2009, the other is the year 2008."}}]
-- says: ["links", "RESP-156 not_comparable RESP-034", "reason"]
-- breaks: [{"table": "reported_values", "row": "PC-BGD-Dhaka-03-b", "set": {"place_id": "dhaka-district"}}]
-- says: ["links", "PC-BGD-Dhaka-03-a not_comparable PC-BGD-Dhaka-03-b", "reason"]
-- breaks: [{"table": "reported_values", "row": "RESP-084-b", "set": {"source_id": "khmer-times-2015"}}]
-- says: ["links", "RESP-084-b part_of RESP-084-a", "reason"]
-- breaks: [{"table": "cross_checks", "row": ["RESP-064", "RESP-093-c"], "set": {"reason": "Half a year of sex trafficking cases beside all trafficking cases of the whole year. That is possible, and nobody explains it."}}]
-- says: ["cross_checks", "RESP-064 RESP-093-c", "reason"]
-- passes: [{"table": "links", "row": ["KH043", "comparable", "KH018"], "set": {"reason": "The article prints 0.76 and 0.1 percent."}}]
