-- title: The date of a source is the day in its address
-- level: warning
-- why: A page whose address ends in 2015/06/24 was not published in 2013.
-- fix: Compare the page with the date; write only as much of the date as is known. An address to which a document was moved later stays.
-- message: The date is {value}, and the address says {said}.
-- except: yes
-- example: {"table": "sources", "row": "xinhua-2016", "set": {"date_published": "2015-03-24"}}
-- fixed: {"date_published": "2016-03-24"}
-- says: ["sources", "xinhua-2016", "date_published"]
WITH told AS ( -- an uploaded file may be older than its folder
    SELECT line, date_published AS value, regexp_extract(url, '/((?:19|20)[0-9]{2}[/-](?:0[1-9]|1[0-2])[/-][0-3][0-9])(?:[/_.-]|$)', 1) AS path
    FROM sources WHERE NOT regexp_matches(url, '/(?:uploads?|files)/')
)
SELECT 'data/sources.csv' AS file, line, 'date_published' AS field, value, replace(path, '/', '-') AS said
FROM told
WHERE path <> '' AND left(said, length(value)) <> left(value, length(said))
-- breaks: [{"table": "sources", "row": "xinhua-2016", "set": {"date_published": "2016-08"}}]
-- says: ["sources", "xinhua-2016", "date_published"]
-- passes: [{"table": "sources", "row": "xinhua-2016", "set": {"date_published": "2016"}}, {"table": "sources", "row": "mowa-unicef-cdc-2014", "set": {"title": "Violence against children, 2012"}}]
