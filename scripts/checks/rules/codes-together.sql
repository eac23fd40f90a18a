-- title: Codes of one row that exclude each other do not stand together
-- level: error
-- why: A review that draws households, or a handful of volunteers called a sample, would get an interval that it has not.
-- mend: Correct one of the two cells.
-- message: {key}: {field} is {value}, and {other_field} is {code}, with which go {allowed}.
-- example: {"table": "studies", "row": "ijm-khm-2012", "set": {"sampling_unit": "household"}}
-- mended: {"sampling_unit": "not_read"}
-- says: ["studies", "ijm-khm-2012", "sampling_unit"]
SELECT file, line, w.other AS field, cells[list_position(names, w.other)] AS value, key, w.field AS other_field,
    cells[list_position(names, w.field)] AS code, replace(allowed, ' ', ', ') AS allowed
FROM words.codes_together w JOIN row_cells USING (table_name)
WHERE list_contains(string_split(codes, ' '), code) AND NOT list_contains(string_split(w.allowed, ' '), value)
-- passes: [{"table": "studies", "row": "ijm-khm-2012", "set": {"sampling_unit": "venue_time"}}]
