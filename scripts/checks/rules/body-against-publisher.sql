-- title: The body of a source is the one that its publisher names
-- level: error
-- why: A document put down to another body is quoted against the wrong one.
-- mend: Correct organisation_id or publisher.
-- message: The body is {value}, and the publisher is “{publisher}”.
-- except: yes
-- example: {"table": "sources", "row": "ijm-india", "set": {"organisation_id": "chab-dai"}}
-- mended: {"organisation_id": "ijm"}
-- says: ["sources", "ijm-india", "organisation_id"]
WITH words AS (
    SELECT s.line, s.organisation_id, o.name, s.publisher, lower(concat_ws(' ', s.publisher, s.title, s.url)) AS text,
        regexp_extract_all(lower(o.name), '[^[:space:].,;:()-]{4,}') || [replace(o.organisation_id, '-', ' '), split_part(o.organisation_id, '-', 1)] AS marks
    FROM sources s JOIN organisations o USING (organisation_id)
)
SELECT 'data/sources.csv' AS file, line, 'organisation_id' AS field, organisation_id AS value, publisher
FROM words
WHERE NOT list_bool_or(list_transform(list_filter(marks, lambda one: one NOT IN ('international', 'organisation', 'cambodia', 'national', 'global', 'children', 'child', 'world', 'against', 'center', 'centre', 'ministry', 'department', 'state', 'united', 'nations', 'fund', 'and', 'for', 'the', 'with', 'from', 'group', 'un')), lambda one: contains(text, one)))
UNION ALL
SELECT 'data/sources.csv', line, 'organisation_id', organisation_id, publisher
FROM (SELECT line, organisation_id, name, publisher, regexp_replace(lower(publisher), '^the ', '') AS house, regexp_replace(lower(name), '^the ', '') AS own, regexp_extract(house, '^[^ ,;:(/]+') AS first_word FROM words) AS w
JOIN (SELECT regexp_replace(lower(name), '^the ', '') AS body, regexp_extract(body, '^[^ ,;:(/]+') AS first_word, organisation_id AS other FROM organisations WHERE length(name) > 3) AS o USING (first_word)
WHERE other <> organisation_id AND starts_with(house, body) AND NOT starts_with(house, own) AND NOT starts_with(own, body) AND NOT regexp_matches(house[length(body) + 1:], '^[[:alnum:]]|/|&| and |; ') AND NOT (starts_with(house, body || ',') AND contains(house, own))
-- breaks: [{"table": "sources", "row": "freedom-fund-2019", "set": {"organisation_id": "john-jay-college"}}]
-- says: ["sources", "freedom-fund-2019", "organisation_id"]
-- passes: [{"table": "sources", "row": "ijm-india", "set": {"publisher": "IJM"}}]
-- passes: [{"table": "sources", "row": "freedom-fund-2019", "set": {"publisher": "The Freedom Fund and John Jay College", "organisation_id": "john-jay-college"}}]
