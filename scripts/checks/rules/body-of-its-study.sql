-- title: A number of a study is credited to its body, or like others of the study
-- level: hint
-- why: A result put down to a body that had no part in the study is quoted against the wrong one.
-- mend: Correct [credited_to], or [study_id].
-- message: {value_id} is credited to {value}; its study is of {body}, and no other reading of it is credited so.
-- example: {"table": "reported_values", "row": "KH010", "set": {"credited_to": "ngos-unnamed", "credited_to_reason": ""}}
-- mended: {"credited_to": "ijm", "credited_to_reason": ""}
-- says: ["reported_values", "KH010", "credited_to"]
SELECT 'data/reported_values.csv' AS file, min(line) AS line, 'credited_to' AS field, credited_to AS value,
    min(value_id) AS value_id, min(study_body) AS body
FROM all_readings
WHERE study_id IS NOT NULL AND credited_to <> study_body
GROUP BY study_id, credited_to
HAVING count(*) = 1
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"credited_to": "", "credited_to_reason": "not_reported"}}]
