-- title: A locator says where in the document the passage is
-- level: warning
-- why: Nobody can find the number again from “p.” or “see source”.
-- fix: Write the page, the paragraph, the table or the heading, such as p. 12 or para 3.
-- message: “{value}” leads to no passage.
-- example: {"table": "reported_values", "row": "KH010", "set": {"locator": "p."}}
-- fixed: {"locator": "para 4"}
-- says: ["reported_values", "KH010", "locator"]
SELECT file, line, field, value
FROM locators -- one with a digit can be followed
WHERE NOT regexp_matches(value, '[0-9]') AND regexp_matches(trim(lower(value)), getvariable('patterns')['locator'])
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"locator": "Ibid."}}, {"table": "statements", "row": "S12", "set": {"locator": "see source"}}]
-- says: ["reported_values", "KH010", "locator"]
-- says: ["statements", "S12", "locator"]
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"locator": "p. 4"}}, {"table": "reported_values", "row": "KH201", "set": {"locator": "text box"}}, {"table": "reported_values", "row": "KH007", "set": {"locator": "source note of table 2"}}]
