-- title: A statement bears on values of the studies that it is about, measured before it was made
-- level: error
-- why: A quotation about one study beside the figure of another misleads.
-- mend: Correct [study_id] of the statement, or the value.
-- message: {statement_id} is about {study}, but bears on {value} of {other}.
-- except: yes
-- example: {"table": "statements", "row": "S02", "set": {"study_id": "vac-khm-2013"}}
-- mended: {"study_id": "ijm-khm-2015"}
-- says: ["statement_values", "S02 KH022", "value_id"]
WITH about AS (
    SELECT statement_id, study_id FROM statements WHERE study_id IS NOT NULL UNION ALL FROM statement_studies SELECT statement_id, study_id
), named AS (
    SELECT statement_id, list(study_id) AS studies FROM about GROUP BY statement_id
)
SELECT 'data/statement_values.csv' AS file, b.line, 'value_id' AS field, value_id AS value, statement_id, v.study_id AS other,
    coalesce(array_to_string(studies, ', '), 'no study') AS study, s.date, v.period,
    CASE WHEN from_year > try_cast(left(s.date, 4) AS INTEGER) THEN '{statement_id} is of {date}, and {value} of {period}.' END AS says
FROM statement_values b JOIN statements s USING (statement_id) JOIN all_readings v USING (value_id) LEFT JOIN named USING (statement_id)
WHERE v.study_id IS NOT NULL AND NOT list_contains(studies, v.study_id) OR from_year > try_cast(left(s.date, 4) AS INTEGER)
-- passes: [{"table": "statement_values", "row": ["S12", "KH030"], "set": {"bearing": "cites"}}]
