-- title: No two sources have the same address
-- level: warning
-- why: A page entered twice counts twice, as if two sources agreed.
-- fix: Enter the page once, and let its readings name that row.
-- message: {value} is the address of {other} too, but for scheme, case, slash or fragment.
-- example: {"table": "sources", "row": "xp-missions", "set": {"url": "http://naaa.it/modules.php?name=Paesi&siteid=9#top"}}
-- fixed: {"url": "http://old.xpmissions.com/what-is-human-trafficking/"}
-- says: ["sources", "xp-missions", "url"]
WITH plain AS (
    SELECT line, source_id, url, rtrim(regexp_replace(lower(url), '^https?://(?:www[.])?|#.*$', '', 'g'), '/') AS address
    FROM sources WHERE url IS NOT NULL
), alike AS (
    SELECT *, first_value(source_id) OVER (PARTITION BY address ORDER BY line) AS other FROM plain
)
SELECT 'data/sources.csv' AS file, line, 'url' AS field, url AS value, other
FROM alike
WHERE source_id <> other
-- passes: [{"table": "sources", "row": "xp-missions", "set": {"url": "http://www.naaa.it/modules.php?name=Paesi&siteid=8"}}]
