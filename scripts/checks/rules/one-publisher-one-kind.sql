-- title: Documents of one publisher have one kind, one language and one body
-- level: error
-- why: One newspaper cannot be a newspaper here and a government there.
-- mend: Correct kind, language, independence or organisation_id, or the name of the publisher.
-- message: The {field} is {shown}; {times} other documents of “{publisher}” have {usual}.
-- except: yes
-- example: {"table": "sources", "row": "phnom-penh-post-2005", "set": {"kind": "blog"}}
-- mended: {"kind": "newspaper"}
-- says: ["sources", "phnom-penh-post-2005", "kind"]
WITH cells AS (
    SELECT line, publisher, unnest([{'field': 'kind', 'value': kind}, {'field': 'language', 'value': language}, {'field': 'independence', 'value': independence}, {'field': 'organisation_id', 'value': organisation_id}, {'field': 'decimal_mark', 'value': decimal_mark}]) AS cell FROM sources
), counted AS (SELECT publisher, cell.field AS field, cell.value AS value, count(*) AS times FROM cells GROUP BY ALL),
most AS (SELECT publisher, field, arg_max(coalesce(value, 'none'), times) AS usual, max(times) AS times, sum(times) AS total FROM counted GROUP BY ALL)
SELECT 'data/sources.csv' AS file, line, cell.field AS field, cell.value AS value, coalesce(cell.value, 'blank') AS shown, m.publisher, usual, m.times
FROM cells JOIN most m ON m.publisher = cells.publisher AND m.field = cell.field
WHERE m.times >= 3 AND m.times = m.total - 1 AND coalesce(cell.value, 'none') <> usual
-- passes: [{"table": "sources", "row": "xinhua-2016", "set": {"kind": "newspaper"}}]
