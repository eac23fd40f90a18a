-- title: Corrections are in the order of their versions and dates, and in a version that may change cells
-- level: error
-- why: Readers follow changes by number and date; an entry out of order gives a wrong account.
-- fix: Write the version in which the change is made, such as 1.1.0, the day on which it is made, and why; number the entries as they are made.
-- message: {earlier} is of a later version or day.
-- example: {"table": "corrections", "row": "C999", "add": {"correction_id": "C999", "version": "1.0.1", "date": "2026-11-25", "kind": "correction", "table_name": "places", "row_key": "phnom-penh", "field": "name", "was": "Phnom Pen", "became": "Phnom Penh", "reason": "A slip."}}
-- fixed: {"version": "1.1.0"}
-- says: ["corrections", "C999", "version"]
FROM corrections
;
WITH numbered AS (
    SELECT *, list_transform(string_split(version, '.'), lambda part: TRY_CAST(part AS BIGINT)) AS numbers,
        list_transform(regexp_extract_all(getvariable('contract_version'), '[0-9]+')[:3],
            lambda part: TRY_CAST(part AS BIGINT)) AS now
    FROM asked
), told AS (
    SELECT *, lag(numbers) OVER entered AS numbers_before, lag(date) OVER entered AS date_before,
        lag(correction_id) OVER entered AS earlier
    FROM numbered WINDOW entered AS (ORDER BY length(correction_id), correction_id)
), judged AS (
    SELECT *, CASE
        WHEN numbers < [1, 0, 0] THEN 'Nothing was published before 1.0.0, so nothing is corrected in {value}.'
        WHEN numbers[3] <> 0 THEN 'A version whose third number alone rises changes no cell.'
        WHEN numbers > [now[1], now[2] + 1, 0] THEN '{value} does not follow the version of datapackage.json.'
        WHEN reason = 'WHY' THEN 'The reason is not written yet.' END AS says, CASE
        WHEN says = 'The reason is not written yet.' THEN 'reason' WHEN says IS NOT NULL OR numbers < numbers_before THEN 'version'
        WHEN date < date_before THEN 'date' END AS wrong
    FROM told
)
SELECT 'data/corrections.csv' AS file, line, wrong AS field,
    CASE wrong WHEN 'reason' THEN reason WHEN 'date' THEN date ELSE version END AS value, earlier, says
FROM judged WHERE wrong <> ''
-- passes: [{"table": "corrections", "row": "C101", "add": {"correction_id": "C101", "version": "1.1.0", "date": "2026-11-25", "kind": "correction", "table_name": "places", "row_key": "phnom-penh", "field": "name", "was": "P. P.", "became": "Phnom Penh", "reason": "A slip."}}]
-- breaks: [{"table": "corrections", "row": "C101", "add": {"correction_id": "C101", "version": "1.1.0", "date": "2026-11-25", "kind": "correction", "table_name": "places", "row_key": "phnom-penh", "field": "name", "was": "P. P.", "became": "Phnom Pen", "reason": "WHY"}}, {"table": "corrections", "row": "C102", "add": {"correction_id": "C102", "version": "1.1.0", "date": "2026-11-24", "kind": "correction", "table_name": "places", "row_key": "phnom-penh", "field": "name", "was": "Phnom Pen", "became": "Phnom Penh", "reason": "A slip."}}]
-- says: ["corrections", "C101", "reason"]
-- says: ["corrections", "C102", "date"]
