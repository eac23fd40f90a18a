-- title: Rows are sorted by their key
-- level: error
-- why: Sorted rows keep changes small and make duplicates easy to see.
-- fix: Sort the rows by the key of the table, digits and capital letters first.
-- message: {value} stands after {before}.
-- example: {"table": "helplines", "row": "H1", "set": {"helpline_id": "H9"}}
-- fixed: {"helpline_id": "H1"}
-- says: ["helplines", "H2", "helpline_id"]
SELECT file, line, field, value, split_part(key_before, chr(1), 1) AS before
FROM ( -- rows are in the order of their files
    SELECT *, lag(key) OVER () AS key_before FROM keys_of_rows
)
WHERE key < key_before AND line > 2
-- passes: [{"table": "reported_values", "row": "KH010", "copy": {"value_id": "KH010-a"}}, {"table": "reported_values", "row": "KH298", "copy": {"value_id": "Zu-01"}}]
