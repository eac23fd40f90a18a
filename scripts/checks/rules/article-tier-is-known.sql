-- title: A tier that bears on the article is a tier of the table
-- level: error
-- why: The page of the article says the tier of that country and year, so the table of tiers must have it.
-- mend: Fill country and year together, with a row of data/tip_tiers.csv.
-- message: {place} {year}: no tier of that country and year is in data/tip_tiers.csv.
-- example: {"table": "article_evidence", "row": "KT34-06", "set": {"report_year": "2055"}}
-- mended: {"report_year": "2015"}
-- says: ["article_evidence", "KT34-06", "report_year"]
SELECT 'data/article_evidence.csv' AS file, a.line, 'report_year' AS field, a.report_year::VARCHAR AS value,
    coalesce(a.place_id, 'no country') AS place, coalesce(a.report_year::VARCHAR, 'no year') AS year
FROM article_evidence a
WHERE (a.place_id IS NOT NULL OR a.report_year IS NOT NULL) AND NOT EXISTS (
    FROM tip_tiers t WHERE t.place_id = a.place_id AND t.report_year = a.report_year AND t.tier IS NOT NULL
)
-- breaks: [{"table": "article_evidence", "row": "KT34-06", "set": {"place_id": ""}}]
-- says: ["article_evidence", "KT34-06", "report_year"]
-- passes: [{"table": "article_evidence", "row": "KT34-06", "set": {"report_year": "2014"}}]
