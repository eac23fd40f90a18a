-- title: A date is the day with which the text about it begins
-- level: hint
-- why: A day too late would come after an event that it caused.
-- fix: Correct the date, or the words.
-- message: The date is {value}, and the words say {said}.
-- example: {"table": "events", "row": "RESP-117", "set": {"date": "2013-12-12"}}
-- fixed: {"date": "2013-12-11"}
-- says: ["events", "RESP-117", "date"]
WITH dated AS (
    SELECT 'data/events.csv' AS file, line, 'date' AS field, date AS value, fact_as_printed AS words FROM events
    UNION ALL SELECT 'data/series_breaks.csv', line, 'at', "at", fact_as_printed FROM series_breaks
)
SELECT file, line, field, value, regexp_extract(words, '^[0-9]{1,2} [A-Z][a-z]+ [12][0-9]{3}\b') AS said
FROM dated
WHERE left(strftime(try_strptime(said, '%d %B %Y'), '%Y-%m-%d'), length(value)) <> value
-- passes: [{"table": "events", "row": "RESP-117", "set": {"date": "2013-12"}}]
