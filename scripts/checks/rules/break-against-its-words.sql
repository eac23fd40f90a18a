-- title: A break in a series has the year and the kind that its own words give
-- level: error
-- why: A break in the wrong year parts the wrong two points.
-- mend: Correct at, kind or the source, or the words.
-- message: The {field} is {shown}, but {state}.
-- except: yes
-- example: {"table": "series_breaks", "row": ["ahtjpd-cases-year", "B030"], "set": {"at": "2011"}}
-- mended: {"at": "2008"}
-- says: ["series_breaks", "ahtjpd-cases-year B030", "at"]
-- says: ["series_breaks", "ahtjpd-cases-year B030", "at"]
WITH words AS (
    SELECT b.*, concat_ws('; ', text, fact_as_printed) AS all_words, lower(text) AS head, left(b."at", 4) AS year, try_cast(left(s.date_published, 4) AS INTEGER) AS published,
        list_transform(regexp_extract_all(text, '\b(?:19|20)[0-9]{2}\b'), lambda one: try_cast(one AS INTEGER)) AS years
    FROM series_breaks b LEFT JOIN sources s USING (source_id)
), spans AS (
    SELECT series AS series_id, min(from_year) AS first_year, max(to_year) AS last_year FROM all_readings WHERE series IS NOT NULL AND printing_of IS NULL GROUP BY series
), credited AS ( -- the bodies that the words may mean, and those that the readings of that series, source and year are credited to
    SELECT b.line, b.text, b.year, b.source_id, list(DISTINCT o.organisation_id) AS meant FROM (SELECT *, regexp_extract(text, 'credited to (?:the )?([A-Z][^.,;]*)', 1) AS called FROM words) b
    JOIN organisations o ON b.called <> '' AND (starts_with(o.name, b.called) OR upper(o.organisation_id) = b.called) GROUP BY ALL
), judged AS (
    SELECT b.line, 'text' AS field, b.text AS value, 'the readings of ' || b.year || ' are credited to ' || string_agg(DISTINCT v.credited_to, ' and ' ORDER BY v.credited_to) AS state FROM credited b JOIN words w USING (line)
    JOIN all_readings v ON v.series = w.series_id AND v.from_year <= try_cast(b.year AS INTEGER) AND v.to_year >= try_cast(b.year AS INTEGER) AND v.source_id = coalesce(b.source_id, v.source_id) AND v.credited_to IS NOT NULL
    GROUP BY b.line, b.text, b.year, b.meant HAVING NOT bool_or(list_contains(b.meant, v.credited_to))
    UNION ALL SELECT line, 'at' AS field, "at" AS value, 'its own words say ' || array_to_string(years, ', ') AS state FROM words
    WHERE "at" IS NOT NULL AND len(years) > 0 AND (list_max(years) < try_cast(year AS INTEGER) - 1 OR list_min(years) > try_cast(year AS INTEGER) + 1
        OR (NOT list_contains(years, try_cast(year AS INTEGER)) AND kind IN ('law', 'online_scam', 'venue_closure', 'organisation', 'period')))
    UNION ALL SELECT line, 'at', "at", 'its words begin with ' || years[1] FROM words WHERE year <> years[1]::VARCHAR AND regexp_matches(text, '^(?:In|For|The (?:text|counts?|numbers?|figures?) (?:on|of|for)) (?:19|20)[0-9]{2}\b') AND NOT contains(text, year)
    UNION ALL SELECT line, 'at', "at", 'its source is of ' || published FROM words WHERE try_cast(year AS INTEGER) > published
    UNION ALL SELECT line, 'at', "at", 'its series runs from ' || first_year || ' to ' || last_year FROM words JOIN spans USING (series_id) WHERE try_cast(year AS INTEGER) NOT BETWEEN first_year - 2 AND last_year + 2
    UNION ALL SELECT line, 'kind', kind, 'its words are “' || left(text, 60) || '…”' FROM words
    WHERE (regexp_matches(head, '^the law of|\blaw of 2008 replaced') AND kind <> 'law') OR (regexp_matches(head, 'online-scam compounds are reported') AND kind <> 'online_scam')
        OR (regexp_matches(head, 'entertainment services were suspended') AND kind <> 'venue_closure') OR (regexp_matches(head, 'restructured') AND kind <> 'organisation')
        OR (regexp_matches(head, '^the unit covered|provinces in 20|compiled from 17') AND kind <> 'coverage') OR (regexp_matches(head, 'printed again|printed a year later|lower total') AND kind <> 'restated')
        OR (regexp_matches(head, 'number of organisations') AND kind <> 'who_counted') OR (regexp_matches(head, '^one source counts from') AND kind <> 'period')
        OR (kind = 'law' AND NOT regexp_matches(head, 'law')) OR (kind = 'online_scam' AND NOT contains(head, 'scam')) OR (kind = 'venue_closure' AND NOT regexp_matches(head, 'suspended|closed|closure'))
)
SELECT 'data/series_breaks.csv' AS file, line, field, value, coalesce(value, 'blank') AS shown, state
FROM judged
-- breaks: [{"table": "series_breaks", "row": ["ahtjpd-cases-year", "B030"], "set": {"kind": "coverage"}}]
-- says: ["series_breaks", "ahtjpd-cases-year B030", "kind"]
-- breaks: [{"table": "series_breaks", "row": ["cpu-rapes-year", "B068"], "set": {"at": "2019"}}]
-- says: ["series_breaks", "cpu-rapes-year B068", "at"]
-- breaks: [{"table": "series_breaks", "row": ["cpu-serious-crimes-year", "B060"], "set": {"at": "2016"}}]
-- says: ["series_breaks", "cpu-serious-crimes-year B060", "at"]
-- passes: [{"table": "series_breaks", "row": ["ahtjpd-cases-year", "B030"], "set": {"at": "2008-02"}}]
-- breaks: [{"table": "series_breaks", "row": ["tip-prosecutions-year", "B042"], "set": {"text": "The figures of 2012 are credited to the Ministry of Interior."}}]
-- says: ["series_breaks", "tip-prosecutions-year B042", "text"]
-- passes: [{"table": "series_breaks", "row": ["tip-prosecutions-year", "B042"], "set": {"text": "The figures of 2012 are credited to another body than those of 2011."}}, {"table": "series_breaks", "row": ["tip-convictions-year", "B045"], "set": {"text": "For 2016 the count is credited to NCCT."}}]
