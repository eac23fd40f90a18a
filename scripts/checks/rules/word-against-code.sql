-- title: Words for people and for what is counted stand in the row and in its code
-- level: warning
-- why: An arrest filed as a conviction, or suspects as victims, is another figure, though both are words of the same page.
-- mend: Correct the code. Where the words of the source are others, record the row in data/exceptions.csv with its reason.
-- message: The words of {value_id} {state}; its {field} is {value}.
-- except: yes
-- example: {"table": "reported_values", "row": "E2-013", "set": {"population_id": "trafficking-victims"}}
-- mended: {"population_id": "exploitation-only-suspects"}
-- says: {"table": "reported_values", "row": "E2-013", "field": "population_id", "value": "trafficking-victims", "message": "The words of E2-013 do not tell of victims; its population_id is trafficking-victims."}
WITH lexicon (field, side, word) AS (
    VALUES ('population_id', 'code', 'victims'), ('population_id', 'code', 'suspects'), ('population_id', 'code', 'reports'), ('population_id', 'code', 'labour'), ('population_id', 'both', 'the street'), ('population_id', 'code', 'foreigners'), ('population_id', 'both', 'scams'), ('population_id', 'both', 'the internet'), ('population_id', 'both', 'care'), ('population_id', 'both', 'families'), ('population_id', 'code', 'masseurs'), ('population_id', 'code', 'hostesses'), ('population_id', 'code', 'judges of age'), ('indicator_id', 'code', 'victims'), ('indicator_id', 'code', 'arrests'), ('indicator_id', 'both', 'convictions'), ('indicator_id', 'code', 'prosecutions'), ('indicator_id', 'code', 'cases'), ('indicator_id', 'row', 'averages'), ('indicator_id', 'row', 'lowest ages'), ('indicator_id', 'code', 'the first time'), ('indicator_id', 'code', 'the street'), ('indicator_id', 'code', 'institutions'), ('indicator_id', 'code', 'countries'), ('indicator_id', 'code', 'going home'), ('indicator_id', 'code', 'support'), ('indicator_id', 'row', 'prices'), ('indicator_id', 'row', 'touching'), ('indicator_id', 'row', 'agreements'), ('indicator_id', 'row', 'registration'), ('indicator_id', 'row', 'misjudged age'), ('indicator_id', 'row', 'ranks')
), texts AS (
    SELECT 'population_id' AS of, population_id AS code, lower(name) AS text FROM populations
    UNION ALL SELECT 'indicator_id', indicator_id, lower(name) FROM indicators
    UNION ALL SELECT 'population_id wide', population_id, lower(concat_ws(' ', name, definition)) FROM populations
    UNION ALL SELECT 'indicator_id wide', indicator_id, lower(concat_ws(' ', name, definition)) FROM indicators
    UNION ALL SELECT 'source', source_id, lower(title) FROM sources
    UNION ALL SELECT 'study', study_id, lower(name) FROM studies
    UNION ALL SELECT 'series', series_id, lower(name) FROM series
    UNION ALL SELECT 'row', value_id, lower(scope_as_printed || ' ' || printed) FROM reported_values
), marked AS (
    SELECT of, code, [
        CASE WHEN regexp_matches(text, 'victim|survivor|rescued|trafficked|reintegrat|returned|sheltered|support|forced into|not allowed|help|victim|survivor|rescued|identified|assisted|saved|forced into|not allowed|help') THEN 'victims' END,
        CASE WHEN regexp_matches(text, 'suspect|offender|perpetrat|accused|arrest|defendant|trafficker|convict|sentenced|prosecut|paedophile|foreigner') THEN 'suspects' END,
        CASE WHEN regexp_matches(text, 'report(?:s|ing|ed)?|tip-?line|content|website|image|facebook|online') THEN 'reports' END,
        CASE WHEN regexp_matches(text, 'labou?r|forced|domestic') THEN 'labour' END,
        CASE WHEN regexp_matches(text, 'street|beach|homeless|begg|street') THEN 'the street' END,
        CASE WHEN regexp_matches(text, 'foreign|tourist|travell|nationals') THEN 'foreigners' END,
        CASE WHEN regexp_matches(text, 'scam|detention|unlawful') THEN 'scams' END,
        CASE WHEN regexp_matches(text, 'online|internet|\bweb|cyber|digital|facebook') THEN 'the internet' END,
        CASE WHEN regexp_matches(text, '\bcare\b|orphan|institution|residential') THEN 'care' END,
        CASE WHEN regexp_matches(text, 'famil|househ') THEN 'families' END,
        CASE WHEN regexp_matches(text, 'masse|massage|\bspas?\b') THEN 'masseurs' END,
        CASE WHEN regexp_matches(text, 'hostess|\bktv|karaoke|\bbars?\b') THEN 'hostesses' END,
        CASE WHEN regexp_matches(text, 'judg|radiolog|\bfaces?\b|assess|observ|rater') THEN 'judges of age' END,
        CASE WHEN regexp_matches(text, 'arrest|detain|nabbed|suspect|custody') THEN 'arrests' END,
        CASE WHEN regexp_matches(text, 'convict|sentenc|jail|prison|guilty') THEN 'convictions' END,
        CASE WHEN regexp_matches(text, 'prosecut|charged|court|trial|tried|accused|suspect') THEN 'prosecutions' END,
        CASE WHEN regexp_matches(text, '\bcases?\b|raid|crime|investigat|incident|offence|rape|detention') THEN 'cases' END,
        CASE WHEN regexp_matches(text, 'average|\bmean\b|median|moyen') THEN 'averages' END,
        CASE WHEN regexp_matches(text, 'minimum|youngest|lowest|as young|youngest') THEN 'lowest ages' END,
        CASE WHEN regexp_matches(text, 'first|virgin|begin|start|entry|before') THEN 'the first time' END,
        CASE WHEN regexp_matches(text, 'institution|centre|orphan|facilit|shelter|home') THEN 'institutions' END,
        CASE WHEN regexp_matches(text, 'countr') THEN 'countries' END,
        CASE WHEN regexp_matches(text, 'home|return|famil|reintegrat') THEN 'going home' END,
        CASE WHEN regexp_matches(text, 'support|assist|help|service|legal|social|shelter|train') THEN 'support' END,
        CASE WHEN regexp_matches(text, '\bprices?\b|\bcost|\bpaid|\bpay|\$|money|dollar|\bfine') THEN 'prices' END,
        CASE WHEN regexp_matches(text, 'touch|kiss') THEN 'touching' END,
        CASE WHEN regexp_matches(text, 'agreement|memorand') THEN 'agreements' END,
        CASE WHEN regexp_matches(text, 'regist') THEN 'registration' END,
        CASE WHEN regexp_matches(text, 'misclass|overestimat|wrongly') THEN 'misjudged age' END,
        CASE WHEN regexp_matches(text, '\branks?\b') THEN 'ranks' END
    ] AS marks FROM texts
), told AS (
    SELECT v.line, v.value_id, list_concat(r.marks, coalesce(e.marks, [])) AS own, list_concat(s.marks, coalesce(t.marks, [])) AS beside,
        unnest([{'field': 'population_id', 'code': population_id, 'other': indicator_id}, {'field': 'indicator_id', 'code': indicator_id, 'other': population_id}], recursive := true)
    FROM reported_values v JOIN marked r ON r.of = 'row' AND r.code = value_id JOIN marked s ON s.of = 'source' AND s.code = source_id
    LEFT JOIN marked t ON t.of = 'study' AND t.code = study_id LEFT JOIN marked e ON e.of = 'series' AND e.code = series
), judged AS (
    SELECT t.line, t.value_id, t.field, t.code, l.word, list_contains(own, l.word) AS in_row
    FROM told t JOIN marked c ON c.of = t.field AND c.code = t.code JOIN marked w ON w.of = t.field || ' wide' AND w.code = t.code
    LEFT JOIN marked o ON o.of <> t.field AND o.of IN ('population_id', 'indicator_id') AND o.code = t.other JOIN lexicon l ON l.field = t.field
    WHERE CASE WHEN list_contains(own, l.word) THEN side <> 'code' AND NOT list_contains(w.marks, l.word)
        ELSE side <> 'row' AND list_contains(c.marks, l.word) AND NOT list_contains(beside, l.word) AND NOT coalesce(list_contains(o.marks, l.word), false) END
)
SELECT 'data/reported_values.csv' AS file, line, field, code AS value, value_id,
    CASE WHEN bool_and(in_row) THEN 'tell of ' || min(word) ELSE 'do not tell of ' || min(word) FILTER (NOT in_row) END AS state
FROM judged GROUP BY line, field, code, value_id
-- breaks: [{"table": "reported_values", "row": "RESP-109", "set": {"indicator_id": "people-arrested"}}]
-- says: {"table": "reported_values", "row": "RESP-109", "field": "indicator_id", "value": "people-arrested", "message": "The words of RESP-109 do not tell of arrests; its indicator_id is people-arrested."}
-- passes: [{"table": "reported_values", "row": "RESP-057", "set": {"topic": "other_surveys"}}]
