-- title: The organisation credited is one of those that the words of the row name
-- level: hint
-- why: A number or a doubt credited to the wrong organisation attributes to it something that it never said.
-- fix: Read the words again, and correct the body if it is another.
-- message: {key}: the {read} names {named}, and the {field} is {shown}.
-- example: {"table": "limitations", "row": "L01", "set": {"raised_by": "unicef"}}
-- fixed: {"raised_by": "aple"}
-- says: ["limitations", "L01", "raised_by"]
WITH listed (table_name, reads, field) AS (VALUES ('reported_values', 'scope_as_printed', 'credited_to'), ('studies', 'name', 'organisation_id'),
    ('limitations', 'text', 'raised_by'), ('statements', 'locator', 'organisation_id'), ('study_facts', 'locator', 'credited_to')
), names AS ( -- what texts call a body: its name up to a bracket, the name in brackets, or a short id
    SELECT organisation_id, unnest([regexp_extract(name, '^[^(,]+[^(, ]'), nullif(regexp_extract(name, '[(]([^)]+)[)]', 1), ''),
        CASE WHEN length(organisation_id) < 6 THEN upper(organisation_id) END]) AS called FROM organisations
), rows AS MATERIALIZED (
    SELECT file, line, l.field, key, reads, cells[list_position(names, reads)] AS text, cells[list_position(names, l.field)] AS body
    FROM listed l JOIN row_cells USING (table_name)
), texts AS MATERIALIZED (
    SELECT text, ' ' || translate(text, ',;:.()“”', '        ') || ' ' AS bare FROM (SELECT DISTINCT text FROM rows WHERE text IS NOT NULL)
), named AS ( -- each text is searched only once
    SELECT text, organisation_id, called FROM texts JOIN names ON contains(bare, ' ' || called || ' ')
)
SELECT r.file, r.line, r.field, o.organisation_id AS value, key, reads AS read, coalesce(o.organisation_id, 'blank') AS shown,
    string_agg(DISTINCT called, ', ' ORDER BY called) AS named
FROM rows r JOIN named n USING (text)
LEFT JOIN organisations o ON o.organisation_id = r.body
GROUP BY ALL HAVING NOT bool_or(coalesce(o.organisation_id = n.organisation_id OR contains(o.name, called), false))
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"scope_as_printed": "people working in the venues, IJM and UNICEF"}}]
