-- title: A locator tells where in the document the passage stands
-- level: error
-- why: Nobody finds the number again by “p.” or “see source”.
-- mend: Write the page, the paragraph, the table or the heading, such as p. 12 or para 3.
-- message: “{value}” leads to no passage.
-- example: {"table": "reported_values", "row": "KH010", "set": {"locator": "p."}}
-- mended: {"locator": "para 4"}
-- says: ["reported_values", "KH010", "locator"]
WITH locators AS ( -- one with a digit leads somewhere
    SELECT DISTINCT value FROM text_cells WHERE field = 'locator' AND NOT regexp_matches(value, '[0-9]')
)
SELECT file, line, field, value
FROM text_cells
WHERE field = 'locator' AND value IN (
    SELECT value FROM locators JOIN words.not_wanted ON list = 'locator' AND regexp_matches(trim(lower(value)), pattern))
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"locator": "Ibid."}}, {"table": "statements", "row": "S12", "set": {"locator": "see source"}}]
-- says: ["reported_values", "KH010", "locator"]
-- says: ["statements", "S12", "locator"]
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"locator": "p. 4"}}, {"table": "reported_values", "row": "KH201", "set": {"locator": "text box"}}, {"table": "reported_values", "row": "KH007", "set": {"locator": "source note of table 2"}}]
