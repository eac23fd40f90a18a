-- title: A source is based on one that existed before it
-- level: error
-- why: A copy cannot be older than what it copies.
-- fix: Correct one of the two dates, or [based_on].
-- message: {source_id} is of {published} and rests on {value}, which is of {other}.
-- except: yes
-- example: {"table": "sources", "row": "prnewswire-2015", "set": {"based_on": "xinhua-2016"}}
-- fixed: {"based_on": "tip-report-2015"}
-- says: ["sources", "prnewswire-2015", "based_on"]
SELECT 'data/sources.csv' AS file, s.line, 'based_on' AS field, s.based_on AS value, s.source_id,
    s.date_published AS published, b.date_published AS other
FROM sources s JOIN sources b ON b.source_id = s.based_on
WHERE substr(b.date_published, 1, length(s.date_published)) > substr(s.date_published, 1, length(b.date_published))
-- passes: [{"table": "sources", "row": "prnewswire-2015", "set": {"based_on": "khmer-times-2015"}}]
