-- title: The sex is that of the words of the scope
-- level: error
-- why: A share of girls entered as one of boys, or of both, is another figure.
-- mend: Correct sex, or the words of the scope. Where the source counts both, write all.
-- message: The sex is {value}, but {where} says “{said}”.
-- except: yes
-- example: {"table": "reported_values", "row": "KH016", "set": {"sex": "male"}}
-- mended: {"sex": "female"}
-- says: ["reported_values", "KH016", "sex"]
WITH alike AS (SELECT list(line) AS lines, sex, indicator_id, population_id, scope_as_printed, printed FROM reported_values GROUP BY ALL),
words AS (
    SELECT v.lines, v.sex, i.name AS indicator, lower(concat_ws('; ', v.scope_as_printed, v.printed)) AS own, lower(concat_ws('; ', p.name, p.definition)) AS people
    FROM alike v JOIN indicators i USING (indicator_id) LEFT JOIN populations p USING (population_id)
), said AS (
    SELECT lines, sex, indicator, regexp_matches(own, '\b(?:boys?|m[ae]n|males?|girls?|wom[ae]n|females?|hostesses|masseurs|hommes|femmes)\b') AS in_scope,
        CASE WHEN in_scope THEN own ELSE people END AS text, CASE WHEN in_scope THEN 'the scope' ELSE 'the population' END AS place
    FROM words
), sexes AS (
    SELECT *, regexp_extract(text, '\b(?:girls?|wom[ae]n|females?|hostesses|femmes)\b') AS of_women, regexp_extract(text, '\b(?:boys?|m[ae]n|males?|hommes|masseurs)\b') AS of_men,
        regexp_matches(text, 'child|people|persons|adolescents|street|victims|everybody|all ages|transgender|and others') AS of_others,
        regexp_matches(text, '(?:^|[,;:] )(?:all |only |young |adult )*(?:boys|girls|men|women|males?|females?)(?:$|[,;])|^(?:female|male) ') AS of_these -- a part of the words that names nobody else
    FROM said
)
SELECT 'data/reported_values.csv' AS file, unnest(lines) AS line, 'sex' AS field, sex AS value, place AS where, concat_ws(' and ', nullif(of_women, ''), nullif(of_men, '')) AS said
FROM sexes
WHERE NOT regexp_matches(indicator, '(?i)\b(?:boys?|girls?|male|local men|Cambodian men)\b') AND CASE sex
    WHEN 'female' THEN of_women = '' AND of_men <> '' WHEN 'male' THEN of_men = '' AND of_women <> ''
    ELSE in_scope AND (of_women = '') <> (of_men = '') AND ((NOT of_others OR of_these) AND NOT regexp_matches(text, 'client|estimates of|transgender')
        OR NOT regexp_matches(text, 'children|sexes') AND regexp_matches(text, '^(?:young |adult )?(?:girls|women|females|boys|men|males) (?:report|employ|aged|interview|who|under|over|work)[a-z]*\b'))
        OR sex = 'not_stated' AND place = 'the scope' AND of_women <> '' AND of_men <> '' AND NOT regexp_matches(text, 'suspect|arrest|offender|\b(?:of|against|were) (?:girls|women|females|boys|men|males)\b') END
-- breaks: [{"table": "reported_values", "row": "E2-059", "set": {"sex": "all"}}]
-- says: ["reported_values", "E2-059", "sex"]
-- breaks: [{"table": "reported_values", "row": "E2-076-a", "set": {"sex": "male"}}]
-- says: ["reported_values", "E2-076-a", "sex"]
-- breaks: [{"table": "reported_values", "row": "RESP-072-b", "set": {"sex": "all"}}]
-- says: ["reported_values", "RESP-072-b", "sex"]
-- breaks: [{"table": "reported_values", "row": "KH250-a", "set": {"sex": "all"}}]
-- says: ["reported_values", "KH250-a", "sex"]
-- breaks: [{"table": "reported_values", "row": "KH128", "set": {"sex": "not_stated"}}]
-- says: ["reported_values", "KH128", "sex"]
-- passes: [{"table": "reported_values", "row": "KH070", "set": {"sex": "all"}}]
