-- title: The date of a source is that of its own address and title
-- level: error
-- why: An address that ends in 2015/06 was not published in 2013.
-- mend: Compare the page with the date; write only as much of the date as is known.
-- message: The date is {value}, and the {what} says {said}.
-- except: yes
-- example: {"table": "sources", "row": "xinhua-2016", "set": {"date_published": "2015-03-24"}}
-- mended: {"date_published": "2016-03-24"}
-- says: ["sources", "xinhua-2016", "date_published"]
WITH dates AS (
    SELECT line, kind, date_published AS value, left(date_published, 4) AS year, url, title, concat_ws(' ', title, publisher) AS words,
        regexp_extract(url, '[/-](19[89][0-9]|20[0-2][0-9])(?:[/_-]?(0[1-9]|1[0-2])(?:[/_-]?[0-3][0-9])?(?:[/_.a-z?-]|$)|/[0-9]?[0-9]?/|/|-trafficking)', ['y', 'm']) AS told
    FROM sources WHERE date_published IS NOT NULL
), judged AS (
    SELECT line, value, 'address' AS what, concat_ws('-', told.y, nullif(told.m, '')) AS said FROM dates
    WHERE told.y <> '' AND (told.y <> year OR (told.m <> '' AND length(value) >= 7 AND told.m <> value[6:7]))
    UNION ALL
    SELECT line, value, 'address', concat_ws('-', day.y, day.m, day.d) FROM (SELECT *, regexp_extract(url, '/(20[0-2][0-9]|19[0-9]{2})/(0[1-9]|1[0-2])/([0-3][0-9])(?:[/_.-]|$)', ['y', 'm', 'd']) AS day FROM dates)
    WHERE day.y <> '' AND length(value) = 10 AND starts_with(value, day.y || '-' || day.m) AND NOT ends_with(value, day.d)
    UNION ALL
    SELECT line, value, 'address', regexp_extract(url, '(?i)/(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*([0-2][0-9])/', 1) AS said FROM dates WHERE said <> '' AND said <> value[3:4]
    UNION ALL
    SELECT line, value, 'title', array_to_string(regexp_extract_all(title, '\b(?:19|20)[0-9]{2}\b'), ' and ') AS said FROM dates
    WHERE said <> '' AND NOT list_contains(list_transform(regexp_extract_all(title, '\b(?:19|20)[0-9]{2}\b'), lambda one: try_cast(one AS INTEGER)), try_cast(year AS INTEGER))
        AND (try_cast(year AS INTEGER) < list_max(list_transform(regexp_extract_all(title, '\b(?:19|20)[0-9]{2}\b'), lambda one: try_cast(one AS INTEGER)))
            OR try_cast(year AS INTEGER) > list_max(list_transform(regexp_extract_all(title, '\b(?:19|20)[0-9]{2}\b'), lambda one: try_cast(one AS INTEGER))) + 1)
    UNION ALL
    SELECT line, value, 'title', regexp_extract(title, '\b(20[0-9]{2}) Trafficking in Persons|Trafficking in Persons Report:? (20[0-9]{2})|TIP [Rr]eport (20[0-9]{2})') AS said FROM dates
    WHERE said <> '' AND NOT contains(said, year)
)
SELECT 'data/sources.csv' AS file, line, 'date_published' AS field, value, what, said
FROM judged
-- breaks: [{"table": "sources", "row": "xinhua-2016", "set": {"date_published": "2016-08"}}]
-- says: ["sources", "xinhua-2016", "date_published"]
-- breaks: [{"table": "sources", "row": "mowa-unicef-cdc-2014", "set": {"date_published": "2012"}}]
-- says: ["sources", "mowa-unicef-cdc-2014", "date_published"]
-- breaks: [{"table": "sources", "row": "tip-report-2015", "set": {"date_published": "2016-07"}}]
-- says: ["sources", "tip-report-2015", "date_published"]
-- breaks: [{"table": "sources", "row": "new-day-asia-2016", "set": {"date_published": "2016-12-21"}}]
-- says: ["sources", "new-day-asia-2016", "date_published"]
-- breaks: [{"table": "sources", "row": "splco-me-2017", "set": {"date_published": "2016-09-19"}}]
-- says: ["sources", "splco-me-2017", "date_published"]
-- passes: [{"table": "sources", "row": "xinhua-2016", "set": {"date_published": "2016"}}]
