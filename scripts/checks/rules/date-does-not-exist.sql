-- title: A date is a day of the calendar and not in the future
-- level: error
-- why: A month 13 or a date to come is a slip.
-- mend: Correct the date; write only as much of it as is known.
-- message: {value} is {state}.
-- example: {"table": "sources", "row": "phnom-penh-post-2015", "set": {"date_published": "2015-02-30"}}
-- mended: {"date_published": "2015-06-10"}
WITH dates AS (
    SELECT 'data/sources.csv' AS file, line, 'date_published' AS field, date_published AS value FROM sources
    UNION ALL SELECT 'data/sources.csv', line, 'date_seen', date_seen FROM sources
    UNION ALL SELECT 'data/studies.csv', line, 'fieldwork', unnest(string_split(fieldwork, '/')) FROM studies
    UNION ALL SELECT 'data/statements.csv', line, 'date', date FROM statements
    UNION ALL SELECT 'data/helplines.csv', line, 'date_checked', date_checked FROM helplines
    UNION ALL SELECT 'data/events.csv', line, 'date', date FROM events
    UNION ALL SELECT 'data/series_breaks.csv', line, 'at', "at" FROM series_breaks
    UNION ALL SELECT 'data/reported_values.csv', line, 'period', unnest(string_split(period, '/')) FROM reported_values
), days AS (
    SELECT *, TRY_CAST(value || substr('0000-01-01', length(value) + 1) AS DATE) AS day
    FROM dates WHERE value <> ''
)
SELECT file, line, field, value,
    CASE WHEN day IS NULL THEN 'not a day of the calendar' ELSE 'in the future' END AS state
FROM days
WHERE day IS NULL OR day > current_date
