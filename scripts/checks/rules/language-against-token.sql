-- title: The language of a source is that of its tokens
-- level: error
-- why: The language says which word is a number, and whether a comma is a decimal mark.
-- mend: Correct language and decimal_mark, or the source of the reading.
-- message: The language is {value}, but its token “{printed}” is {said}.
-- except: yes
-- example: {"table": "sources", "row": "welt-sichten-2015", "set": {"language": "en"}}
-- mended: {"language": "de"}
-- says: ["sources", "welt-sichten-2015", "language"]
WITH tokens AS (
    SELECT s.line, s.language, v.printed, CASE
        WHEN regexp_matches(v.printed, '(?i)\b(?:prozent|drittel|bis zu|ein|fast|mehr als)\b') THEN 'de' WHEN regexp_matches(v.printed, '(?i)\bper ?cent\b|\b(?:more|less|fewer) than\b|\b(?:about|around|nearly|almost|approximately|roughly|at least|over|cases|victims|children|people|million)\b') THEN 'en'
        WHEN regexp_matches(v.printed, '(?i)\bpor ciento|\b(?:una|casi|ninguna)\b') THEN 'es' WHEN regexp_matches(v.printed, '(?i)\b(?:près de|plus de|étrangers|pour cent)(?:$|[^a-zà-ÿ])') THEN 'fr'
        WHEN regexp_matches(v.printed, '(?i)\b(?:peratus|kes|mangsa|suspek)\b') THEN 'ms' WHEN regexp_matches(v.printed, '[\x{1780}-\x{17FF}]') THEN 'km' END AS said
    FROM reported_values v JOIN sources s USING (source_id)
)
SELECT 'data/sources.csv' AS file, line, 'language' AS field, language AS value, min(printed) AS printed, min(said) AS said
FROM tokens
WHERE said <> language
GROUP BY line, language
-- passes: [{"table": "reported_values", "row": "KH007", "set": {"printed": "38 Prozent", "source_id": "welt-sichten-2015"}}]
