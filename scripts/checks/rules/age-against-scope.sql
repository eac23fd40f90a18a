-- title: The ages are those that the words of the scope give
-- level: error
-- why: Under 18 is 17 and younger. One year more makes it another figure.
-- mend: Count in completed years: under 18 is 17, aged 12 to 17 is 12 and 17. Correct the ages, or the words.
-- message: The scope says “{said}”, the ages are {ages}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH018", "set": {"age_max": "16"}}
-- mended: {"age_max": "15"}
-- says: ["reported_values", "KH018", "age_max"]
WITH words AS (
    SELECT list(line) AS lines, age_min, age_max, lower(scope_as_printed) AS text FROM reported_values GROUP BY age_min, age_max, scope_as_printed
), said AS (
    SELECT *,
        list_transform(regexp_extract_all(text, '(?:under|younger than|below|unter) (?:the age of )?(?:age )?[0-9]{2}\b'), lambda one: {'lo': NULL::BIGINT, 'hi': try_cast(regexp_extract(one, '[0-9]+') AS BIGINT) - 1, 'words': one}) AS under,
        list_transform(regexp_extract_all(text, '\b(?:[0-9]{2} (?:and|or) (?:under|younger)|up to [0-9]{2} years)'), lambda one: {'lo': NULL::BIGINT, 'hi': try_cast(regexp_extract(one, '[0-9]+') AS BIGINT), 'words': one}) AS and_under,
        list_transform(regexp_extract_all(text, '(?:aged? |ages |ages of |between )[0-9]{1,2}(?: to | and |-)[0-9]{2}\b|\b[0-9]{1,2}(?:-| to )[0-9]{2}(?: years?\b| ?-year|-years)|\b[0-9]{1,2}- to [0-9]{2}-(?:year|jähr)'), lambda one: {'lo': try_cast(regexp_extract_all(one, '[0-9]+')[1] AS BIGINT), 'hi': try_cast(regexp_extract_all(one, '[0-9]+')[2] AS BIGINT), 'words': one}) AS bands,
        list_transform(regexp_extract_all(text, '\b(?:aged )?[0-9]{1,2}-year-old|\baged [0-9]{1,2} ?(?:judged|who)|at age [0-9]{2}'), lambda one: {'lo': try_cast(regexp_extract(one, '[0-9]+') AS BIGINT), 'hi': try_cast(regexp_extract(one, '[0-9]+') AS BIGINT), 'words': one}) AS one_age,
        list_transform(regexp_extract_all(text, '\b(?:over 1[0-9]\b(?: years)?|[1-9][0-9] (?:or|and) (?:over|older))'), lambda one: {'lo': try_cast(regexp_extract(one, '[0-9]+') AS BIGINT), 'hi': NULL::BIGINT, 'words': one}) AS over
    FROM words
), candidates AS (
    SELECT lines, age_min, age_max, text, under || and_under || bands || one_age || over AS all_said FROM said
)
SELECT 'data/reported_values.csv' AS file, unnest(lines) AS line, CASE WHEN list_any_value(list_transform(all_said, lambda one: one.hi)) IS NOT NULL THEN 'age_max' ELSE 'age_min' END AS field,
    CASE WHEN field = 'age_max' THEN age_max ELSE age_min END AS value, all_said[1].words AS said,
    CASE WHEN age_max IS NULL THEN coalesce(age_min || ' and over', 'all') WHEN age_min IS NULL THEN 'up to ' || age_max ELSE age_min || ' to ' || age_max END AS ages
FROM candidates
WHERE len(all_said) > 0 AND NOT list_bool_or(list_transform(all_said, lambda one:
    (one.lo IS NULL OR one.lo IS NOT DISTINCT FROM age_min) AND (one.hi IS NULL OR one.hi IS NOT DISTINCT FROM age_max)))
-- breaks: [{"table": "reported_values", "row": "DH-KHM-03", "set": {"age_min": "10"}}]
-- says: ["reported_values", "DH-KHM-03", "age_max"]
-- breaks: [{"table": "reported_values", "row": "RESP-019-c", "set": {"age_min": "17"}}]
-- says: ["reported_values", "RESP-019-c", "age_min"]
-- breaks: [{"table": "reported_values", "row": "E2-055", "set": {"age_min": "0"}}]
-- says: ["reported_values", "E2-055", "age_max"]
-- passes: [{"table": "reported_values", "row": "KH018", "set": {"scope_as_printed": "aged 0 to 15"}}]
