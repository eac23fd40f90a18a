-- title: The reported words include the year of a period that is said to be reported
-- level: warning
-- why: A wrong year moves a count to another year.
-- fix: Correct [period] or the words, or write [our_reading] where you worked the period out.
-- message: The period {value} is said to be as printed, and the years are others in “{period_as_printed}”.
-- except: yes
-- example: {"table": "reported_values", "row": "RESP-082-a", "set": {"period": "2024-01/2024-06"}}
-- fixed: {"period": "2025-01/2025-06"}
-- says: ["reported_values", "RESP-082-a", "period"]
WITH years AS (
    SELECT period_as_printed, try_cast(regexp_extract_all(period_as_printed, '\b(?:19|20)[0-9]{2}\b') AS BIGINT[]) AS years,
        '20' || regexp_extract(period_as_printed, '\b20[0-9]{2}[-/–]([0-9]{2})\b', 1) AS short_end -- 2015-16
    FROM (SELECT DISTINCT period_as_printed FROM all_readings WHERE period_basis = 'as_printed')
), told AS (
    SELECT period_as_printed, from_year, to_year FROM years JOIN (
        SELECT DISTINCT period_as_printed, from_year, to_year FROM all_readings WHERE period_basis = 'as_printed'
    ) USING (period_as_printed)
    WHERE len(years) > 0 AND NOT list_has_any(years || [try_cast(short_end AS BIGINT)], [from_year, to_year])
        AND list_min(years) < to_year + 50 -- otherwise they belong to another calendar
)
SELECT 'data/reported_values.csv' AS file, line, 'period' AS field, period AS value, period_as_printed
FROM all_readings JOIN told USING (period_as_printed, from_year, to_year) WHERE period_basis = 'as_printed'
-- passes: [{"table": "reported_values", "row": "RESP-041-a", "set": {"period_basis": "as_printed", "period_as_printed": "ឆ្នាំ ២០១៦"}}, {"table": "reported_values", "row": "RESP-082-a", "set": {"period_as_printed": "January to June 2025"}}, {"table": "reported_values", "row": "KH010", "set": {"period_as_printed": "BE 2558"}}]
