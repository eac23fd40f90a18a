-- title: Codes that are listed as excluding each other do not occur together
-- level: warning
-- why: A claim entered as an observation, or a review that samples households, has a property that it cannot have.
-- fix: Correct one of the two cells.
-- message: {field} is {value}, and {other_field} is {has}, with which go {allowed}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH010", "set": {"weighted": "yes"}}
-- fixed: {"weighted": "unknown"}
-- says: ["reported_values", "KH010", "weighted"]
WITH coded AS ( -- readings with the same codes are tested only once
    SELECT 'reported_values' AS table_name, MAP {'nature': nature, 'topic': topic, 'weighted': weighted, 'show': "show", 'sex': sex, 'unit': unit,
        'kind': kind, 'population_kind': population_kind, 'weighting': weighting, 'design': design, 'in_series': in_series} AS code, lines
    FROM (SELECT nature, topic, weighted, "show", sex, unit, kind, population_kind, weighting, design, if(series IS NULL, 'no', 'yes') AS in_series,
        list(line) AS lines FROM all_readings GROUP BY ALL)
    UNION ALL SELECT table_name, MAP(names, cells), [line] FROM row_cells WHERE table_name IN ('studies', 'statements')
), denied AS ( -- a list that begins with ! has the codes that are allowed
    SELECT *, code[w.field] AS value, code[w.other] AS has, code[w.third] AS third_has FROM coded JOIN words.codes_together w USING (table_name)
)
SELECT 'data/' || table_name || '.csv' AS file, unnest(lines) AS line, field, value, other AS other_field, has, third_has, says,
    replace(ltrim(codes, '!'), ' ', ', ') AS allowed
FROM denied
WHERE list_contains(string_split(ltrim(codes, '!'), ' '), value) <> starts_with(codes, '!')
    AND list_contains(string_split(ltrim(other_codes, '!'), ' '), has) <> starts_with(other_codes, '!')
    AND (third IS NULL OR list_contains(string_split(third_codes, ' '), third_has))
-- breaks: [{"table": "reported_values", "row": "KH088", "set": {"topic": "not_counted"}}, {"table": "studies", "row": "ijm-khm-2012", "set": {"sampling_unit": "household"}}]
-- says: ["reported_values", "KH088", "topic"]
-- says: ["studies", "ijm-khm-2012", "sampling_unit"]
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"nature": "estimated", "sex": "all"}}, {"table": "studies", "row": "ijm-khm-2012", "set": {"sampling_unit": "venue_time"}}]
