-- title: Words for people under 18 go with an age below 18, words for adults with one above
-- level: error
-- why: Minors whose oldest age is 18 or more are no longer only children.
-- mend: Correct the oldest age; where a source counts young people, its words should say so.
-- message: The scope says “{said}”, the oldest age is {oldest}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH034", "set": {"age_max": "18"}}
-- mended: {"age_max": "17"}
-- says: ["reported_values", "KH034", "age_max"]
SELECT 'data/reported_values.csv' AS file, line, CASE WHEN age_max IS NULL THEN 'age_max_reason' ELSE 'age_max' END AS field, coalesce(age_max::VARCHAR, age_max_reason) AS value, coalesce(age_max::VARCHAR, 'left out, for all ages') AS oldest, said
FROM (SELECT *, lower(scope_as_printed) AS text, CASE WHEN age_max < 18 THEN regexp_extract(text, '^(?:all |only )?(adults)\b|\b(adult) (?:women|men|victims|people|participants)\b|\b(?:and|or) (adults?)\b') WHEN age_max > 17 THEN regexp_extract(text, '\b(?:minors?|underage|child(?:ren)?)\b')
    WHEN age_max_reason = 'all_ages' AND coalesce(age_min, 0) < 18 THEN regexp_extract(text, '^(?:the |new |all |some |female |male )*(?:minors|children|child victims|underage [a-z]+)\b|\bamong the (?:[a-z]+ )?(?:minors|children|child victims|underage [a-z]+)\b') ELSE '' END AS said FROM reported_values) AS told
WHERE said <> '' AND NOT regexp_matches(text, CASE WHEN age_max < 18 THEN '[0-9]|\b(?:by|as|with|from|against|not|excluding|without) (?:[a-z]+ )?adult|as (?:a )?child|as minors|childhood|before|recall'
    WHEN age_max > 17 THEN 'youth|young|street|adult|before 18|childhood|as children' ELSE 'wom[ae]n|adult|includ|families|parents|all ages|older|protection|abuse' END)
-- breaks: [{"table": "reported_values", "row": "RESP-085-b", "set": {"age_min": "", "age_min_reason": "all_ages", "age_max": "", "age_max_reason": "all_ages"}}]
-- says: ["reported_values", "RESP-085-b", "age_max_reason"]
-- breaks: [{"table": "reported_values", "row": "E2-076-a", "set": {"scope_as_printed": "survey participants, underage and adult"}}]
-- says: ["reported_values", "E2-076-a", "age_max"]
-- passes: [{"table": "reported_values", "row": "KH034", "set": {"age_max": "16"}}]
-- passes: [{"table": "reported_values", "row": "E2-076-a", "set": {"scope_as_printed": "survey participants aged 15-17, of underage and adult participants"}}]
