-- title: A title shares a quarter of the words at the end of its address
-- level: hint
-- why: A title next to the address of another page usually means that a row was copied in part.
-- fix: Open the address, and correct the title or the address.
-- message: The title of {source_id} shares few words with its address, which ends in {ending}.
-- example: {"table": "sources", "row": "phnom-penh-post-2015", "set": {"title": "Police raid three venues"}}
-- fixed: {"title": "Child sex trade on decline: org"}
-- says: ["sources", "phnom-penh-post-2015", "title"]
WITH endings AS (
    SELECT *, regexp_extract(url, '([^/]+)/?$', 1) AS ending, lower(regexp_extract(url, '//([^/]+)', 1)) AS host FROM sources
), marked AS ( -- a word that is also in the name of the site says nothing about the title
    SELECT *, list_filter(regexp_extract_all(lower(regexp_extract(ending, '^[^.]+')), '[a-z]{4,}'), lambda one: NOT contains(host, one)) AS marks FROM endings
)
SELECT 'data/sources.csv' AS file, line, 'title' AS field, title AS value, source_id, ending
FROM marked WHERE len(marks) > 2 AND contains(ending, '-') AND regexp_matches(title, '[A-Za-z]{3}')
    AND 4 * len(list_filter(marks, lambda one: contains(lower(title), left(one, 5)))) < len(marks)
-- passes: [{"table": "sources", "row": "phnom-penh-post-2015", "set": {"title": "Trade in children declines"}}]
