-- title: The body of a source is the one that its publisher names
-- level: error
-- why: A document put down to another body is quoted against the wrong one.
-- mend: Correct organisation_id or publisher.
-- message: The body is {value}, and the publisher is “{publisher}”.
-- except: yes
-- example: {"table": "sources", "row": "ijm-india", "set": {"organisation_id": "chab-dai"}}
-- mended: {"organisation_id": "ijm"}
-- says: {"table": "sources", "row": "ijm-india", "field": "organisation_id", "value": "chab-dai", "message": "The body is chab-dai, and the publisher is “IJM India”."}
WITH words AS (
    SELECT s.line, s.organisation_id, o.name, s.publisher, regexp_replace(lower(s.publisher), '^the ', '') AS house, regexp_replace(lower(o.name), '^the ', '') AS own, lower(concat_ws(' ', s.publisher, s.title, s.url)) AS text,
        regexp_extract_all(lower(o.name), '[^[:space:].,;:()-]{4,}') || [replace(o.organisation_id, '-', ' '), split_part(o.organisation_id, '-', 1)] AS marks
    FROM sources s JOIN organisations o USING (organisation_id)
)
SELECT 'data/sources.csv' AS file, line, 'organisation_id' AS field, organisation_id AS value, publisher
FROM words
WHERE NOT list_bool_or(list_transform(list_filter(marks, lambda one: one NOT IN ('international', 'organisation', 'cambodia', 'national', 'global', 'children', 'child', 'world', 'against', 'center', 'centre', 'ministry', 'department', 'state', 'united', 'nations', 'fund', 'and', 'for', 'the', 'with', 'from', 'group', 'un')), lambda one: contains(text, one)))
UNION ALL
SELECT 'data/sources.csv', w.line, 'organisation_id', w.organisation_id, min(w.publisher)
FROM words w JOIN organisations other ON other.organisation_id <> w.organisation_id AND length(other.name) > 3 AND starts_with(house, regexp_replace(lower(other.name), '^the ', ''))
WHERE NOT starts_with(house, own) AND NOT regexp_matches(house[length(regexp_replace(lower(other.name), '^the ', '')) + 1:], '^[[:alnum:]]|/|&| and |; ') AND NOT starts_with(own, regexp_replace(lower(other.name), '^the ', ''))
    AND NOT (starts_with(house, regexp_replace(lower(other.name), '^the ', '') || ',') AND contains(house, own))
GROUP BY ALL
-- breaks: [{"table": "sources", "row": "freedom-fund-2019", "set": {"organisation_id": "john-jay-college"}}]
-- says: {"table": "sources", "row": "freedom-fund-2019", "field": "organisation_id", "value": "john-jay-college", "message": "The body is john-jay-college, and the publisher is “The Freedom Fund (John Jay College, New ERA)”."}
-- passes: [{"table": "sources", "row": "ijm-india", "set": {"publisher": "IJM"}}]
-- passes: [{"table": "sources", "row": "freedom-fund-2019", "set": {"publisher": "The Freedom Fund and John Jay College", "organisation_id": "john-jay-college"}}]
