-- title: A date is a real day, not in the future and not before 1900
-- level: error
-- why: A month 13, a future date or a year 1015 is a slip; nothing recorded here is that old.
-- fix: Correct the date; write only as much of it as is known.
-- message: {value} is not in the calendar, or not between 1900 and today.
-- example: {"table": "sources", "row": "phnom-penh-post-2015", "set": {"date_published": "2015-02-30"}}
-- fixed: {"date_published": "2015-06-10"}
-- says: ["sources", "phnom-penh-post-2015", "date_published"]
WITH dates AS ( -- a period has two of them
    SELECT value AS whole, unnest(string_split(value, '/')) AS part FROM (SELECT DISTINCT value FROM partial_dates)
), days AS (
    SELECT *, TRY_CAST(part || substr('0000-01-01', length(part) + 1) AS DATE) AS day
    FROM dates WHERE part <> ''
)
SELECT whole, part, day IS NOT NULL AND part >= '1900' AS is_to_come FROM days
WHERE day IS NULL OR day > getvariable('today') OR part < '1900'
;
SELECT file, line, field, part AS value,
    if(is_to_come AND field = 'period', 'warning', 'error') AS level_of_row -- a model may be about a year to come
FROM partial_dates JOIN asked ON whole = value
-- breaks: [{"table": "sources", "row": "acton-2015", "set": {"date_published": "1015-06"}}, {"table": "reported_values", "row": "KH010", "set": {"period": "2015-03/2999"}}]
-- says: ["reported_values", "KH010", "period"]
-- says: ["sources", "acton-2015", "date_published"]
-- passes: [{"table": "events", "row": "RESP-044", "set": {"date": "1900"}}, {"table": "sources", "row": "acton-2015", "set": {"date_published": "2012-02-29"}}, {"table": "reported_values", "row": "KH010", "set": {"period": "2015/2016-01"}}]
