-- title: A series has one count for each period
-- level: warning
-- why: Two main mentions for one period would be drawn as two points for one year.
-- fix: Correct the period, or make one of the two a mention of the other.
-- message: {value_id} and {other} both count the same people in {value} of {series}.
-- except: yes
-- example: {"table": "reported_values", "row": "RESP-016", "set": {"period": "2017"}}
-- fixed: {"period": "2016"}
-- says: ["reported_values", "RESP-016", "period"]
SELECT 'data/reported_values.csv' AS file, line, 'period' AS field, period AS value, value_id, series,
    first_value(value_id) OVER alike AS other
FROM reported_values
WHERE mention_of IS NULL AND series IS NOT NULL AND period IS NOT NULL
WINDOW alike AS (PARTITION BY series, period, place_id, population_id, sex, age_min, age_max ORDER BY line)
QUALIFY value_id <> other
-- passes: [{"table": "reported_values", "row": "RESP-019-a", "set": {"period": "2016"}}]
