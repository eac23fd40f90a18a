-- title: The qualifier decides which ends are filled
-- level: error
-- why: “Less than 20” has no lower end; an exact number has two equal ends.
-- fix: exact, about and [none_found]: [low] equals [high]. [less_than] and [at_most]: only [high]. [more_than] and [at_least]: only [low]. Others: both.
-- message: The ends that are filled do not fit [qualifier] {value}.
-- example: {"table": "reported_values", "row": "KH010", "set": {"qualifier": "less_than"}}
-- fixed: {"qualifier": "exact"}
-- says: ["reported_values", "KH010", "qualifier"]
SELECT 'data/reported_values.csv' AS file, line, if(coalesce(low, high) IS NULL, 'printed', 'qualifier') AS field, -- which then gives no number
    if(field = 'printed', printed, qualifier) AS value, if(field = 'printed', '“{value}” needs its number under [low] and [high].', NULL) AS says
FROM all_readings JOIN (
    SELECT code AS qualifier, words AS bound FROM code_words WHERE column_name = 'qualifier' AND form = 'kind'
) USING (qualifier)
WHERE NOT coalesce(CASE
    WHEN bound IN ('exact', 'about') THEN low = high
    WHEN bound = 'none_found' THEN low = 0 AND high = 0
    WHEN bound = 'below' THEN low IS NULL AND high IS NOT NULL
    WHEN bound = 'above' THEN low IS NOT NULL AND high IS NULL
    ELSE low IS NOT NULL AND high IS NOT NULL END, false)
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"qualifier": "about", "low": "2"}}, {"table": "reported_values", "row": "KH007", "set": {"qualifier": "at_least"}}, {"table": "reported_values", "row": "KH021", "set": {"low": ""}}, {"table": "reported_values", "row": "KH046", "set": {"low": ""}}, {"table": "reported_values", "row": "KH005", "set": {"low": "", "high": ""}}]
-- says: ["reported_values", "KH005", "printed"]
-- says: ["reported_values", "KH007", "qualifier"]
-- says: ["reported_values", "KH010", "qualifier"]
-- says: ["reported_values", "KH021", "qualifier"]
-- says: ["reported_values", "KH046", "qualifier"]
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"low": "", "qualifier": "at_most"}}, {"table": "reported_values", "row": "KH007", "set": {"high": "", "qualifier": "more_than"}}, {"table": "reported_values", "row": "KH046", "set": {"qualifier": "spread"}}]
