-- title: A body that the words of a number name as its origin is credited
-- level: warning
-- why: A number of a ministry that is credited to nobody looks like one without an origin.
-- mend: Fill credited_to with the body, and clear credited_to_reason; or complete the words, if another body counted. Where the body is only mentioned, record the row in data/exceptions.csv with its reason.
-- message: {value_id} credits nobody, but its words name {name}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH220", "set": {"credited_to": "", "credited_to_reason": "not_reported"}}
-- mended: {"credited_to": "unicef", "credited_to_reason": ""}
-- says: ["reported_values", "KH220", "credited_to"]
WITH names AS ( -- as texts call a body: without its brackets and its country, or by its letters
    SELECT name, unnest([regexp_replace(name, ' \(.*\)$', ''), CASE WHEN regexp_matches(name, '^(?:Ministry|National|Government)') THEN regexp_replace(name, '(?: of|,) Cambodia$', '') END, regexp_extract(name, '\(([A-Z]{3,})\)$', 1), CASE WHEN length(organisation_id) BETWEEN 3 AND 6 THEN upper(organisation_id) END]) AS called FROM organisations
), words AS (
    SELECT list(line) AS lines, ' ' || translate(scope_as_printed, ',;:.()“”"', '         ') || ' ' AS text FROM all_readings WHERE credited_to IS NULL AND NOT contains(scope_as_printed, 'accepted by') GROUP BY scope_as_printed
)
SELECT 'data/reported_values.csv' AS file, line, 'credited_to' AS field, credited_to AS value, value_id, string_agg(DISTINCT name, ' and ' ORDER BY name) AS name
FROM (SELECT unnest(lines) AS line, name FROM words JOIN names ON length(called) > 2 AND contains(text, ' ' || called || ' ')) JOIN all_readings USING (line)
GROUP BY line, credited_to, value_id
-- passes: [{"table": "reported_values", "row": "KH220", "set": {"credited_to": "", "credited_to_reason": "not_reported", "scope_as_printed": "15,000 prostitutes, under 16"}}]
