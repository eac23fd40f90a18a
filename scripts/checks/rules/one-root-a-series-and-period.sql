-- title: A series has one count of one period
-- level: error
-- why: Two roots for one period are drawn as two points of one year.
-- mend: Correct the period, or make one of the two a printing of the other.
-- message: {value_id} and {other} both count {population} in {value} of {series}.
-- except: yes
-- example: {"table": "reported_values", "row": "RESP-016", "set": {"period": "2017"}}
-- mended: {"period": "2016"}
-- says: ["reported_values", "RESP-016", "period"]
SELECT 'data/reported_values.csv' AS file, a.line, 'period' AS field, a.period AS value, a.value_id, b.value_id AS other, a.series, coalesce(a.population_id, 'the same') AS population
FROM reported_values a JOIN reported_values b ON a.series = b.series AND a.period = b.period AND a.place_id = b.place_id
    AND a.population_id IS NOT DISTINCT FROM b.population_id AND a.sex = b.sex AND a.line > b.line
WHERE a.printing_of IS NULL AND b.printing_of IS NULL
    AND (a.age_max IS NOT DISTINCT FROM b.age_max)
-- passes: [{"table": "reported_values", "row": "RESP-019-a", "set": {"period": "2016"}}]
