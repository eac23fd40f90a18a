-- title: A date has the month and the day that its own words give
-- level: error
-- why: A day too late stands behind the event that it caused.
-- mend: Correct the date, or the words.
-- message: The date is {value}, and the words say {said}.
-- except: yes
-- example: {"table": "events", "row": "RESP-117", "set": {"date": "2013-12-12"}}
-- mended: {"date": "2013-12-11"}
-- says: ["events", "RESP-117", "date"]
WITH months AS (FROM (VALUES ('January', '01'), ('February', '02'), ('March', '03'), ('April', '04'), ('May', '05'), ('June', '06'), ('July', '07'), ('August', '08'), ('September', '09'), ('October', '10'), ('November', '11'), ('December', '12')) AS m (name, month)),
dated AS (
    SELECT 'data/events.csv' AS file, line, 'date' AS field, date AS value, concat_ws('; ', title, text, fact_as_printed) AS words, fact_as_printed AS fact FROM events WHERE length(date) >= 7
    UNION ALL SELECT 'data/series_breaks.csv', line, 'at', "at", concat_ws('; ', text, fact_as_printed), fact_as_printed FROM series_breaks WHERE "at" IS NOT NULL
    UNION ALL SELECT 'data/statements.csv', line, 'date', date, paraphrase, NULL FROM statements WHERE length(date) >= 7
)
SELECT file, line, field, value, regexp_extract(words, '(?:[0-9]{1,2} )?' || name || ' [12][0-9]{3}') AS said
FROM dated JOIN months ON value[6:7] = month AND contains(words, name || ' ')
WHERE said <> '' AND NOT contains(words, name || ' ' || value[1:4]) AND NOT regexp_matches(words, 'erived|starts on|begins') AND file <> 'data/statements.csv'
UNION ALL
SELECT file, line, field, value, fact FROM dated JOIN months ON contains(fact, name)
WHERE regexp_matches(fact, '^[0-9]{1,2} [A-Z][a-z]+ [12][0-9]{3}(?:$|;)') AND length(value) = 10 AND fact[1:2]::VARCHAR <> '' AND try_cast(regexp_extract(fact, '^[0-9]{1,2}') AS INTEGER) <> try_cast(value[9:10] AS INTEGER)
UNION ALL
SELECT file, line, field, value, fact FROM dated
WHERE regexp_matches(fact, '^(?:[A-Z][a-z]+ )?[12][0-9]{3}$') AND right(fact, 4) <> value[1:4]
-- breaks: [{"table": "events", "row": "RESP-108", "set": {"date": "2014-12"}}]
-- says: ["events", "RESP-108", "date"]
-- passes: [{"table": "events", "row": "RESP-117", "set": {"date": "2013-12"}}]
