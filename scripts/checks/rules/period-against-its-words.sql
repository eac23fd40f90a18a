-- title: A period has the years and months of its printed words
-- level: error
-- why: A year too early or too late moves a count to another year.
-- mend: Correct the period, or period_as_printed. Last year is the year before publication; the first half of 2025 is 2025-01/2025-06.
-- message: The period is {value}, the printed words are “{period_as_printed}”{hint}.
-- except: yes
-- example: {"table": "reported_values", "row": "RESP-082-a", "set": {"period": "2024-01/2024-06"}}
-- mended: {"period": "2025-01/2025-06"}
-- says: ["reported_values", "RESP-082-a", "period"]
WITH words AS (
    SELECT line, period, period_as_printed, period_basis, lower(period_as_printed) AS text, from_year, to_year, try_cast(left(published, 4) AS INTEGER) AS published_in,
        list_transform(regexp_extract_all(period_as_printed, '\b(?:19|20)[0-9]{2}\b'), lambda one: try_cast(one AS INTEGER)) AS years,
        try_cast('20' || nullif(regexp_extract(period_as_printed, '\b20[0-9]{2}-([0-9]{2})\b', 1), '') AS INTEGER) AS short_end, kind
    FROM all_readings WHERE period IS NOT NULL AND period_as_printed IS NOT NULL
), judged AS (
    SELECT *, CASE
        WHEN len(years) > 0 AND period_basis = 'as_printed' AND NOT regexp_matches(text, 'last year|same|compared|against') AND
            (list_min(years) < from_year OR list_max(years) > to_year OR NOT (list_contains(years, from_year) OR list_contains(years, to_year))
            OR (len(years) = 1 AND kind <> 'change' AND NOT regexp_matches(text, 'until|since|from|to |before|after|about|start of') AND coalesce(short_end, to_year) <> to_year)
            OR (len(years) > 1 AND (list_min(years) <> from_year OR list_max(years) <> to_year))) THEN ''
        WHEN len(years) = 1 AND period_basis = 'as_printed' AND regexp_matches(text, 'against|compared') AND years[1] NOT IN (from_year, to_year) THEN ''
        WHEN regexp_matches(text, '^(?:19|20)[0-9]{2} (?:against|compared)') AND NOT list_has_all(years, [from_year, to_year]) THEN ''
        WHEN regexp_matches(period, '^[0-9]{4}-[0-9]{2}') AND regexp_matches(text, '^(?:[0-9]{1,2} )?(?:january|february|march|april|may|june|july|august|september|october|november|december)\b')
            AND try_cast(period[6:7] AS INTEGER) <> list_position(['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'], regexp_extract(text, '^(?:[0-9]{1,2} )?([a-z]{3})', 1)) THEN ', whose first month is another'
        WHEN regexp_matches(text, 'first half|six months|january to june') AND NOT regexp_matches(period, '-01/[0-9]{4}-06$') THEN ': six months'
        WHEN regexp_matches(text, 'ten months|january to october') AND NOT regexp_matches(period, '-01/[0-9]{4}-10$') THEN ': ten months'
        WHEN regexp_matches(text, 'january to november|11 months') AND NOT regexp_matches(period, '-01/[0-9]{4}-11$') THEN ': eleven months'
        WHEN regexp_matches(text, 'nine months') AND NOT regexp_matches(period, '-01/[0-9]{4}-09$') THEN ': nine months'
        WHEN regexp_matches(text, '^(?:last year|tahun lalu|the same period last year)$') AND published_in IS NOT NULL AND from_year <> published_in - 1 THEN ', published in ' || published_in
        WHEN regexp_matches(text, 'this year$') AND NOT regexp_matches(text, 'last year') AND published_in IS NOT NULL AND to_year <> published_in THEN ', published in ' || published_in
        WHEN regexp_matches(text, '^tahun sebelumnya$') AND from_year <> published_in - 2 THEN ', published in ' || published_in
        END AS hint
    FROM words
)
SELECT 'data/reported_values.csv' AS file, line, 'period' AS field, period AS value, period_as_printed, hint
FROM judged
WHERE hint IS NOT NULL
-- breaks: [{"table": "reported_values", "row": "RESP-081-a", "set": {"period": "2025"}}]
-- says: ["reported_values", "RESP-081-a", "period"]
-- breaks: [{"table": "reported_values", "row": "E2-001", "set": {"period": "2025"}}]
-- says: ["reported_values", "E2-001", "period"]
-- breaks: [{"table": "reported_values", "row": "CTDC-01", "set": {"period": "2001/2022"}}]
-- says: ["reported_values", "CTDC-01", "period"]
-- breaks: [{"table": "reported_values", "row": "ICF-UGA-Kampala-01", "set": {"period": "2021-07/2021-09"}}]
-- says: ["reported_values", "ICF-UGA-Kampala-01", "period"]
-- breaks: [{"table": "reported_values", "row": "UNODC-2024-05", "set": {"period_as_printed": "2022 against 2019"}}]
-- says: ["reported_values", "UNODC-2024-05", "period"]
-- passes: [{"table": "reported_values", "row": "RESP-082-a", "set": {"period_as_printed": "January to June 2025"}}]
