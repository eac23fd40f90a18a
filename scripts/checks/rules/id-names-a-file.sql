-- title: An id can be used as the name of a page on every system
-- level: error
-- why: The page of a row has its id as its file name, and some names are devices on Windows, the page of a whole folder, or too long.
-- fix: Choose another short name, of at most 80 letters, that does not end in a dot and is not such a word.
-- message: {value} cannot be the name of a page.
-- example: {"table": "places", "row": "aux", "add": {"place_id": "aux", "name": "Aux", "level": "country"}}
-- fixed: {"place_id": "aux-town"}
-- says: ["places", "aux", "place_id"]
SELECT file, line, field, value
FROM keys_of_rows
WHERE length(value) > 80 OR value LIKE '%.'
    OR regexp_matches(lower(value), '^(con|prn|aux|nul|com[0-9]|lpt[0-9])([.]|$)|^(index|readme)$')
-- passes: [{"table": "places", "row": "console", "add": {"place_id": "console", "name": "Aux", "level": "country"}}, {"table": "places", "row": "index-town", "add": {"place_id": "index-town", "name": "Aux", "level": "country"}}]
