-- title: Corrections stand in the order of their versions and days, and in a version that changes cells
-- level: error
-- why: Readers follow what changed by the number and the day; an entry out of order tells another story.
-- mend: Write the version in which the change is made, such as 1.1.0, the day on which it is made, and why; number the entries as they are made.
-- message: {fault}
-- example: {"table": "corrections", "row": "C999", "add": {"correction_id": "C999", "version": "1.0.1", "date": "2026-11-25", "kind": "correction", "table_name": "places", "row_key": "phnom-penh", "field": "name", "was": "Phnom Pen", "became": "Phnom Penh", "reason": "A slip."}}
-- mended: {"version": "1.1.0"}
-- says: ["corrections", "C999", "version"]
WITH numbered AS (
    SELECT *, list_transform(string_split(version, '.'), lambda part: TRY_CAST(part AS BIGINT)) AS numbers FROM corrections
), contract AS (
    SELECT list_transform(regexp_extract_all(getvariable('contract_version'), '^[0-9]+|[.][0-9]+'),
        lambda part: TRY_CAST(ltrim(part, '.') AS BIGINT)) AS now
), told AS (
    SELECT *, lag(numbers) OVER entered AS numbers_before, lag(date) OVER entered AS date_before,
        lag(correction_id) OVER entered AS earlier
    FROM numbered WINDOW entered AS (ORDER BY length(correction_id), correction_id)
), judged AS (
    SELECT *, CASE
        WHEN numbers < [1, 0, 0] THEN 'version'
        WHEN numbers[3] <> 0 THEN 'version'
        WHEN numbers > [now[1], now[2] + 1, 0] THEN 'version'
        WHEN numbers < numbers_before THEN 'version'
        WHEN date < date_before THEN 'date'
        WHEN reason = 'WHY' THEN 'reason'
        END AS wrong
    FROM told, contract
)
SELECT 'data/corrections.csv' AS file, line, wrong AS field,
    CASE wrong WHEN 'version' THEN version WHEN 'date' THEN date ELSE reason END AS value,
    CASE
        WHEN wrong = 'reason' THEN 'The reason is not written yet.'
        WHEN wrong = 'date' THEN earlier || ' was made on ' || date_before || ', which is later.'
        WHEN numbers < [1, 0, 0] THEN 'Nothing was published before 1.0.0, so nothing is corrected in ' || version || '.'
        WHEN numbers[3] <> 0 THEN 'A version whose third number alone rises changes no cell.'
        WHEN numbers > [now[1], now[2] + 1, 0] THEN version || ' does not follow the version of datapackage.json.'
        ELSE earlier || ' belongs to a later version.' END AS fault
FROM judged WHERE wrong IS NOT NULL
-- breaks: [{"table": "corrections", "row": "C101", "add": {"correction_id": "C101", "version": "0.9.0", "date": "2026-11-25", "kind": "correction", "table_name": "places", "row_key": "phnom-penh", "field": "name", "was": "P. P.", "became": "Phnom Penh", "reason": "A slip."}}]
-- says: ["corrections", "C101", "version"]
-- breaks: [{"table": "corrections", "row": "C101", "add": {"correction_id": "C101", "version": "1.1.0", "date": "2026-11-25", "kind": "correction", "table_name": "places", "row_key": "phnom-penh", "field": "name", "was": "P. P.", "became": "Phnom Pen", "reason": "A slip."}}, {"table": "corrections", "row": "C102", "add": {"correction_id": "C102", "version": "1.1.0", "date": "2026-11-24", "kind": "correction", "table_name": "places", "row_key": "phnom-penh", "field": "name", "was": "Phnom Pen", "became": "Phnom Penh", "reason": "A slip."}}]
-- says: ["corrections", "C102", "date"]
-- breaks: [{"table": "corrections", "row": "C101", "add": {"correction_id": "C101", "version": "1.1.0", "date": "2026-11-25", "kind": "correction", "table_name": "places", "row_key": "phnom-penh", "field": "name", "was": "P. P.", "became": "Phnom Penh", "reason": "WHY"}}]
-- says: ["corrections", "C101", "reason"]
-- breaks: [{"table": "corrections", "row": "C101", "add": {"correction_id": "C101", "version": "99.0.0", "date": "2026-11-25", "kind": "correction", "table_name": "places", "row_key": "phnom-penh", "field": "name", "was": "P. P.", "became": "Phnom Penh", "reason": "A slip."}}]
-- says: ["corrections", "C101", "version"]
-- passes: [{"table": "corrections", "row": "C101", "add": {"correction_id": "C101", "version": "1.1.0", "date": "2026-11-25", "kind": "correction", "table_name": "places", "row_key": "phnom-penh", "field": "name", "was": "P. P.", "became": "Phnom Pen", "reason": "A slip."}}, {"table": "corrections", "row": "C102", "add": {"correction_id": "C102", "version": "1.1.0", "date": "2026-11-25", "kind": "correction", "table_name": "places", "row_key": "phnom-penh", "field": "name", "was": "Phnom Pen", "became": "Phnom Penh", "reason": "A slip."}}]
