-- title: A cell is the same as in the other rows that share certain cells with its row, if there are four or more, all alike
-- level: hint
-- why: A cell that differs from all its neighbours is usually a slip; if the source says so, it is right.
-- fix: Look at the source again, and correct the [cell] if it is another.
-- message: {key}: the {field} is {shown}; in all {others} other rows with the same {same} it is {usual}.
-- example: {"table": "reported_values", "row": "KH010", "set": {"nature": "claimed"}}
-- fixed: {"nature": "observed"}
-- says: ["reported_values", "KH010", "nature"]
WITH told AS (
    SELECT file, line, key, w.field, alike, cells[list_position(names, w.field)] AS value, coalesce(value, 'blank') AS shown,
        list_transform(string_split(alike, ' '), lambda one: cells[list_position(names, one)]) AS same
    FROM words.neighbours w JOIN row_cells USING (table_name)
), counted AS (
    SELECT *, count(*) OVER (PARTITION BY file, field, alike, same) - 1 AS others, count(*) OVER (PARTITION BY file, field, alike, same, shown) AS times,
        mode(shown) OVER (PARTITION BY file, field, alike, same) AS usual
    FROM told WHERE len(list_filter(same, lambda one: one IS NULL)) = 0
)
SELECT file, line, field, value, key, shown, usual, arg_max(others, others) AS others, replace(arg_max(alike, others), ' ', ', ') AS same
FROM (SELECT *, max(times) OVER (PARTITION BY file, field, alike, same) AS most FROM counted)
WHERE times = 1 AND most = others AND others > 3
    AND NOT list_has_any([shown, usual], ['unknown', 'not_read', 'not_reported', 'not_applicable'])
GROUP BY ALL
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"locator": "page 1"}}]
