-- title: Documents of one publisher have one kind, one language and one body
-- level: hint
-- why: One newspaper cannot be a newspaper here and a government there.
-- mend: Correct kind, language, independence or [organisation_id], or the name of the publisher.
-- message: {shown} stands here; {times} other documents of “{publisher}” have {usual}.
-- example: {"table": "sources", "row": "phnom-penh-post-2005", "set": {"kind": "blog"}}
-- mended: {"kind": "newspaper"}
-- says: ["sources", "phnom-penh-post-2005", "kind"]
WITH cells AS (
    FROM sources UNPIVOT INCLUDE NULLS (value FOR field IN (kind, language, independence, organisation_id, decimal_mark))
), told AS (
    SELECT *, coalesce(value, 'nobody') AS shown, mode(shown) OVER one AS usual, count(*) OVER one AS documents FROM cells
    WINDOW one AS (PARTITION BY publisher, field)
)
SELECT 'data/sources.csv' AS file, line, field, value, shown, usual, publisher, documents - 1 AS times
FROM told
WHERE documents > 3
QUALIFY shown <> usual AND count(*) OVER (PARTITION BY publisher, field, shown = usual) = 1
-- passes: [{"table": "sources", "row": "xinhua-2016", "set": {"kind": "newspaper"}}]
