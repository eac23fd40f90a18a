-- title: Words for people under 18 go with an age below 18
-- level: error
-- why: Minors whose oldest age is 18 or more are no longer only children.
-- mend: Correct the oldest age; where a source counts young people, its words should say so.
-- message: The scope says “{said}”, the oldest age is {value}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH034", "set": {"age_max": "18"}}
-- mended: {"age_max": "17"}
-- says: {"table": "reported_values", "row": "KH034", "field": "age_max", "value": "18", "message": "The scope says “minors”, the oldest age is 18."}
SELECT 'data/reported_values.csv' AS file, line, 'age_max' AS field, age_max AS value,
    regexp_extract(scope_as_printed, '(?i)\b(?:minors?|underage|child(?:ren)?)\b') AS said
FROM reported_values
WHERE age_max > 17 AND said <> '' AND NOT regexp_matches(scope_as_printed, '(?i)youth|young|street|adult|before 18|childhood|as children')
-- passes: [{"table": "reported_values", "row": "KH034", "set": {"age_max": "16"}}]
