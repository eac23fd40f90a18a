-- title: How a publisher stands to the counts fits its kind and its body
-- level: error
-- why: A newspaper is not the government, and the body that ran a study is not independent of it.
-- mend: Correct independence, kind or organisation_id.
-- message: Independence is {value}, but {state}.
-- except: yes
-- example: {"table": "sources", "row": "xinhua-2016", "set": {"independence": "government"}}
-- mended: {"independence": "independent"}
-- says: ["sources", "xinhua-2016", "independence"]
SELECT 'data/sources.csv' AS file, s.line, 'independence' AS field, s.independence AS value, CASE
        WHEN s.kind IN ('newspaper', 'magazine', 'news_agency', 'academic_article') AND o.kind IS NULL THEN 'the kind is ' || s.kind
        ELSE s.organisation_id || ' is of the kind ' || o.kind END AS state
FROM sources s LEFT JOIN organisations o USING (organisation_id)
WHERE CASE
    WHEN s.kind IN ('newspaper', 'magazine', 'news_agency') AND o.kind IS NULL THEN s.independence NOT IN ('independent', 'unknown')
    WHEN s.kind IN ('academic_article') AND o.kind IS NULL THEN s.independence NOT IN ('independent', 'unknown')
    ELSE false END
    OR (o.kind = 'implementer') <> (s.independence = 'implementer') AND o.kind IS NOT NULL
    OR (o.kind = 'government' AND s.independence <> 'government') OR (o.kind = 'foreign_government' AND s.independence <> 'foreign_government')
    OR (s.independence = 'government' AND coalesce(o.kind, 'government') <> 'government') OR (s.independence = 'foreign_government' AND coalesce(o.kind, 'foreign_government') <> 'foreign_government')
-- breaks: [{"table": "sources", "row": "ijm-india", "set": {"independence": "independent"}}]
-- says: ["sources", "ijm-india", "independence"]
-- passes: [{"table": "sources", "row": "xinhua-2016", "set": {"independence": "unknown"}}]
