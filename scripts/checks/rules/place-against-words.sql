-- title: A place named in the words of a row is the place of the row or of its study
-- level: hint
-- why: A result for one city under another is linked to the wrong readings.
-- fix: Read the words again, and correct the place if it is another.
-- message: {key}: the words name {named}, and the place is {place}.
-- example: {"table": "studies", "row": "ijm-khm-2012", "set": {"name": "Venue study of Kolkata, 2012"}}
-- fixed: {"name": "IJM venue study of 2012"}
-- says: ["studies", "ijm-khm-2012", "place_id"]
WITH listed (table_name, reads) AS (VALUES ('events', 'title'), ('studies', 'name'), ('study_facts', 'fact_as_printed'),
    ('limitations', 'name'), ('limitations', 'text'), ('not_available', 'what'), ('statements', 'paraphrase'), ('reported_values', 'scope_as_printed')
), told AS MATERIALIZED (
    SELECT r.*, cells[list_position(names, 'place_id')] AS place, cells[list_position(own, reads)] AS text
    FROM listed JOIN rows_and_studies r USING (table_name)
)
SELECT file, line, CASE WHEN list_contains(own, 'place_id') THEN 'place_id' ELSE 'study_id' END AS field,
    cells[list_position(names, field)] AS value, key, place, string_agg(DISTINCT p.name, ', ' ORDER BY p.name) AS named
FROM told JOIN places_within w ON w.place_id = place JOIN places_within p ON p.level IN ('country', 'province', 'city') AND contains(text, p.name)
    AND regexp_matches(text, '\b' || regexp_escape(p.name) || '\b')
WHERE w.level NOT IN ('world', 'region', 'study_area') GROUP BY ALL
HAVING NOT bool_or(list_contains(w.within, p.place_id) OR list_contains(p.within, w.place_id) OR contains(w.name, p.name)
    OR w.level = 'area_set' AND w.country = p.country)
-- breaks: [{"table": "reported_values", "row": "KH123", "set": {"place_id": "siem-reap"}}]
-- says: ["reported_values", "KH123", "place_id"]
-- passes: [{"table": "reported_values", "row": "KH123", "set": {"place_id": "cambodia"}}]
-- passes: [{"table": "studies", "row": "ijm-khm-2012", "set": {"name": "Venue study of Phnom Penh, 2012"}}]
