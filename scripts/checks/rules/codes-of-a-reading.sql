-- title: No code of a reading denies another
-- level: error
-- why: A claim entered as an observation, or a weight that nobody used, carries what it does not have.
-- mend: Correct the [cell], or the other that is named.
-- message: {value} does not go with {has}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH010", "set": {"weighted": "yes"}}
-- mended: {"weighted": "unknown"}
-- says: ["reported_values", "KH010", "weighted"]
WITH alike AS ( -- readings with the same codes are asked once
    SELECT nature, topic, weighted, "show", sex, unit, kind, base_kind, weighting, design,
        if(series IS NULL, 'no', 'yes') AS in_series, list(line) AS lines
    FROM all_readings GROUP BY ALL
), told AS (
    SELECT lines, MAP {'nature': nature, 'topic': topic, 'weighted': weighted, 'show': "show", 'sex': sex, 'unit': unit, 'kind': kind,
        'base_kind': base_kind, 'weighting': weighting, 'design': design, 'in_series': in_series} AS code
    FROM alike
), denied AS ( -- a list that begins with ! holds what may stand there
    SELECT *, code[w.field] AS value, code[w.other] AS has, code[w.third] AS third_has FROM told, words.codes_that_deny_codes w
)
SELECT 'data/reported_values.csv' AS file, unnest(lines) AS line, field, value, has, third_has, says
FROM denied
WHERE list_contains(string_split(ltrim(codes, '!'), ' '), value) <> starts_with(codes, '!')
    AND list_contains(string_split(ltrim(other_codes, '!'), ' '), has) <> starts_with(other_codes, '!')
    AND (third IS NULL OR list_contains(string_split(third_codes, ' '), third_has))
-- breaks: [{"table": "reported_values", "row": "KH088", "set": {"topic": "not_counted"}}]
-- says: ["reported_values", "KH088", "topic"]
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"nature": "estimated", "sex": "all"}}]
