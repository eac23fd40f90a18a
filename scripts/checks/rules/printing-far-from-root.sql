-- title: A printing is one number with its root
-- level: error
-- why: A printing of another quantity makes a disagreement that is none.
-- mend: Let printing_of name the root that the source restates, or make the row a root of its own.
-- message: {value_id} is a printing of {value}, but {state}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH025-c", "set": {"printing_of": "KH038"}}
-- mended: {"printing_of": "KH010"}
-- says: ["reported_values", "KH025-c", "printing_of"]
WITH pairs AS (
    SELECT p.line, p.value_id, p.printing_of AS value,
        coalesce(p.low, p.high) AS mine, coalesce(r.low, r.high) AS its, p.kind,
        p.high AS my_high, r.high AS its_high, p.low AS my_low, r.low AS its_low,
        (p.place_id <> r.place_id AND NOT list_contains(p.within, r.place_id) AND NOT list_contains(r.within, p.place_id) AND p.country IS DISTINCT FROM r.country) AS elsewhere, p.place_id AS my_place, r.place_id AS its_place,
        try_cast((p.place_id <> r.place_id) AS INTEGER) AS place_differs, try_cast((p.age_max IS DISTINCT FROM r.age_max OR p.age_min IS DISTINCT FROM r.age_min) AS INTEGER) AS ages_differ, try_cast((p.sex <> r.sex) AS INTEGER) AS sex_differs,
        try_cast((p.from_year IS DISTINCT FROM r.from_year AND p.from_year IS NOT NULL AND r.from_year IS NOT NULL) AS INTEGER) AS period_differs, try_cast((p.population_id IS DISTINCT FROM r.population_id) AS INTEGER) AS people_differ,
        p.from_year AS my_year, r.from_year AS its_year, p.period, r.period AS its_period, p.sex AS my_sex, r.sex AS its_sex, p.base_kind, r.base_kind AS its_base
    FROM all_readings p JOIN all_readings r ON r.value_id = p.printing_of
)
SELECT 'data/reported_values.csv' AS file, line, 'printing_of' AS field, value, value_id, CASE
        WHEN greatest(mine, its) > 2.6 * least(mine, its) THEN 'its number is ' || mine || ', that of the root ' || its
        WHEN elsewhere AND 'place-unnamed' NOT IN (my_place, its_place) AND my_place NOT IN ('mekong-sub-region', 'southeast-asia', 'world') THEN 'its place is ' || my_place || ', that of the root ' || its_place
        WHEN my_sex IN ('female', 'male') AND its_sex IN ('female', 'male') AND my_sex <> its_sex THEN 'its sex is ' || my_sex
        WHEN abs(my_year - its_year) > 3 THEN 'its period is ' || period || ', that of the root ' || its_period
        ELSE 'place, ages, sex, period and people differ from those of the root in three' END AS state
FROM pairs
WHERE greatest(mine, its) > 2.6 * least(mine, its) AND NOT (my_low <= its_high AND its_low <= my_high)
    OR elsewhere AND 'place-unnamed' NOT IN (my_place, its_place) AND my_place NOT IN ('mekong-sub-region', 'southeast-asia', 'world')
    OR my_sex IN ('female', 'male') AND its_sex IN ('female', 'male') AND my_sex <> its_sex
    OR abs(my_year - its_year) > 3
    OR (period_differs AND abs(my_year - its_year) > 1 AND mine <> its)
    OR (period_differs AND abs(my_year - its_year) > 0 AND greatest(mine, its) > 1.3 * least(mine, its))
    OR (place_differs + ages_differ + sex_differs + period_differs + people_differ) >= 4
-- breaks: [{"table": "reported_values", "row": "KH246-a", "set": {"sex": "female"}}]
-- says: ["reported_values", "KH246-a", "printing_of"]
-- passes: [{"table": "reported_values", "row": "KH025-c", "set": {"age_max": "16"}}]
