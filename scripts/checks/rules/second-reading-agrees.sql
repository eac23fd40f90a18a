-- title: A second reading that agrees has the same figure as the row
-- level: error
-- why: The page of the figure says that it was read again; after a correction, that would be said of a number that nobody read twice.
-- fix: Read the figure again in its source and add that reading with its own date. In the one that no longer agrees, write differs, and in [decision] which of the two holds.
-- message: A second reading of {value_id} agrees with “{figure}”, and the row now has “{printed}”. Read the figure again.
-- example: {"table": "reported_values", "row": "KH011", "set": {"printed": "2.3", "low": "2.3", "high": "2.3"}}
-- fixed: {"printed": "2.2%", "low": "2.2", "high": "2.2"}
-- says: ["second_readings", "KH011 2026-11-29", "number"]
FROM second_readings WHERE reach = 'read'
;
WITH kept AS ( -- each part of a second reading, and the columns of the row that it is compared with
    SELECT a.*, unnest([
        {'field': 'number', 'value': number, 'columns': ['printed', 'low', 'high']},
        {'field': 'qualifier', 'value': qualifier, 'columns': ['qualifier']}, {'field': 'age', 'value': age, 'columns': ['age_max']},
        {'field': 'sex', 'value': sex, 'columns': ['sex']}, {'field': 'period', 'value': period, 'columns': ['period']},
        {'field': 'place', 'value': place, 'columns': ['place_id']}], recursive := true)
    FROM asked a
), told AS ( -- the numbers of both tokens
    SELECT a.line, a.value_id, a.figure_as_printed AS figure, v.printed, k.numbers_printed AS ours,
        list_transform(regexp_extract_all(figure, '[0-9]+(?:[ \x{A0}\x{202F}][0-9]{3}\b)*(?:[.,][0-9]+)*'), lambda one: regexp_replace(
            CASE k.decimal_mark WHEN 'comma' THEN replace(replace(one, '.', ''), ',', '.') ELSE replace(one, ',', '') END, '[^0-9.]', '', 'g')) AS theirs,
        replace(lower(v.printed), ' ', '') AS one, replace(lower(figure), ' ', '') AS other
    FROM asked a JOIN all_readings v USING (value_id) JOIN tokens k USING (token_id)
    WHERE a.number = 'agrees'
)
SELECT 'data/method/second_readings.csv' AS file, line, 'number' AS field, 'agrees' AS value, value_id, figure, printed, NULL AS says
FROM told
WHERE CASE WHEN len(ours) > 0 AND len(theirs) > 0 THEN NOT (list_has_all(theirs, ours) OR list_has_all(ours, theirs))
    ELSE NOT regexp_matches(one || other, '[0-9]') AND NOT (contains(one, other) OR contains(other, one)) END -- words
UNION ALL
SELECT DISTINCT 'data/method/second_readings.csv', k.line, k.field, k.value, k.value_id, c.field, c.correction_id,
    'The row of {value_id} was corrected in {figure} ({printed}) after it was read a second time. Read it again.'
FROM kept k JOIN corrections c ON c.table_name = 'reported_values' AND c.row_key = k.value_id AND c.kind = 'correction'
WHERE k.value = 'agrees' AND list_contains(k.columns, c.field) AND c.date > k.date
-- breaks: [{"table": "reported_values", "row": "KH008", "set": {"printed": "Thirty-nine"}}]
-- says: ["second_readings", "KH008 2026-11-29", "number"]
-- breaks: [{"table": "corrections", "row": "C101", "add": {"correction_id": "C101", "version": "1.1.0", "date": "2026-11-30", "kind": "correction", "table_name": "reported_values", "row_key": "KH011", "field": "place_id", "was": "phnom-penh", "became": "cambodia-three-cities", "reason": "A slip."}}]
-- says: ["second_readings", "KH011 2026-11-29", "place"]
-- passes: [{"table": "reported_values", "row": "KH011", "set": {"printed": "2.3", "low": "2.3", "high": "2.3"}}, {"table": "second_readings", "row": "KH011", "set": {"number": "differs"}}]
-- passes: [{"table": "corrections", "row": "C101", "add": {"correction_id": "C101", "version": "1.1.0", "date": "2026-11-29", "kind": "correction", "table_name": "reported_values", "row_key": "KH011", "field": "place_id", "was": "phnom-penh", "became": "cambodia-three-cities", "reason": "A slip."}}, {"table": "corrections", "row": "C102", "add": {"correction_id": "C102", "version": "1.1.0", "date": "2026-11-30", "kind": "correction", "table_name": "reported_values", "row_key": "KH011", "field": "locator", "was": "para 3", "became": "para 4", "reason": "A slip."}}]
-- passes: [{"table": "reported_values", "row": "KH008", "set": {"printed": "38"}}]
