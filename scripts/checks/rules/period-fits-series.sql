-- title: A reading covers as long a period as the other counts in its series
-- level: error
-- why: Half a year in a series of whole years looks like a fall.
-- fix: Correct [period] or [series], or [period_kind] in data/series.csv.
-- message: [period] is {value}, and one count of {series} runs for {period_kind}.
-- except: yes
-- example: {"table": "reported_values", "row": "RESP-081-a", "set": {"period": "2025"}}
-- fixed: {"period": "2025-01/2025-06"}
-- says: ["reported_values", "RESP-081-a", "period"]
SELECT 'data/reported_values.csv' AS file, v.line, 'period' AS field, v.period AS value, v.series, s.period_kind
FROM reported_values v JOIN series s ON s.series_id = v.series
WHERE NOT CASE s.period_kind
    WHEN 'calendar_year' THEN length(v.period) = 4
    WHEN 'half_year' THEN regexp_matches(v.period, '-01/[0-9]{4}-06$|-07/[0-9]{4}-12$') AND left(v.period, 4) = v.period[9:12]
    WHEN 'ten_months' THEN regexp_matches(v.period, '-01/[0-9]{4}-10$') AND left(v.period, 4) = v.period[9:12]
    WHEN 'april_to_march' THEN regexp_matches(v.period, '-04/[0-9]{4}-03$')
    ELSE true END
-- breaks: [{"table": "reported_values", "row": "RESP-015", "set": {"period": "2017-01/2017-06"}}]
-- says: ["reported_values", "RESP-015", "period"]
-- passes: [{"table": "reported_values", "row": "RESP-036", "set": {"period": "2003-01/2013-11"}}]
