-- title: A document is read after it was published
-- level: error
-- why: Nobody reads what is not there.
-- mend: Correct date_seen or date_published.
-- message: The document was seen on {value} and published on {published}.
-- except: yes
-- example: {"table": "sources", "row": "xinhua-2016", "set": {"date_seen": "2015-05-01", "date_seen_reason": ""}}
-- mended: {"date_seen": "", "date_seen_reason": "not_recorded"}
-- says: ["sources", "xinhua-2016", "date_seen"]
SELECT 'data/sources.csv' AS file, line, 'date_seen' AS field, date_seen AS value, date_published AS published
FROM sources
WHERE substr(date_seen, 1, length(date_published)) < substr(date_published, 1, length(date_seen))
-- passes: [{"table": "sources", "row": "xinhua-2016", "set": {"date_seen": "2016-03-24", "date_seen_reason": ""}}]
