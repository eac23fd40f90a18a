-- title: A statement bears on values of the studies that it is about, measured before it was made
-- level: error
-- why: A quotation about one study next to a figure from another is misleading.
-- fix: Correct [study_id] or [value_id] in the rows of the statement.
-- message: {statement_id} is about {study}, but bears on {value} of {other}.
-- except: yes
-- example: {"table": "scopes", "row": "S02.ijm-khm-2015", "set": {"study_id": "vac-khm-2013"}}
-- fixed: {"study_id": "ijm-khm-2015"}
-- says: ["scopes", "S02.KH022", "value_id"]
WITH named AS (
    SELECT statement_id, list(study_id) AS studies FROM scopes WHERE study_id IS NOT NULL GROUP BY statement_id
)
SELECT 'data/scopes.csv' AS file, b.line, 'value_id' AS field, value_id AS value, statement_id, v.study_id AS other,
    coalesce(array_to_string(studies, ', '), 'no study') AS study, s.date, v.period,
    CASE WHEN from_year > try_cast(left(s.date, 4) AS INTEGER) THEN '{statement_id} is of {date}, and {value} of {period}.' END AS says
FROM scopes b JOIN statements s USING (statement_id) JOIN all_readings v USING (value_id) LEFT JOIN named USING (statement_id)
WHERE v.study_id IS NOT NULL AND NOT list_contains(studies, v.study_id) OR from_year > try_cast(left(s.date, 4) AS INTEGER)
-- passes: [{"table": "scopes", "row": "S12.KH030", "set": {"bearing": "cites"}}]
