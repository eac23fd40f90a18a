-- title: An id can be the name of a page on every system
-- level: error
-- why: The page of a row has its id as file name. Some names are devices on Windows or the page of a whole folder, and a long one cannot be written.
-- mend: Choose another id, of at most 80 letters, that does not end in a dot and is not such a word.
-- message: {value} {fault}.
-- example: {"table": "places", "row": "aux", "add": {"place_id": "aux", "name": "Aux", "level": "country"}}
-- mended: {"place_id": "aux-town"}
-- says: ["places", "aux", "place_id"]
WITH judged AS (
    SELECT file, line, field, value, CASE
        WHEN length(value) > 80 THEN 'is longer than 80 letters'
        WHEN regexp_matches(lower(value), '^(con|prn|aux|nul|com[0-9]|lpt[0-9])([.]|$)') THEN 'is the name of a device on Windows'
        WHEN lower(value) IN ('index', 'readme') THEN 'is the name of the page of a whole folder'
        WHEN value LIKE '%.' THEN 'ends in a dot'
        END AS fault
    FROM keys_of_rows
)
FROM judged WHERE fault IS NOT NULL
-- breaks: [{"table": "places", "row": "index", "add": {"place_id": "index", "name": "Aux", "level": "country"}}]
-- says: ["places", "index", "place_id"]
-- breaks: [{"table": "places", "row": "con.x", "add": {"place_id": "con.x", "name": "Aux", "level": "country"}}]
-- says: ["places", "con.x", "place_id"]
-- breaks: [{"table": "places", "row": "a..", "add": {"place_id": "a..", "name": "Aux", "level": "country"}}]
-- says: ["places", "a..", "place_id"]
-- breaks: [{"table": "places", "row": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "add": {"place_id": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "name": "Aux", "level": "country"}}]
-- says: ["places", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "place_id"]
-- passes: [{"table": "places", "row": "console", "add": {"place_id": "console", "name": "Aux", "level": "country"}}, {"table": "places", "row": "index-town", "add": {"place_id": "index-town", "name": "Aux", "level": "country"}}, {"table": "places", "row": "a..b", "add": {"place_id": "a..b", "name": "Aux", "level": "country"}}, {"table": "places", "row": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "add": {"place_id": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "name": "Aux", "level": "country"}}]
