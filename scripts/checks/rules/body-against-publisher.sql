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
    SELECT s.line, s.organisation_id, o.name, s.publisher, lower(concat_ws(' ', s.publisher, s.title, s.url)) AS text,
        regexp_extract_all(lower(o.name), '[^[:space:].,;:()-]{4,}') || [replace(o.organisation_id, '-', ' '), split_part(o.organisation_id, '-', 1)] AS marks
    FROM sources s JOIN organisations o USING (organisation_id)
)
SELECT 'data/sources.csv' AS file, line, 'organisation_id' AS field, organisation_id AS value, publisher
FROM words
WHERE NOT list_bool_or(list_transform(list_filter(marks, lambda one: one NOT IN ('international', 'organisation', 'cambodia', 'national', 'global', 'children', 'child', 'world', 'against', 'center', 'centre', 'ministry', 'department', 'state', 'united', 'nations', 'fund', 'and', 'for', 'the', 'with', 'from', 'group', 'un')), lambda one: contains(text, one)))
-- passes: [{"table": "sources", "row": "ijm-india", "set": {"publisher": "IJM"}}]
