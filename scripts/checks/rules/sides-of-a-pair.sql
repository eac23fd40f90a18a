-- title: A reason that tells the two sides of a pair tells them in the order of the pair
-- level: warning
-- why: “One is above the other” is said of the first reading; turned round, it says the opposite.
-- mend: Compare the reason with the two readings. Exchange its two sides or the two ids, or correct the word that is wrong.
-- message: The reason says “{told}”, but {state}.
-- except: yes
-- example: {"table": "links", "row": ["KH022", "not_comparable", "KH023"], "set": {"reason": "One is the fall of a count, the other the fall of a share."}}
-- mended: {"reason": "One is the fall of a share, the other the fall of a count."}
-- says: ["links", "KH022 not_comparable KH023", "reason"]
WITH pairs AS (
    SELECT 'links' AS table_name, line, from_id AS one, to_id AS two, reason FROM links WHERE regexp_matches(reason, '(?i)\bone .*the other|\b(?:is|are) (?:above|below)\b|(?:fewer|more) [a-z]+ in [0-9]{4}')
    UNION ALL SELECT 'cross_checks', line, one_id, other_id, reason FROM cross_checks WHERE regexp_matches(reason, '(?i)\bone .*the other|(?:lower|higher) number')
), sides AS (
    SELECT v.value_id, low, high, period, lower(concat_ws(' ', i.name, i.definition, v.unit, v.qualifier, v.nature, v.sex, v.evidence, v.printed, v.low, v.age_min, v.age_max, 'under ' || (v.age_max + 1), v.scope_as_printed, v.place_name, v.place_level, v.period_as_printed, p.name, p.definition, o.name, t.name, v.source_kind, s.publisher, s.title,
        from_year, to_year, CASE WHEN regexp_matches(v.period, '^[0-9]{4}$') THEN 'whole year' END, CASE WHEN ends_with(v.period, '-10') THEN 'months institutions' END)) AS words
    FROM all_readings v JOIN indicators i USING (indicator_id) JOIN sources s ON s.source_id = v.source_id LEFT JOIN populations p ON p.population_id = v.population_id LEFT JOIN organisations o ON o.organisation_id = v.credited_to LEFT JOIN studies t ON t.study_id = v.study_id
    WHERE v.value_id IN (SELECT one FROM pairs UNION ALL SELECT two FROM pairs)
), met AS (
    SELECT p.*, a.low AS one_low, b.low AS two_low, a.period AS one_period, b.period AS two_period, regexp_extract(reason, '(?i)\bone (.+?)[,;] (?:and )?the other (.+?)(?:\.|;|$)', 1) AS told_first, regexp_extract(reason, '(?i)\bone (.+?)[,;] (?:and )?the other (.+?)(?:\.|;|$)', 2) AS told_second,
        list_distinct(list_transform(regexp_extract_all(a.words, '[a-z]{4,}|[0-9.]*[0-9]'), lambda w: left(w, 5))) AS one_words, list_distinct(list_transform(regexp_extract_all(b.words, '[a-z]{4,}|[0-9.]*[0-9]'), lambda w: left(w, 5))) AS two_words,
        list_distinct(list_transform(regexp_extract_all(lower(told_first), '[a-z]{4,}|[0-9.]*[0-9]'), lambda w: left(w, 5))) AS first_words, list_distinct(list_transform(regexp_extract_all(lower(told_second), '[a-z]{4,}|[0-9.]*[0-9]'), lambda w: left(w, 5))) AS second_words
    FROM pairs p JOIN sides a ON a.value_id = p.one JOIN sides b ON b.value_id = p.two
), judged AS (
    SELECT *, 'one ' || told_first || ', the other ' || told_second AS said, one || ' is the other and ' || two || ' the one' AS state FROM met
    WHERE told_first <> '' AND len(list_filter(first_words, lambda w: list_contains(one_words, w) AND NOT list_contains(two_words, w))) - len(list_filter(first_words, lambda w: list_contains(two_words, w) AND NOT list_contains(one_words, w)))
        + len(list_filter(second_words, lambda w: list_contains(two_words, w) AND NOT list_contains(one_words, w))) - len(list_filter(second_words, lambda w: list_contains(one_words, w) AND NOT list_contains(two_words, w))) < 0
    UNION ALL SELECT *, regexp_extract(reason, '\b(?:is|are) (above|below)\b', 1), one || ' is ' || one_low || ' and ' || two || ' is ' || two_low FROM met
    WHERE table_name = 'links' AND (regexp_matches(reason, '\b(?:is|are) above\b') AND one_low < two_low OR regexp_matches(reason, '\b(?:is|are) below\b') AND one_low > two_low)
    UNION ALL SELECT *, regexp_extract(reason, '(?:lower|higher) number'), one || ' is ' || one_low || ' and ' || two || ' is ' || two_low FROM met
    WHERE table_name = 'cross_checks' AND (regexp_matches(reason, 'as a higher number') AND two_low < one_low OR regexp_matches(reason, 'as a lower number') AND two_low > one_low)
    UNION ALL SELECT *, regexp_extract(reason, '(?:fewer|more) [a-z]+ in [0-9]{4}'), one || ' is ' || one_low || ' of ' || one_period || ' and ' || two || ' is ' || two_low || ' of ' || two_period FROM met
    WHERE regexp_matches(reason, '(?:fewer|more) [a-z]+ in [0-9]{4}') AND one_period <> two_period
        AND contains(reason, 'fewer ') = (CASE WHEN contains(one_period, regexp_extract(reason, '(?:fewer|more) [a-z]+ in ([0-9]{4})', 1)) THEN one_low > two_low ELSE two_low > one_low END)
)
SELECT 'data/' || table_name || '.csv' AS file, line, 'reason' AS field, reason AS value, said AS told, regexp_replace(state, '\.0\b', '', 'g') AS state FROM judged
-- breaks: [{"table": "links", "row": ["RESP-006", "not_comparable", "RESP-004"], "set": {"reason": "Convictions are below prosecutions of the same year; some trials began earlier."}}]
-- says: ["links", "RESP-006 not_comparable RESP-004", "reason"]
-- breaks: [{"table": "links", "row": ["RESP-165-a", "not_comparable", "RESP-165-b"], "set": {"reason": "The unit covered more provinces in 2014."}}]
-- says: ["links", "RESP-165-a not_comparable RESP-165-b", "reason"]
-- breaks: [{"table": "cross_checks", "row": ["RESP-166-a", "RESP-167-b"], "set": {"reason": "The unit counts the year again a year later, as a higher number under a slightly lower age limit. Both count serious crimes against children, which are not commercial exploitation."}}]
-- says: ["cross_checks", "RESP-166-a RESP-167-b", "reason"]
-- passes: [{"table": "links", "row": ["KH022", "not_comparable", "KH023"], "set": {"reason": "One tells how a share fell, the other how a count did."}}]
