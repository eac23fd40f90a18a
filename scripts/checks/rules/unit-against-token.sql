-- title: The noun of the token fits the unit of the indicator
-- level: error
-- why: A count of cases entered as people, or a percentage entered as a count, is another figure.
-- mend: Choose the indicator that counts what the token names.
-- message: The token “{printed}” names {noun}, but {value} is measured in {unit}.
-- except: yes
-- example: {"table": "reported_values", "row": "E2-009", "set": {"indicator_id": "victims-recorded"}}
-- mended: {"indicator_id": "cases-recorded"}
-- says: ["reported_values", "E2-009", "indicator_id"]
WITH alike AS (SELECT list(line) AS lines, printed, token, indicator_id, unit FROM all_readings GROUP BY ALL),
tokens AS (
    SELECT lines, printed, indicator_id, unit, coalesce(CASE
        WHEN regexp_matches(token, '(?i)%|per ?cent|prozent|por ciento|pour cent|peratus|ភាគរយ') THEN 'percent'
        WHEN regexp_matches(token, '[$€£]') THEN 'money' END,
        regexp_extract(lower(token), '.*\b(cases|kes|victims|mangsa|people|persons|participants|survivors|children|minors|girls|women|boys|men|males|females|reports|offenders|perpetrators|traffickers|suspects|suspek|defendants|foreigners|étrangers|brokers|workers|hostesses|endocrinologists|settlements|venues|establishments|parlou?rs|brothels|years|articles|institutions|rcis|centres|countries|communities|offices|surveys|estimates|orphanages)\b', 1)) AS noun
    FROM alike
)
SELECT 'data/reported_values.csv' AS file, unnest(lines) AS line, 'indicator_id' AS field, indicator_id AS value, printed, noun, unit
FROM tokens
WHERE noun <> '' AND NOT list_contains(CASE
    WHEN noun = 'percent' THEN ['percent'] WHEN noun = 'money' THEN ['us_dollars']
    WHEN noun IN ('cases', 'kes') THEN ['cases', 'items'] WHEN noun = 'reports' THEN ['reports']
    WHEN noun = 'years' THEN ['years'] WHEN noun = 'articles' THEN ['articles'] WHEN noun = 'settlements' THEN ['settlements']
    WHEN noun IN ('venues', 'establishments', 'parlors', 'parlours', 'brothels') THEN ['venues']
    WHEN noun IN ('institutions', 'rcis', 'centres', 'orphanages') THEN ['institutions']
    WHEN noun IN ('countries', 'communities', 'offices') THEN ['countries', 'areas'] WHEN noun = 'estimates' THEN ['items']
    ELSE ['people', 'ratio', 'families', 'percent'] END, unit)
-- breaks: [{"table": "reported_values", "row": "E2-024", "set": {"indicator_id": "cases-recorded"}}]
-- says: ["reported_values", "E2-024", "indicator_id"]
-- breaks: [{"table": "reported_values", "row": "KH011", "set": {"indicator_id": "people-in-age-band"}}]
-- says: ["reported_values", "KH011", "indicator_id"]
-- passes: [{"table": "reported_values", "row": "E2-009", "set": {"printed": "22 files"}}]
