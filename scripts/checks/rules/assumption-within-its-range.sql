-- title: An assumed value lies within the range of its parameter
-- level: error
-- why: A share above 1 or a sample of half a person is a slip that every figure computed from it would carry on.
-- mend: Correct the value, or the parameter. Shares are written as 0.05, not as 5.
-- message: {parameter} is {value}, and may be {allowed}.
-- example: {"table": "assumptions", "row": "icc-0.01", "set": {"value": "1.01"}}
-- mended: {"value": "0.01"}
WITH checked AS (
    SELECT line, parameter, value, CASE
        WHEN parameter = 'city_sample_size' AND NOT (value BETWEEN 1 AND 1e9 AND value = floor(value))
            THEN 'a whole number from 1 to 1,000,000,000'
        WHEN parameter = 'design_effect' AND NOT value BETWEEN 0.1 AND 1000 THEN 'from 0.1 to 1,000'
        WHEN parameter IN ('icc', 'hidden_affected') AND NOT value BETWEEN 0 AND 1 THEN 'from 0 to 1'
        WHEN parameter IN ('false_negative_rate', 'false_positive_rate') AND NOT value BETWEEN 0 AND 0.99
            THEN 'from 0 to 0.99'
        WHEN parameter IN ('hidden_share', 'half_width', 'relative_fall') AND NOT (value > 0 AND value < 1)
            THEN 'above 0 and below 1'
        WHEN parameter = 'power' AND NOT value BETWEEN 0.5 AND 0.999 THEN 'from 0.5 to 0.999' END AS allowed
    FROM assumptions
)
SELECT 'data/assumptions.csv' AS file, line, 'value' AS field, value, parameter, allowed
FROM checked
WHERE allowed IS NOT NULL
