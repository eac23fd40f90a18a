-- title: What comes first has the earlier date: fieldwork before publication before reading, and the start of a period before its end
-- level: error
-- why: A source cannot report what had not happened yet, and nobody can read what has not been published.
-- fix: Correct the date that is wrong. A plan, or what is only claimed, is entered as claimed; a forecast, as modelled.
-- message: {field} {value} and {other_field} {other} are out of order.
-- except: yes
-- example: {"table": "sources", "row": "welt-sichten-2015", "set": {"date_published": "2015-02"}}
-- fixed: {"date_published": "2015"}
-- says: ["sources", "welt-sichten-2015", "date_published"]
WITH pairs AS ( -- what has to come first, and what comes after it
    SELECT file, line, field, value, 'start' AS other_field, split_part(value, '/', 1) AS other, other AS first, split_part(value, '/', 2) AS after
    FROM partial_dates WHERE contains(value, '/')
    UNION ALL SELECT 'data/sources.csv', line, 'date_seen', date_seen, 'date_published', date_published, date_published, date_seen FROM sources
    UNION ALL SELECT 'data/sources.csv', line, 'date_copy_read', date_copy_read, 'date_published', date_published, date_published, date_copy_read FROM sources
    UNION ALL SELECT DISTINCT 'data/sources.csv', s.line, 'date_published', s.date_published, 'fieldwork', fieldwork, split_part(fieldwork, '/', 1), s.date_published
    FROM (SELECT DISTINCT source_id, study_id FROM all_readings WHERE nature <> 'claimed')
    JOIN sources s USING (source_id) JOIN studies USING (study_id)
    UNION ALL SELECT 'data/reported_values.csv', line, 'period', period, 'date_published', published, split_part(period, '/', -1), published
    FROM all_readings WHERE nature NOT IN ('claimed', 'modelled') AND study_id IS NULL
    UNION ALL SELECT 'data/events.csv', e.line, 'date', date, 'date_published', date_published, date, date_published
    FROM events e JOIN sources USING (source_id)
    UNION ALL SELECT 'data/statements.csv', e.line, 'date', date, 'date_published', date_published, date, date_published
    FROM statements e JOIN sources USING (source_id)
    UNION ALL SELECT 'data/series_breaks.csv', e.line, 'at', "at", 'date_published', date_published, "at", date_published
    FROM series_breaks e JOIN sources USING (source_id)
)
SELECT file, line, field, value, other_field, other
FROM pairs
WHERE left(after, length(first)) < left(first, length(after))
-- breaks: [{"table": "reported_values", "row": "KH022", "set": {"period": "2015/2012"}}, {"table": "sources", "row": "xinhua-2016", "set": {"date_seen": "2015-05-01"}}]
-- says: ["reported_values", "KH022", "period"]
-- says: ["sources", "xinhua-2016", "date_seen"]
-- breaks: [{"table": "reported_values", "row": "RESP-019-a", "set": {"period": "2999"}}]
-- says: ["reported_values", "RESP-019-a", "period"]
-- breaks: [{"table": "events", "row": "RESP-075", "set": {"source_id": "phnom-penh-post-2018-3"}}]
-- says: ["events", "RESP-075", "date"]
-- passes: [{"table": "sources", "row": "welt-sichten-2015", "set": {"date_published": "2015-03"}}, {"table": "sources", "row": "phnom-penh-post-2015", "set": {"date_published": "2015"}}, {"table": "reported_values", "row": "KH023", "set": {"period": "2015/2015-01"}}, {"table": "reported_values", "row": "KH024", "set": {"period": "2015-03/2015"}}]
