-- title: A statement has the date on which its source was reported
-- level: warning
-- why: A statement in the wrong month appears before or after the figures that it answers.
-- fix: Correct [date], or the date of the source.
-- message: {statement_id} is of {value}, and {source_id} of {date_published}.
-- example: {"table": "statements", "row": "S01", "set": {"date": "2016-06"}}
-- fixed: {"date": "2015-06"}
-- says: ["statements", "S01", "date"]
SELECT 'data/statements.csv' AS file, s.line, 'date' AS field, date AS value, statement_id, source_id, date_published
FROM statements s JOIN sources USING (source_id)
WHERE left(date, length(date_published)) <> left(date_published, length(date))
-- passes: [{"table": "statements", "row": "S01", "set": {"date": "2015"}}]
