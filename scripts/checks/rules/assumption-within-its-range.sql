-- title: An assumed value lies within the range of its parameter
-- level: error
-- why: A share above 1 or a sample of half a person is a slip that every figure computed from it would carry on.
-- mend: Correct the value, or the parameter. Shares are written as 0.05, not as 5.
-- message: {parameter} is {value}, and may be {allowed}.
-- example: {"table": "assumptions", "row": "icc-0.01", "set": {"value": "1.01"}}
-- mended: {"value": "0.01"}
-- says: {"table": "assumptions", "row": "icc-0.01", "field": "value", "value": "1.01", "message": "icc is 1.01, and may be from 0 to 1."}
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
-- says: {"table": "assumptions", "row": "city-n-0050", "field": "value", "value": "50.5", "message": "city_sample_size is 50.5, and may be a whole number from 1 to 1,000,000,000."}
-- breaks: [{"table": "assumptions", "row": "city-n-0050", "set": {"value": "0"}}]
-- says: {"table": "assumptions", "row": "city-n-0050", "field": "value", "value": "0", "message": "city_sample_size is 0, and may be a whole number from 1 to 1,000,000,000."}
-- breaks: [{"table": "assumptions", "row": "city-n-0050", "set": {"value": "1000000001"}}]
-- says: {"table": "assumptions", "row": "city-n-0050", "field": "value", "value": "1000000001", "message": "city_sample_size is 1000000001, and may be a whole number from 1 to 1,000,000,000."}
-- breaks: [{"table": "assumptions", "row": "deff-2", "set": {"value": "0.09"}}]
-- says: {"table": "assumptions", "row": "deff-2", "field": "value", "value": "0.09", "message": "design_effect is 0.09, and may be from 0.1 to 1,000."}
-- breaks: [{"table": "assumptions", "row": "deff-2", "set": {"value": "1001"}}]
-- says: {"table": "assumptions", "row": "deff-2", "field": "value", "value": "1001", "message": "design_effect is 1001, and may be from 0.1 to 1,000."}
-- breaks: [{"table": "assumptions", "row": "affected-0.5", "set": {"value": "1.1"}}]
-- says: {"table": "assumptions", "row": "affected-0.5", "field": "value", "value": "1.1", "message": "hidden_affected is 1.1, and may be from 0 to 1."}
-- breaks: [{"table": "assumptions", "row": "missed-0.1", "set": {"value": "0.991"}}]
-- says: {"table": "assumptions", "row": "missed-0.1", "field": "value", "value": "0.991", "message": "false_negative_rate is 0.991, and may be from 0 to 0.99."}
-- breaks: [{"table": "assumptions", "row": "mistaken-0.01", "set": {"value": "1"}}]
-- says: {"table": "assumptions", "row": "mistaken-0.01", "field": "value", "value": "1", "message": "false_positive_rate is 1, and may be from 0 to 0.99."}
-- breaks: [{"table": "assumptions", "row": "hidden-0.5", "set": {"value": "0"}}]
-- says: {"table": "assumptions", "row": "hidden-0.5", "field": "value", "value": "0", "message": "hidden_share is 0, and may be above 0 and below 1."}
-- breaks: [{"table": "assumptions", "row": "hidden-0.5", "set": {"value": "1"}}]
-- says: {"table": "assumptions", "row": "hidden-0.5", "field": "value", "value": "1", "message": "hidden_share is 1, and may be above 0 and below 1."}
-- breaks: [{"table": "assumptions", "row": "half-width-0.01", "set": {"value": "0"}}]
-- says: {"table": "assumptions", "row": "half-width-0.01", "field": "value", "value": "0", "message": "half_width is 0, and may be above 0 and below 1."}
-- breaks: [{"table": "assumptions", "row": "half-width-0.01", "set": {"value": "1"}}]
-- says: {"table": "assumptions", "row": "half-width-0.01", "field": "value", "value": "1", "message": "half_width is 1, and may be above 0 and below 1."}
-- breaks: [{"table": "assumptions", "row": "fall-0.5", "set": {"value": "0"}}]
-- says: {"table": "assumptions", "row": "fall-0.5", "field": "value", "value": "0", "message": "relative_fall is 0, and may be above 0 and below 1."}
-- breaks: [{"table": "assumptions", "row": "fall-0.5", "set": {"value": "1"}}]
-- says: {"table": "assumptions", "row": "fall-0.5", "field": "value", "value": "1", "message": "relative_fall is 1, and may be above 0 and below 1."}
-- breaks: [{"table": "assumptions", "row": "power-0.8", "set": {"value": "0.49"}}]
-- says: {"table": "assumptions", "row": "power-0.8", "field": "value", "value": "0.49", "message": "power is 0.49, and may be from 0.5 to 0.999."}
-- breaks: [{"table": "assumptions", "row": "power-0.8", "set": {"value": "0.9991"}}]
-- says: {"table": "assumptions", "row": "power-0.8", "field": "value", "value": "0.9991", "message": "power is 0.9991, and may be from 0.5 to 0.999."}
-- breaks: [{"table": "assumptions", "row": "place-share-third", "set": {"value": "1"}}]
-- says: {"table": "assumptions", "row": "place-share-third", "field": "value", "value": "1", "message": "place_share is 1, and may be above 0 and below 1."}
-- breaks: [{"table": "assumptions", "row": "recognised-0.6", "set": {"value": "0.009"}}]
-- says: {"table": "assumptions", "row": "recognised-0.6", "field": "value", "value": "0.009", "message": "sensitivity_ratio is 0.009, and may be from 0.01 to 100."}
-- breaks: [{"table": "assumptions", "row": "recognised-0.6", "set": {"value": "101"}}]
-- says: {"table": "assumptions", "row": "recognised-0.6", "field": "value", "value": "101", "message": "sensitivity_ratio is 101, and may be from 0.01 to 100."}
-- passes: [{"table": "assumptions", "row": "recognised-0.6", "set": {"value": "0.01"}}, {"table": "assumptions", "row": "recognised-0.8", "set": {"value": "100"}}, {"table": "assumptions", "row": "city-n-0050", "set": {"value": "1"}}, {"table": "assumptions", "row": "city-n-0100", "set": {"value": "1000000000"}}, {"table": "assumptions", "row": "deff-1", "set": {"value": "0.1"}}, {"table": "assumptions", "row": "deff-2", "set": {"value": "1000"}}, {"table": "assumptions", "row": "icc-0.01", "set": {"value": "0"}}, {"table": "assumptions", "row": "icc-0.02", "set": {"value": "1"}}, {"table": "assumptions", "row": "affected-0.5", "set": {"value": "0"}}, {"table": "assumptions", "row": "missed-0.1", "set": {"value": "0.99"}}, {"table": "assumptions", "row": "mistaken-0.01", "set": {"value": "0.99"}}, {"table": "assumptions", "row": "hidden-0.5", "set": {"value": "0.999"}}, {"table": "assumptions", "row": "half-width-0.01", "set": {"value": "0.001"}}, {"table": "assumptions", "row": "fall-0.5", "set": {"value": "0.999"}}, {"table": "assumptions", "row": "power-0.8", "set": {"value": "0.5"}}]
-- passes: [{"table": "assumptions", "row": "power-0.8", "set": {"value": "0.999"}}]
