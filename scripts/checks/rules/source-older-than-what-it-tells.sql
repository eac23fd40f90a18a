-- title: A source is not older than what it tells of
-- level: error
-- why: Nobody can report an event of next year, so the date or the source is another.
-- mend: Look at the source again; correct the date of the row, its source, or the date of the source.
-- message: {source_id} was published in {published}, and the {field} here is {value}.
-- example: {"table": "events", "row": "RESP-075", "set": {"source_id": "phnom-penh-post-2018-3"}}
-- mended: {"source_id": "khmer-times-2019"}
-- says: ["events", "RESP-075", "date"]
WITH told AS (
    SELECT 'data/events.csv' AS file, line, 'date' AS field, date AS value, source_id FROM events
    UNION ALL SELECT 'data/statements.csv', line, 'date', date, source_id FROM statements
    UNION ALL SELECT 'data/series_breaks.csv', line, 'at', "at", source_id FROM series_breaks
)
SELECT told.*, s.date_published AS published FROM told JOIN sources s USING (source_id)
WHERE left(s.date_published, 4) < left(told.value, 4)
-- passes: [{"table": "events", "row": "RESP-075", "set": {"source_id": "phnom-penh-post-2018-3", "date": "2018"}}]
