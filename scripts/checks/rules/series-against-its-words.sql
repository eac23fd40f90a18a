-- title: The name of a series says how long it counts, what, and who counts
-- level: error
-- why: A half-year under the name of a year, or another body, makes another line.
-- mend: Correct the name, period_kind, indicator_id or organisation_id.
-- message: {series_id} is “{name}”, but its {field} is {shown}.
-- except: yes
-- example: {"table": "series", "row": "ncct-cases-half-year", "set": {"period_kind": "calendar_year"}}
-- mended: {"period_kind": "half_year"}
-- says: ["series", "ncct-cases-half-year", "period_kind"]
WITH words AS (
    SELECT s.*, lower(s.name) AS text, lower(concat_ws(' ', s.name, s.counts)) AS in_words, o.name AS body, usual
    FROM series s JOIN organisations o USING (organisation_id)
    LEFT JOIN (SELECT series AS series_id, mode(credited_to) AS usual FROM reported_values GROUP BY series) USING (series_id)
), judged AS (
    SELECT *, CASE
        WHEN regexp_matches(text, 'half-year') AND period_kind <> 'half_year' THEN 'period_kind'
        WHEN regexp_matches(text, 'january to october') AND period_kind <> 'ten_months' THEN 'period_kind'
        WHEN regexp_matches(text, 'april to march') AND period_kind <> 'april_to_march' THEN 'period_kind'
        WHEN regexp_matches(text, 'since') AND period_kind <> 'cumulative' THEN 'period_kind'
        WHEN regexp_matches(text, 'by year') AND period_kind NOT IN ('calendar_year', 'other') THEN 'period_kind'
        WHEN NOT regexp_matches(text, 'since') AND period_kind = 'cumulative' THEN 'period_kind'
        WHEN regexp_matches(text, 'arrest|suspects held') AND indicator_id <> 'people-arrested' THEN 'indicator_id'
        WHEN regexp_matches(text, 'convictions') AND indicator_id <> 'convictions' THEN 'indicator_id'
        WHEN regexp_matches(text, 'prosecutions') AND indicator_id <> 'prosecutions' THEN 'indicator_id'
        WHEN regexp_matches(text, '\bcases\b') AND NOT regexp_matches(text, 'victims') AND indicator_id <> 'cases-recorded' THEN 'indicator_id'
        WHEN regexp_matches(text, 'victims') AND indicator_id <> 'victims-recorded' THEN 'indicator_id'
        WHEN usual IS NOT NULL AND usual <> organisation_id AND NOT contains(lower(body), regexp_extract(text, '[a-z]{4,}')) AND NOT regexp_matches(text, 'us reports|ngo database') AND NOT (regexp_matches(in_words, 'us report')) THEN 'organisation_id'
        WHEN regexp_matches(in_words, 'us reports?') AND organisation_id <> 'us-state-department' THEN 'organisation_id'
        WHEN regexp_matches(in_words, '\baple\b') AND organisation_id <> 'aple' THEN 'organisation_id'
        WHEN regexp_matches(in_words, 'ngo database|recorded by organisations') AND NOT regexp_matches(organisation_id, 'ecpat') THEN 'organisation_id'
        END AS field
    FROM words
)
SELECT 'data/series.csv' AS file, line, field, CASE field WHEN 'period_kind' THEN period_kind WHEN 'indicator_id' THEN indicator_id ELSE organisation_id END AS value, value AS shown, series_id, name
FROM judged
WHERE field IS NOT NULL
-- breaks: [{"table": "series", "row": "aple-victims-year", "set": {"organisation_id": "ijm"}}]
-- says: ["series", "aple-victims-year", "organisation_id"]
-- breaks: [{"table": "series", "row": "ncct-cases-year", "set": {"organisation_id": "unicef"}}]
-- says: ["series", "ncct-cases-year", "organisation_id"]
-- passes: [{"table": "series", "row": "ncct-cases-half-year", "set": {"name": "Committee: cases, first halves"}}]
