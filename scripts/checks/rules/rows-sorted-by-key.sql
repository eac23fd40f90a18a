-- title: Rows are sorted by their key
-- level: error
-- why: Sorted rows keep changes small and doubles visible.
-- mend: Sort the rows by the key of the table, digits and capital letters first.
-- message: {value} stands after {before}.
-- example: {"table": "helplines", "row": "H1", "set": {"helpline_id": "H9"}}
-- mended: {"helpline_id": "H1"}
-- says: ["helplines", "H2", "helpline_id"]
SELECT file, line, field, value, before
FROM (
    SELECT *, lag(key) OVER last_row AS key_before, lag(value) OVER last_row AS before
    FROM keys_of_rows WINDOW last_row AS (PARTITION BY file ORDER BY line)
)
WHERE key < key_before
-- passes: [{"table": "reported_values", "row": "KH010", "copy": {"value_id": "KH010-a"}}, {"table": "reported_values", "row": "KH298", "copy": {"value_id": "Zu-01"}}]
