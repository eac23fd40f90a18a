-- title: A bounding word in the token and the qualifier say the same
-- level: error
-- why: Over 130 entered as less than 130 turns a figure round.
-- mend: Choose the qualifier that the word asks for, and fill its end: low for more than and at least, high for less than and at most.
-- message: The token “{printed}” {says}, but the qualifier is {value}.
-- except: yes
-- example: {"table": "reported_values", "row": "RESP-106", "set": {"qualifier": "less_than", "low": "", "high": "130"}}
-- mended: {"qualifier": "more_than", "low": "130", "high": ""}
-- says: ["reported_values", "RESP-106", "qualifier"]
WITH tokens AS (
    SELECT list(line) AS lines, printed, written_in, qualifier, lower(token) AS text FROM all_readings WHERE qualifier <> 'none_found' GROUP BY printed, written_in, qualifier, token
), bounds AS (
    SELECT *, CASE
        WHEN regexp_matches(text, '\b(?:up to|as (?:high|many|much) as|at most|no[t]? (?:more|higher) than|a maximum of|bis zu|höchstens|maximal|jusqu|hasta|au plus|sehingga|até)') THEN 'at_most'
        WHEN regexp_matches(text, '\b(?:at least|no[t]? (?:less|fewer) than|a minimum of|or more|mindestens|au moins|al menos|por lo menos|sekurang|almeno|pelo menos)\b|[0-9]\+|-plus\b|យ៉ាងតិច') THEN 'at_least'
        WHEN regexp_matches(text, '\b(?:less than|fewer than|under|below|nearly|almost|close to|weniger als|unter|fast|knapp|près de|presque|moins de|casi|menos de|quase|quasi|meno di|hampir|kurang)\b|^[<]|តិចជាង|ជិត') THEN 'less_than'
        WHEN regexp_matches(text, '\b(?:more than|over|above|exceed\w*|upwards of|greater than|majority|mehr als|plus de|más de|mais de|più di|oltre|lebih)\b|^[>]|(?:^|[^a-zà-ÿ])über[^a-zà-ÿ]|ច្រើនជាង|ជាង') THEN 'more_than'
        WHEN regexp_matches(text, '\b(?:about|around|approximately|approx|roughly|some|circa|environ|etwa|rund|ungefähr|alrededor|unos|unas|aproximadamente|cerca|kira-kira|sekitar)\b|[~≈±]|\bca\.|ប្រហែល|ប្រមាណ') THEN 'about'
        END AS bound,
        regexp_matches(text, '[0-9%] ?(?:per ?cent ?)?(?:-|–|—|\b(?:to|or|bis|à|a|et|and|und|y)\b) ?(?:us)?[$]?[0-9]') OR (written_in = 'words' AND contains(text, ' to ') AND NOT regexp_matches(text, 'likely|up to')) AS has_two
    FROM tokens
)
SELECT 'data/reported_values.csv' AS file, unnest(lines) AS line, 'qualifier' AS field, qualifier AS value, printed, CASE
        WHEN has_two AND qualifier IN ('exact', 'about', 'less_than', 'more_than', 'at_least', 'at_most') THEN 'gives two ends'
        WHEN NOT has_two AND qualifier IN ('range', 'range_of_estimates', 'spread') THEN 'gives one number'
        WHEN bound IS NULL THEN 'has no word for it' ELSE 'says ' || replace(bound, '_', ' ') END AS says
FROM bounds
WHERE CASE WHEN written_in = 'fraction' AND has_two THEN bound IS DISTINCT FROM nullif(qualifier, 'exact')
    WHEN has_two <> (qualifier IN ('range', 'range_of_estimates', 'spread')) THEN true
    WHEN has_two THEN false
    WHEN bound IS NULL THEN qualifier <> 'exact'
    ELSE bound <> qualifier END
-- breaks: [{"table": "reported_values", "row": "KH201", "set": {"printed": "~ 2,12 Prozent"}}]
-- says: ["reported_values", "KH201", "qualifier"]
-- breaks: [{"table": "reported_values", "row": "KH259-a", "set": {"qualifier": "more_than", "low": "6000", "high": ""}}]
-- says: ["reported_values", "KH259-a", "qualifier"]
-- breaks: [{"table": "reported_values", "row": "KH065", "set": {"qualifier": "exact", "high": "30"}}]
-- says: ["reported_values", "KH065", "qualifier"]
-- breaks: [{"table": "reported_values", "row": "KH007", "set": {"qualifier": "at_least", "high": ""}}]
-- says: ["reported_values", "KH007", "qualifier"]
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"qualifier": "range"}}]
-- says: ["reported_values", "KH010", "qualifier"]
-- passes: [{"table": "reported_values", "row": "KH259-b", "set": {"printed": "über 26000"}}]
-- passes: [{"table": "reported_values", "row": "KH007", "set": {"printed": "38 people"}}]
