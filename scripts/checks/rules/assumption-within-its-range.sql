-- title: An assumed value lies within the range of its parameter
-- level: error
-- why: A share above 1 or a sample of half a person is a slip that every figure computed from it would carry on.
-- mend: Correct the value, or the parameter. Shares are written as 0.05, not as 5.
-- message: {parameter} is {value}, and may be {allowed}.
-- example: {"table": "assumptions", "row": "icc-0.01", "set": {"value": "1.01"}}
-- mended: {"value": "0.01"}
-- says: ["assumptions", "icc-0.01", "value"]
WITH checked AS (
    SELECT line, parameter, value, CASE
        WHEN parameter = 'city_sample_size' AND NOT (value BETWEEN 1 AND 1e9 AND value = floor(value))
            THEN 'a whole number from 1 to 1,000,000,000'
        WHEN parameter = 'design_effect' AND NOT value BETWEEN 0.1 AND 1000 THEN 'from 0.1 to 1,000'
        WHEN parameter IN ('icc', 'hidden_affected') AND NOT value BETWEEN 0 AND 1 THEN 'from 0 to 1'
        WHEN parameter IN ('false_negative_rate', 'false_positive_rate') AND NOT value BETWEEN 0 AND 0.99
            THEN 'from 0 to 0.99'
        WHEN parameter IN ('hidden_share', 'half_width', 'relative_fall', 'place_share')
            AND NOT (value > 0 AND value < 1)
            THEN 'above 0 and below 1'
        WHEN parameter = 'sensitivity_ratio' AND NOT value BETWEEN 0.01 AND 100 THEN 'from 0.01 to 100'
        WHEN parameter = 'power' AND NOT value BETWEEN 0.5 AND 0.999 THEN 'from 0.5 to 0.999' END AS allowed
    FROM assumptions
)
SELECT 'data/assumptions.csv' AS file, line, 'value' AS field, value, parameter, allowed
FROM checked
WHERE allowed IS NOT NULL
-- breaks: [{"table": "assumptions", "row": "city-n-0050", "set": {"value": "50.5"}}]
-- says: ["assumptions", "city-n-0050", "value"]
-- breaks: [{"table": "assumptions", "row": "city-n-0050", "set": {"value": "0"}}]
-- says: ["assumptions", "city-n-0050", "value"]
-- breaks: [{"table": "assumptions", "row": "city-n-0050", "set": {"value": "1000000001"}}]
-- says: ["assumptions", "city-n-0050", "value"]
-- breaks: [{"table": "assumptions", "row": "deff-2", "set": {"value": "0.09"}}]
-- says: ["assumptions", "deff-2", "value"]
-- breaks: [{"table": "assumptions", "row": "deff-2", "set": {"value": "1001"}}]
-- says: ["assumptions", "deff-2", "value"]
-- breaks: [{"table": "assumptions", "row": "affected-0.5", "set": {"value": "1.1"}}]
-- says: ["assumptions", "affected-0.5", "value"]
-- breaks: [{"table": "assumptions", "row": "missed-0.1", "set": {"value": "0.991"}}]
-- says: ["assumptions", "missed-0.1", "value"]
-- breaks: [{"table": "assumptions", "row": "mistaken-0.01", "set": {"value": "1"}}]
-- says: ["assumptions", "mistaken-0.01", "value"]
-- breaks: [{"table": "assumptions", "row": "hidden-0.5", "set": {"value": "0"}}]
-- says: ["assumptions", "hidden-0.5", "value"]
-- breaks: [{"table": "assumptions", "row": "hidden-0.5", "set": {"value": "1"}}]
-- says: ["assumptions", "hidden-0.5", "value"]
-- breaks: [{"table": "assumptions", "row": "half-width-0.01", "set": {"value": "0"}}]
-- says: ["assumptions", "half-width-0.01", "value"]
-- breaks: [{"table": "assumptions", "row": "half-width-0.01", "set": {"value": "1"}}]
-- says: ["assumptions", "half-width-0.01", "value"]
-- breaks: [{"table": "assumptions", "row": "fall-0.5", "set": {"value": "0"}}]
-- says: ["assumptions", "fall-0.5", "value"]
-- breaks: [{"table": "assumptions", "row": "fall-0.5", "set": {"value": "1"}}]
-- says: ["assumptions", "fall-0.5", "value"]
-- breaks: [{"table": "assumptions", "row": "power-0.8", "set": {"value": "0.49"}}]
-- says: ["assumptions", "power-0.8", "value"]
-- breaks: [{"table": "assumptions", "row": "power-0.8", "set": {"value": "0.9991"}}]
-- says: ["assumptions", "power-0.8", "value"]
-- breaks: [{"table": "assumptions", "row": "place-share-third", "set": {"value": "1"}}]
-- says: ["assumptions", "place-share-third", "value"]
-- breaks: [{"table": "assumptions", "row": "recognised-0.6", "set": {"value": "0.009"}}]
-- says: ["assumptions", "recognised-0.6", "value"]
-- breaks: [{"table": "assumptions", "row": "recognised-0.6", "set": {"value": "101"}}]
-- says: ["assumptions", "recognised-0.6", "value"]
-- passes: [{"table": "assumptions", "row": "recognised-0.6", "set": {"value": "0.01"}}, {"table": "assumptions", "row": "recognised-0.8", "set": {"value": "100"}}, {"table": "assumptions", "row": "city-n-0050", "set": {"value": "1"}}, {"table": "assumptions", "row": "city-n-0100", "set": {"value": "1000000000"}}, {"table": "assumptions", "row": "deff-1", "set": {"value": "0.1"}}, {"table": "assumptions", "row": "deff-2", "set": {"value": "1000"}}, {"table": "assumptions", "row": "icc-0.01", "set": {"value": "0"}}, {"table": "assumptions", "row": "icc-0.02", "set": {"value": "1"}}, {"table": "assumptions", "row": "affected-0.5", "set": {"value": "0"}}, {"table": "assumptions", "row": "missed-0.1", "set": {"value": "0.99"}}, {"table": "assumptions", "row": "mistaken-0.01", "set": {"value": "0.99"}}, {"table": "assumptions", "row": "hidden-0.5", "set": {"value": "0.999"}}, {"table": "assumptions", "row": "half-width-0.01", "set": {"value": "0.001"}}, {"table": "assumptions", "row": "fall-0.5", "set": {"value": "0.999"}}, {"table": "assumptions", "row": "power-0.8", "set": {"value": "0.5"}}]
-- passes: [{"table": "assumptions", "row": "power-0.8", "set": {"value": "0.999"}}]
