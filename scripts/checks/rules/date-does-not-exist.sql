-- title: A date is a day of the calendar and not in the future
-- level: error
-- why: A month 13 or a date to come is a slip.
-- mend: Correct the date; write only as much of it as is known.
-- message: {value} is {state}.
-- example: {"table": "sources", "row": "phnom-penh-post-2015", "set": {"date_published": "2015-02-30"}}
-- mended: {"date_published": "2015-06-10"}
WITH dates AS ( -- a period is two of them
    SELECT file, line, field, unnest(string_split(value, '/')) AS value FROM partial_dates
), days AS (
    SELECT *, TRY_CAST(value || substr('0000-01-01', length(value) + 1) AS DATE) AS day
    FROM dates WHERE value <> ''
)
SELECT file, line, field, value,
    CASE WHEN day IS NULL THEN 'not a day of the calendar' ELSE 'in the future' END AS state
FROM days
WHERE day IS NULL OR day > current_date
