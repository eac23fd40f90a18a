-- title: Words for people and for what is counted stand in the row and in its code
-- level: warning
-- why: An arrest filed as a conviction, or suspects as victims, is another figure, though both are words of the same page.
-- mend: Choose what the words tell of, or complete the words. Where the words of the source are others, record the row in data/exceptions.csv with its reason.
-- message: The words of {value_id} {state}; its {field} is {value}.
-- except: yes
-- example: {"table": "reported_values", "row": "E2-013", "set": {"population_id": "trafficking-victims"}}
-- mended: {"population_id": "exploitation-only-suspects"}
-- says: ["reported_values", "E2-013", "population_id"]
WITH lexicon (field, side, word) AS (
    VALUES ('population_id', 'code', 'victims'), ('population_id', 'code', 'suspects'), ('population_id', 'code', 'reports'), ('population_id', 'code', 'labour'), ('population_id', 'both', 'the street'), ('population_id', 'code', 'foreigners'), ('population_id', 'both', 'scams'), ('population_id', 'both', 'the internet'), ('population_id', 'both', 'care'), ('population_id', 'both', 'families'), ('population_id', 'code', 'massage'), ('population_id', 'code', 'bars or hostesses'), ('population_id', 'code', 'judges of age'), ('indicator_id', 'code', 'victims'), ('indicator_id', 'code', 'arrests'), ('indicator_id', 'both', 'convictions'), ('indicator_id', 'code', 'prosecutions'), ('indicator_id', 'code', 'cases'), ('indicator_id', 'row', 'averages'), ('indicator_id', 'row', 'lowest ages'), ('indicator_id', 'code', 'the first time'), ('indicator_id', 'code', 'the street'), ('indicator_id', 'code', 'institutions'), ('indicator_id', 'code', 'countries'), ('indicator_id', 'code', 'going home'), ('indicator_id', 'code', 'support'), ('indicator_id', 'row', 'prices'), ('indicator_id', 'row', 'touching'), ('indicator_id', 'row', 'agreements'), ('indicator_id', 'row', 'registration'), ('indicator_id', 'row', 'misjudged age'), ('indicator_id', 'row', 'ranks')
), alike AS (
    SELECT list(line) AS lines, coalesce(lower(scope_as_printed || ' ' || printed), '') AS text, source_id, study_id, series, population_id, indicator_id FROM all_readings GROUP BY scope_as_printed, printed, source_id, study_id, series, population_id, indicator_id
), texts AS (
    SELECT 'population_id' AS of, population_id AS code, lower(name) AS text FROM populations
    UNION ALL SELECT 'indicator_id', indicator_id, lower(name) FROM indicators
    UNION ALL SELECT 'population_id wide', population_id, lower(concat_ws(' ', name, definition)) FROM populations
    UNION ALL SELECT 'indicator_id wide', indicator_id, lower(concat_ws(' ', name, definition)) FROM indicators
    UNION ALL SELECT 'source', source_id, lower(title) FROM sources
    UNION ALL SELECT 'study', study_id, lower(name) FROM studies
    UNION ALL SELECT 'series', series_id, lower(name) FROM series
    UNION ALL SELECT DISTINCT 'row', text, text FROM alike
), stems AS ( -- parts of words, and what each tells of
    SELECT unnest(stems) AS stem, marks FROM (VALUES (['forced into'], ['labour', 'victims']),
        (['institution', 'orphan'], ['care', 'institutions']),
        (['not allowed', 'identified', 'trafficked', 'survivor', 'rescued', 'victim', 'saved'], ['victims']),
        (['overestimat', 'misclass', 'wrongly'], ['misjudged age']),
        (['residential', 'care'], ['care']),
        (['investigat', 'incident', 'offence', 'cases', 'crime', 'case', 'raid', 'rape'], ['cases']),
        (['paedophile', 'trafficker', 'defendant', 'perpetrat', 'offender'], ['suspects']),
        (['reintegrat', 'returned'], ['going home', 'victims']),
        (['agreement', 'memorand'], ['agreements']),
        (['detention'], ['cases', 'scams']),
        (['foreigner'], ['foreigners', 'suspects']),
        (['nationals', 'foreign', 'tourist', 'travell'], ['foreigners']),
        (['sentenced', 'convict'], ['convictions', 'suspects']),
        (['sheltered'], ['institutions', 'support', 'victims']),
        (['as young', 'youngest', 'minimum', 'lowest'], ['lowest ages']),
        (['assisted', 'support', 'help'], ['support', 'victims']),
        (['domestic', 'forced', 'labour', 'labor'], ['labour']),
        (['facebook', 'website', 'online'], ['reports', 'the internet']),
        (['homeless'], ['going home', 'institutions', 'the street']),
        (['internet', 'digital', 'cyber', 'web'], ['the internet']),
        (['prosecut', 'accused'], ['prosecutions', 'suspects']),
        (['radiolog', 'assess', 'observ', 'faces', 'rater', 'face', 'judg'], ['judges of age']),
        (['tip-line', 'content', 'tipline', 'report', 'image'], ['reports']),
        (['unlawful', 'scam'], ['scams']),
        (['average', 'median', 'moyen', 'mean'], ['averages']),
        (['charged', 'court', 'trial', 'tried'], ['prosecutions']),
        (['custody', 'detain', 'nabbed'], ['arrests']),
        (['facilit', 'centre'], ['institutions']),
        (['hostess', 'karaoke', 'bars', 'bar', 'ktv'], ['bars or hostesses']),
        (['massage', 'masse', 'spas', 'spa'], ['massage']),
        (['sentenc', 'guilty', 'prison', 'jail'], ['convictions']),
        (['service', 'assist', 'social', 'legal', 'train'], ['support']),
        (['shelter'], ['institutions', 'support']),
        (['suspect'], ['arrests', 'prosecutions', 'suspects']),
        (['prices', 'dollar', 'price', 'money', 'cost', 'fine', 'paid', 'pay', '$'], ['prices']),
        (['arrest'], ['arrests', 'suspects']),
        (['before', 'virgin', 'begin', 'entry', 'first', 'start'], ['the first time']),
        (['countr'], ['countries']),
        (['househ'], ['families']),
        (['regist'], ['registration']),
        (['return'], ['going home']),
        (['street', 'beach', 'begg'], ['the street']),
        (['ranks', 'rank'], ['ranks']),
        (['famil'], ['families', 'going home']),
        (['touch', 'kiss'], ['touching']),
        (['home'], ['going home', 'institutions'])) AS list (stems, marks)
), found AS (
    SELECT of, code, unnest(list_distinct(regexp_extract_all(text, 'forced into|institution|not allowed|overestimat|residential|identified|investigat|paedophile|reintegrat|trafficked|trafficker|agreement|defendant|detention|foreigner|nationals|perpetrat|sentenced|sheltered|as young|assisted|domestic|facebook|homeless|incident|internet|memorand|misclass|offender|prosecut|radiolog|returned|survivor|tip-line|unlawful|youngest|accused|average|charged|content|convict|custody|digital|facilit|foreign|hostess|karaoke|massage|minimum|offence|rescued|sentenc|service|shelter|support|suspect|tipline|tourist|travell|website|wrongly|\bprices\b|arrest|assess|assist|before|centre|countr|detain|dollar|forced|guilty|househ|labour|lowest|median|nabbed|observ|online|orphan|prison|regist|report|return|social|street|victim|virgin|\bcases\b|\bfaces\b|\bprice\b|\branks\b|beach|begin|court|crime|cyber|entry|famil|first|image|labor|legal|masse|money|moyen|rater|saved|start|touch|train|trial|tried|\bbars\b|\bcare\b|\bcase\b|\bcost|\bface\b|\bfine|\bmean\b|\bpaid|\brank\b|\bspas\b|begg|help|home|jail|judg|kiss|raid|rape|scam|\bbar\b|\bktv|\bpay|\bspa\b|\bweb|\$'))) AS stem FROM texts
), marked AS (
    SELECT of, code, coalesce(flatten(list(marks)), []) AS marks FROM texts LEFT JOIN found USING (of, code) LEFT JOIN stems USING (stem) GROUP BY of, code
), told AS (
    SELECT v.lines, list_concat(r.marks, coalesce(e.marks, [])) AS own, list_concat(s.marks, coalesce(t.marks, [])) AS beside,
        unnest([{'field': 'population_id', 'code': population_id, 'other': indicator_id}, {'field': 'indicator_id', 'code': indicator_id, 'other': population_id}], recursive := true)
    FROM alike v JOIN marked r ON r.of = 'row' AND r.code = text JOIN marked s ON s.of = 'source' AND s.code = source_id
    LEFT JOIN marked t ON t.of = 'study' AND t.code = study_id LEFT JOIN marked e ON e.of = 'series' AND e.code = series
), judged AS (
    SELECT t.lines, t.field, t.code, l.word, list_contains(own, l.word) AS in_row
    FROM told t JOIN marked c ON c.of = t.field AND c.code = t.code JOIN marked w ON w.of = t.field || ' wide' AND w.code = t.code
    LEFT JOIN marked o ON o.of <> t.field AND o.of IN ('population_id', 'indicator_id') AND o.code = t.other JOIN lexicon l ON l.field = t.field
    WHERE CASE WHEN list_contains(own, l.word) THEN side <> 'code' AND NOT list_contains(w.marks, l.word)
        ELSE side <> 'row' AND list_contains(c.marks, l.word) AND NOT list_contains(beside, l.word) AND NOT coalesce(list_contains(o.marks, l.word), false) END
)
SELECT 'data/reported_values.csv' AS file, line, field, value, value_id, state
FROM (
    SELECT unnest(lines) AS line, field, code AS value,
    CASE WHEN bool_and(in_row) THEN 'tell of ' || min(word) ELSE 'do not tell of ' || min(word) FILTER (NOT in_row) END AS state
    FROM judged GROUP BY lines, field, code
) JOIN reported_values USING (line)
-- breaks: [{"table": "reported_values", "row": "RESP-109", "set": {"indicator_id": "people-arrested"}}]
-- says: ["reported_values", "RESP-109", "indicator_id"]
-- passes: [{"table": "reported_values", "row": "RESP-057", "set": {"topic": "other_surveys"}}]
