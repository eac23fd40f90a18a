-- title: Words for people under 18 go with an age below 18, words for adults with one above
-- level: error
-- why: Minors whose oldest age is 18 or more are no longer only children.
-- mend: Correct the oldest age; where a source counts young people, its words should say so.
-- message: The scope says “{said}”, the oldest age is {oldest}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH034", "set": {"age_max": "18"}}
-- mended: {"age_max": "17"}
-- says: {"table": "reported_values", "row": "KH034", "field": "age_max", "value": "18", "message": "The scope says “minors”, the oldest age is 18."}
SELECT 'data/reported_values.csv' AS file, line, 'age_max' AS field, age_max AS value, age_max::VARCHAR AS oldest,
    regexp_extract(scope_as_printed, '(?i)\b(?:minors?|underage|child(?:ren)?)\b') AS said
FROM reported_values
WHERE age_max > 17 AND said <> '' AND NOT regexp_matches(scope_as_printed, '(?i)youth|young|street|adult|before 18|childhood|as children')
UNION ALL
SELECT 'data/reported_values.csv', line, 'age_max_reason', age_max_reason, 'left out, for all ages', regexp_extract(lower(scope_as_printed), '\b(?:minors|children|child victims|underage [a-z]+)\b') AS said
FROM reported_values
WHERE age_max_reason = 'all_ages' AND coalesce(age_min, 0) < 18 AND regexp_matches(lower(scope_as_printed), '^(?:the |new |all |some |female |male )*(?:minors|children|child victims|underage [a-z]+)\b|\bamong the (?:[a-z]+ )?(?:minors|children|child victims|underage [a-z]+)\b')
    AND NOT regexp_matches(lower(scope_as_printed), 'wom[ae]n|adult|includ|families|parents|all ages|older|protection|abuse')
UNION ALL
SELECT 'data/reported_values.csv', line, 'age_max', age_max::VARCHAR, age_max::VARCHAR, regexp_extract(lower(scope_as_printed), '\b(?:adult (?:women|men|victims|people|participants)|adults?)\b') AS said
FROM reported_values
WHERE age_max < 18 AND regexp_matches(lower(scope_as_printed), '^(?:all |only )?adults\b|\badult (?:women|men|victims|people|participants)\b|\b(?:and|or) adults?\b') AND NOT regexp_matches(scope_as_printed, '[0-9]') AND NOT regexp_matches(lower(scope_as_printed), '\b(?:by|as|with|from|against|not|excluding|without) (?:[a-z]+ )?adult|as (?:a )?child|as minors|childhood|before|recall')
-- breaks: [{"table": "reported_values", "row": "RESP-085-b", "set": {"age_min": "", "age_min_reason": "all_ages", "age_max": "", "age_max_reason": "all_ages"}}]
-- says: {"table": "reported_values", "row": "RESP-085-b", "field": "age_max_reason", "value": "all_ages", "message": "The scope says “minors”, the oldest age is left out, for all ages."}
-- breaks: [{"table": "reported_values", "row": "E2-076-a", "set": {"scope_as_printed": "survey participants, underage and adult"}}]
-- says: {"table": "reported_values", "row": "E2-076-a", "field": "age_max", "value": "17", "message": "The scope says “adult”, the oldest age is 17."}
-- passes: [{"table": "reported_values", "row": "KH034", "set": {"age_max": "16"}}]
-- passes: [{"table": "reported_values", "row": "E2-076-a", "set": {"scope_as_printed": "survey participants aged 15-17, of underage and adult participants"}}]
