-- title: Two sources have two addresses
-- level: error
-- why: One page entered twice counts twice, as if two sources agreed.
-- mend: Enter the page once, and let its readings name that row.
-- message: {value} is the address of {other} too, but for scheme, case, slash or fragment.
-- example: {"table": "sources", "row": "xp-missions", "set": {"url": "http://naaa.it/modules.php?name=Paesi&siteid=9#top"}}
-- mended: {"url": "http://old.xpmissions.com/what-is-human-trafficking/"}
-- says: ["sources", "xp-missions", "url"]
WITH plain AS (
    SELECT line, source_id, url, regexp_replace(regexp_replace(regexp_replace(lower(url), '^https?://(?:www[.])?', ''), '#.*$', ''), '/+$', '') AS address FROM sources WHERE url IS NOT NULL
), first AS (SELECT address, arg_min(source_id, line) AS other, min(line) AS first_line, count(*) AS times FROM plain GROUP BY address)
SELECT 'data/sources.csv' AS file, line, 'url' AS field, url AS value, other
FROM plain JOIN first USING (address)
WHERE times > 1 AND line > first_line
-- passes: [{"table": "sources", "row": "xp-missions", "set": {"url": "http://www.naaa.it/modules.php?name=Paesi&siteid=8"}}]
