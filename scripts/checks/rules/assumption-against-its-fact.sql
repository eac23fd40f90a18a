-- title: An assumption is the number of its fact, from the source of the fact
-- level: error
-- why: An assumed rate that its own source does not print is an invention.
-- mend: Correct value, value_as_printed, fact_id or source_id.
-- message: {assumption_id}: {field} is {shown}, but {state}.
-- except: yes
-- example: {"table": "assumptions", "row": "missed-imaging", "set": {"value": "0.35"}}
-- mended: {"value": "0.33"}
-- says: ["assumptions", "missed-imaging", "value"]
WITH facts AS (
    SELECT a.*, list_transform(regexp_extract_all(value_as_printed, '[0-9]+(?:[.][0-9]+)?'), lambda one: try_cast(one AS DOUBLE)) AS printed_numbers,
        v.source_ids, v.lows, v.indicators, v.tokens
    FROM assumptions a LEFT JOIN (
        SELECT fact, list(DISTINCT source_id) AS source_ids, list(low) AS lows, list(interval_low) || list(interval_high) AS ends, list(DISTINCT indicator_id) AS indicators, list(printed) AS tokens
        FROM (SELECT value_id AS fact, * FROM reported_values UNION ALL SELECT left(value_id, -2), * FROM reported_values WHERE regexp_matches(value_id, '-[a-z]$')) WHERE fact IN (SELECT fact_id FROM assumptions) GROUP BY fact
    ) v ON v.fact = a.fact_id
), judged AS (
    SELECT line, assumption_id, 'value' AS field, value::VARCHAR AS value, 'its source prints ' || value_as_printed AS state FROM facts
    WHERE (basis = 'sourced' OR parameter IN ('false_negative_rate', 'false_positive_rate')) AND len(printed_numbers) > 0 AND NOT list_bool_or(list_transform(printed_numbers, lambda one: abs(one - value) < 1e-9 OR abs(one - 100 * value) < 1e-9
            OR (parameter LIKE 'false%' AND contains(caveat, 'One less') AND abs(100 - one - 100 * value) < 1e-9)))
    UNION ALL SELECT line, assumption_id, 'value_as_printed', value_as_printed, 'the number of ' || fact_id || ' is ' || array_to_string(lows, ' and ') FROM facts
    WHERE lows IS NOT NULL AND len(printed_numbers) > 0 AND NOT CASE WHEN contains(value_as_printed, ';') THEN list_has_all(lows, printed_numbers) ELSE list_has_any(printed_numbers, lows) END
    UNION ALL SELECT line, assumption_id, 'source_id', source_id, fact_id || ' is printed by ' || array_to_string(source_ids, ' and ') FROM facts WHERE source_ids IS NOT NULL AND source_id IS NOT NULL AND NOT list_contains(source_ids, source_id)
    UNION ALL SELECT line, assumption_id, 'basis', basis, 'it has no fact and no source' FROM facts WHERE basis = 'sourced' AND (fact_id IS NULL OR source_id IS NULL OR value_as_printed IS NULL)
    UNION ALL SELECT line, assumption_id, 'fact_id', fact_id, 'it has no source or token' FROM facts WHERE fact_id IS NOT NULL AND (source_id IS NULL OR value_as_printed IS NULL OR locator IS NULL)
    UNION ALL SELECT line, assumption_id, 'parameter', parameter, 'its fact is ' || array_to_string(indicators, ' and ') FROM facts
    WHERE indicators IS NOT NULL AND CASE parameter WHEN 'design_effect' THEN NOT list_has_any(indicators, ['design-effect-planned', 'hiv-share', 'syphilis-share']) WHEN 'icc' THEN NOT list_contains(indicators, 'intraclass-correlation')
        WHEN 'false_negative_rate' THEN NOT list_has_any(indicators, ['children-judged-18-over-share', 'test-purchases-succeeded-share', 'not-over-18-recognised-share']) WHEN 'false_positive_rate' THEN NOT list_has_any(indicators, ['adults-judged-under-18-share', 'over-18-recognised-share'])
        WHEN 'hidden_share' THEN NOT list_contains(indicators, 'people-interviewed') ELSE true END
    UNION ALL SELECT a.line, a.assumption_id, 'value', a.value::VARCHAR, 'it is the same as that of ' || b.assumption_id FROM assumptions a JOIN assumptions b ON a.parameter = b.parameter AND a.value = b.value AND a.line > b.line
    UNION ALL SELECT line, assumption_id, 'value', value::VARCHAR, 'its caveat says ' || regexp_extract(caveat, '(?:no|everybody|nobody)[^.]*') FROM facts
    WHERE (regexp_matches(caveat, ': no (?:child|adult) is taken') AND value <> 0) OR (regexp_matches(caveat, 'everybody outside') AND value <> 1)
    UNION ALL SELECT f.line, assumption_id, 'value', f.value::VARCHAR, regexp_replace(f.value_id || ' is ' || v.low, '\.0$', '') FROM facts f JOIN all_readings v USING (value_id)
    WHERE basis = 'sourced' AND len(printed_numbers) = 0 AND NOT (abs(f.value - v.low) < 1e-9 OR abs(100 * f.value - v.low) < 1e-6)
    UNION ALL SELECT line, assumption_id, 'parameter', parameter, 'its caveat says “' || regexp_extract(caveat, '(?:child|adult)\b[^:.]*taken for an? (?:child|adult)') || '”' FROM facts
    WHERE regexp_matches(caveat, '\bchild\b[^:.]*taken for an adult') AND parameter <> 'false_negative_rate' OR regexp_matches(caveat, '\badult\b[^:.]*taken for a child') AND parameter <> 'false_positive_rate'
    UNION ALL SELECT a.line, a.assumption_id, 'parameter', a.parameter, 'others named ' || split_part(a.assumption_id, '-', 1) || ' are ' || mode(b.parameter) FROM assumptions a JOIN assumptions b ON split_part(b.assumption_id, '-', 1) = split_part(a.assumption_id, '-', 1) AND b.assumption_id <> a.assumption_id
    GROUP BY a.line, a.assumption_id, a.parameter HAVING NOT bool_or(b.parameter = a.parameter)
    UNION ALL SELECT line, assumption_id, 'basis', basis, 'its caveat begins with “Near”, which is no printed value' FROM facts WHERE basis = 'sourced' AND starts_with(caveat, 'Near')
    UNION ALL SELECT line, assumption_id, 'caveat', caveat, 'its source prints no ' || told FROM (SELECT *, unnest(regexp_extract_all(caveat, '\b[0-9]{1,3},[0-9]{3}\b')) AS told FROM facts) AS f
    WHERE source_id IS NOT NULL AND NOT EXISTS (FROM all_readings v WHERE v.source_id = f.source_id AND v.low = try_cast(replace(told, ',', '') AS DOUBLE))
)
SELECT 'data/assumptions.csv' AS file, line, field, CASE WHEN field = 'value' THEN regexp_replace(value, '\.0$', '') ELSE value END AS value, CASE WHEN field = 'value' THEN regexp_replace(value, '\.0$', '') ELSE value END AS shown, assumption_id, state
FROM judged
-- breaks: [{"table": "assumptions", "row": "deff-2", "set": {"source_id": "bbs-2019"}}]
-- says: ["assumptions", "deff-2", "source_id"]
-- breaks: [{"table": "assumptions", "row": "missed-imaging", "set": {"parameter": "false_positive_rate"}}]
-- says: ["assumptions", "missed-imaging", "parameter"]
-- says: ["assumptions", "missed-imaging", "parameter"]
-- breaks: [{"table": "assumptions", "row": "mistaken-images", "set": {"value": "0.96"}}]
-- says: ["assumptions", "mistaken-images", "value"]
-- breaks: [{"table": "assumptions", "row": "missed-photo-boys-16", "set": {"value": "0.62"}}]
-- says: ["assumptions", "missed-photo-boys-16", "value"]
-- breaks: [{"table": "assumptions", "row": "mistaken-0.02", "set": {"parameter": "false_negative_rate"}}]
-- says: ["assumptions", "mistaken-0.02", "parameter"]
-- says: ["assumptions", "mistaken-0.02", "parameter"]
-- breaks: [{"table": "assumptions", "row": "icc-0.05", "set": {"parameter": "hidden_share"}}]
-- says: ["assumptions", "icc-0.05", "parameter"]
-- says: ["assumptions", "icc-0.05", "value"]
-- breaks: [{"table": "assumptions", "row": "missed-sale-girls-13", "set": {"basis": "sourced"}}]
-- says: ["assumptions", "missed-sale-girls-13", "basis"]
-- breaks: [{"table": "assumptions", "row": "deff-4", "set": {"caveat": "Near what this printed interval implies for 3,511 people (4.0 on the logit scale). Another outcome; differences between provinces are in it."}}]
-- says: ["assumptions", "deff-4", "caveat"]
-- passes: [{"table": "assumptions", "row": "missed-imaging", "set": {"value_as_printed": "33 %"}}]
