-- title: The qualifier decides which ends are filled
-- level: error
-- why: “Less than 20” has no lower end; an exact number has two equal ends.
-- mend: exact, about and none_found: low equals high. less_than and at_most: only high. more_than and at_least: only low. Others: both.
-- message: With the qualifier {value} the ends {low} to {high} do not fit.
-- example: {"table": "reported_values", "row": "KH010", "set": {"qualifier": "less_than"}}
-- mended: {"qualifier": "exact"}
-- says: ["reported_values", "KH010", "qualifier"]
SELECT 'data/reported_values.csv' AS file, line, 'qualifier' AS field, qualifier AS value,
    coalesce(regexp_replace(low::VARCHAR, '\.0$', ''), '(open)') AS low,
    coalesce(regexp_replace(high::VARCHAR, '\.0$', ''), '(open)') AS high
FROM all_readings
WHERE NOT CASE
    WHEN qualifier IN ('exact', 'about') THEN low IS NOT NULL AND high IS NOT NULL AND low = high
    WHEN qualifier = 'none_found' THEN low IS NOT NULL AND high IS NOT NULL AND low = 0 AND high = 0
    WHEN qualifier IN ('less_than', 'at_most') THEN low IS NULL AND high IS NOT NULL
    WHEN qualifier IN ('more_than', 'at_least') THEN low IS NOT NULL AND high IS NULL
    ELSE low IS NOT NULL AND high IS NOT NULL END
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"qualifier": "about", "low": ""}}]
-- says: ["reported_values", "KH010", "qualifier"]
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"qualifier": "about", "low": "2"}}]
-- says: ["reported_values", "KH010", "qualifier"]
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"qualifier": "at_least"}}]
-- says: ["reported_values", "KH010", "qualifier"]
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"qualifier": "at_most"}}]
-- says: ["reported_values", "KH010", "qualifier"]
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"qualifier": "at_most", "low": "", "high": ""}}]
-- says: ["reported_values", "KH010", "qualifier"]
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"high": ""}}]
-- says: ["reported_values", "KH010", "qualifier"]
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"low": "2", "high": "3"}}]
-- says: ["reported_values", "KH010", "qualifier"]
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"qualifier": "more_than", "low": ""}}]
-- says: ["reported_values", "KH010", "qualifier"]
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"qualifier": "spread", "high": ""}}]
-- says: ["reported_values", "KH010", "qualifier"]
-- breaks: [{"table": "reported_values", "row": "KH021", "set": {"high": "2"}}]
-- says: ["reported_values", "KH021", "qualifier"]
-- breaks: [{"table": "reported_values", "row": "KH021", "set": {"high": ""}}]
-- says: ["reported_values", "KH021", "qualifier"]
-- breaks: [{"table": "reported_values", "row": "KH021", "set": {"low": ""}}]
-- says: ["reported_values", "KH021", "qualifier"]
-- breaks: [{"table": "reported_values", "row": "KH030", "set": {"low": ""}}]
-- says: ["reported_values", "KH030", "qualifier"]
-- breaks: [{"table": "reported_values", "row": "KH046", "set": {"low": ""}}]
-- says: ["reported_values", "KH046", "qualifier"]
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"low": "", "qualifier": "at_most"}}, {"table": "reported_values", "row": "KH018", "set": {"low": "", "qualifier": "less_than"}}, {"table": "reported_values", "row": "KH005", "set": {"high": "", "qualifier": "at_least"}}, {"table": "reported_values", "row": "KH007", "set": {"high": "", "qualifier": "more_than"}}, {"table": "reported_values", "row": "KH038", "set": {"qualifier": "about"}}, {"table": "reported_values", "row": "KH046", "set": {"qualifier": "spread"}}]
