-- title: The ages are those that the words of the scope state
-- level: warning
-- why: “Under 18” means 17 and younger. A year more would make it a different figure.
-- fix: Count in completed years: under 18 is 17, aged 12 to 17 is 12 and 17. Correct the ages, or the words.
-- message: The {which} age is {value}, and the scope says “{scope_as_printed}”.
-- except: yes
-- example: {"table": "reported_values", "row": "KH018", "set": {"age_max": "16"}}
-- fixed: {"age_max": "15"}
-- says: ["reported_values", "KH018", "age_max"]
WITH told AS ( -- what adults recall of years ago does not give their own age
    SELECT line, age_min, age_max, scope_as_printed, lower(scope_as_printed) AS text,
        list_transform(regexp_extract_all(text, '\b(?:under|younger than|below|unter|moins de|menores de) (?:the age of |age )?([0-9]{2})\b', 1),
            lambda one: try_cast(one AS BIGINT) - 1)
        || try_cast(regexp_extract_all(text, '\b[0-9]{1,2} ?(?:-|–|to|and) ?([0-9]{2})(?:$|[^0-9,.])', 1) AS BIGINT[]) AS oldest
    FROM reported_values
)
SELECT 'data/reported_values.csv' AS file, line, 'age_max' AS field, age_max AS value, scope_as_printed, 'oldest' AS which
FROM told
WHERE len(oldest) > 0 AND NOT list_contains(oldest, age_max) AND coalesce(age_min, 0) <= list_max(oldest)
UNION ALL
SELECT 'data/reported_values.csv', line, 'age_min', age_min, scope_as_printed, 'youngest'
FROM told
WHERE age_min > list_max(oldest)
    AND NOT regexp_matches(text, '\b(?:first|before|began|started|entered|when|recall\w*|whose|with|parents|at (?:the time|marriage)|as (?:children|minors|an? (?:child|minor)))\b')
-- breaks: [{"table": "reported_values", "row": "KH018", "set": {"age_min": "18", "age_max": ""}}]
-- says: ["reported_values", "KH018", "age_min"]
-- passes: [{"table": "reported_values", "row": "KH018", "set": {"scope_as_printed": "aged 0 to 15"}}, {"table": "reported_values", "row": "KH010", "set": {"scope_as_printed": "women; first paid for sex under 18", "age_min": "18", "age_max": "29"}}]
