-- title: A title shares words with its address
-- level: warning
-- why: A title copied from the row above sends a reader to another article; but an address may tell of its page in other words.
-- mend: Open the address and correct the title; where the page itself differs, record the row in data/exceptions.csv.
-- message: The title of {source_id} shares few words with its address, which ends in {ending}.
-- except: yes
-- example: {"table": "sources", "row": "phnom-penh-post-2022-2", "set": {"title": "Child safety project launched"}}
-- mended: {"title": "Authorities seek to address online child sex abuse"}
-- says: ["sources", "phnom-penh-post-2022-2", "title"]
WITH endings AS (
    SELECT *, regexp_extract(url, '([^/]+)/?$', 1) AS ending, lower(regexp_replace(regexp_extract(url, '//([^/]+)', 1), '[^A-Za-z]', '', 'g')) AS host FROM sources
), slugs AS ( -- a word that the name of the site has too says nothing of the title
    SELECT *, list_filter(list_transform(regexp_extract_all(lower(regexp_replace(ending, '[.](?:html?|php|pdf|aspx).*', '')), '[a-z]{4,}'), lambda one: left(one, 5)), lambda one: NOT contains(host, one)) AS marks,
        list_transform(regexp_extract_all(lower(title), '\p{L}{3,}'), lambda one: left(one, 5)) AS words
    FROM endings
)
SELECT 'data/sources.csv' AS file, line, 'title' AS field, title AS value, source_id, ending
FROM slugs WHERE regexp_matches(title, '[A-Za-z]{3}') AND len(marks) >= 3 AND regexp_matches(url, '[^/]*-[^/]*-[^/]*/?$') AND len(list_filter(marks, lambda one: list_contains(words, one))) < 0.3 * len(marks)
-- passes: [{"table": "sources", "row": "phnom-penh-post-2022-2", "set": {"title": "Authorities to address child abuse online"}}]
-- passes: [{"table": "sources", "row": "phnom-penh-post-2022-2", "set": {"title": "Child safety project launched", "url": "https://www.phnompenhpost.com/national/phnom-penh-post-2022"}}]
