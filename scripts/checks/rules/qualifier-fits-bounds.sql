-- title: The qualifier decides which ends are filled
-- level: error
-- why: “Less than 20” has no lower end; an exact number has two equal ends.
-- mend: exact, about and none_found: low equals high. less_than and at_most: only high. more_than and at_least: only low. Others: both.
-- message: With the qualifier {value} the ends {low} to {high} do not fit.
-- example: {"table": "reported_values", "row": "KH010", "set": {"qualifier": "less_than"}}
-- mended: {"qualifier": "exact"}
SELECT 'data/reported_values.csv' AS file, line, 'qualifier' AS field, qualifier AS value,
    coalesce(regexp_replace(low::VARCHAR, '\.0$', ''), '(open)') AS low,
    coalesce(regexp_replace(high::VARCHAR, '\.0$', ''), '(open)') AS high
FROM reported_values
WHERE NOT CASE
    WHEN qualifier IN ('exact', 'about') THEN low IS NOT NULL AND high IS NOT NULL AND low = high
    WHEN qualifier = 'none_found' THEN low IS NOT NULL AND high IS NOT NULL AND low = 0 AND high = 0
    WHEN qualifier IN ('less_than', 'at_most') THEN low IS NULL AND high IS NOT NULL
    WHEN qualifier IN ('more_than', 'at_least') THEN low IS NOT NULL AND high IS NULL
    ELSE low IS NOT NULL AND high IS NOT NULL END
