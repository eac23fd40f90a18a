-- title: The number of sources taken from a search agrees with the sources that name it and the new pages that it showed
-- level: error
-- why: The log says how the sources were found. It has to agree with the table of sources.
-- fix: Correct the count, or [search_id] of the source that the search was the first to show.
-- message: The search showed {found} pages, {new} of them new; {taken} are said to be taken, and {named} sources name it.
-- example: {"table": "searches", "row": "s35", "set": {"taken": "2"}}
-- fixed: {"taken": "1"}
-- says: ["searches", "s35", "taken"]
SELECT 'data/method/searches.csv' AS file, s.line, 'taken' AS field, s.taken AS value, s.found, s.new, s.taken, count(o.search_id) AS named
FROM searches s LEFT JOIN sources o USING (search_id)
GROUP BY ALL
HAVING s.taken <> count(o.search_id) OR s.taken > s.new OR s.new > s.found
-- breaks: [{"table": "searches", "row": "s35", "set": {"new": "7"}}]
-- says: ["searches", "s35", "taken"]
-- passes: [{"table": "searches", "row": "s35", "set": {"found": "12", "new": "12"}}]
