-- title: A series is of a body that one of its readings credits
-- level: error
-- why: A series holds what one body counts year after year; it is quoted under the name of that body.
-- mend: Name the body that the readings credit, or move the readings to the series of their body.
-- message: {series_id} is of {value}, and its readings credit {credited}.
-- example: {"table": "series", "row": "moi-cases-year", "set": {"organisation_id": "moi-anti-trafficking"}}
-- mended: {"organisation_id": "moi"}
-- says: ["series", "moi-cases-year", "organisation_id"]
SELECT 'data/series.csv' AS file, s.line, 'organisation_id' AS field, s.organisation_id AS value, s.series_id,
    string_agg(DISTINCT v.credited_to, ', ' ORDER BY v.credited_to) AS credited
FROM series s JOIN reported_values v ON v.series = s.series_id
GROUP BY s.line, s.organisation_id, s.series_id
HAVING count(v.credited_to) > 0 AND NOT bool_or(v.credited_to = s.organisation_id)
-- passes: [{"table": "series", "row": "moi-cases-year", "set": {"organisation_id": "moi-anti-trafficking"}}, {"table": "reported_values", "row": "RESP-056-a", "set": {"credited_to": "moi-anti-trafficking"}}]
