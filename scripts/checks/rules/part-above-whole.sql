-- title: A part is not larger than its whole, nor a numerator than its denominator
-- level: error
-- why: Part of a group cannot be larger than the group.
-- fix: Correct the number, or exchange the two. A wrong link is corrected in data/links.csv.
-- message: The part {value} ({part_id}) is larger than the whole {whole} ({whole_id}).
-- example: {"table": "reported_values", "row": "KH018", "set": {"low": "3.1", "high": "3.1", "printed": "3.1 percent"}}
-- fixed: {"low": "0.1", "high": "0.1", "printed": "0.1 percent"}
-- says: ["reported_values", "KH018", "low"]
WITH bands AS ( -- of one table, the largest count of people of these ages and this sex
    SELECT source_id, locator, indicator_id, population_id, place_id, period, nature, sex, coalesce(age_min, 0) AS youngest, age_max AS oldest,
        max_by(value_id, low) AS part_id, max_by(value_id, high) AS whole_id
    FROM reported_values JOIN indicators USING (indicator_id) WHERE kind = 'count' AND age_max IS NOT NULL GROUP BY ALL
), parts AS (
    SELECT from_id AS part_id, to_id AS whole_id, partition IS NOT NULL AS adds_up FROM links WHERE relation = 'part_of'
    UNION SELECT n.from_id, d.from_id, true FROM links n JOIN links d USING (to_id) JOIN all_readings share ON share.value_id = to_id
    WHERE n.relation = 'numerator_of' AND d.relation = 'denominator_of' AND share.kind = 'share'
    UNION SELECT part.part_id, whole.whole_id, false FROM bands part
    JOIN bands whole USING (source_id, locator, indicator_id, population_id, place_id, period, nature)
    WHERE part.youngest >= whole.youngest AND part.oldest <= whole.oldest AND whole.sex IN (part.sex, 'all')
)
SELECT 'data/reported_values.csv' AS file, part.line, 'low' AS field, part.low AS value, part_id, whole_id, whole.high AS whole
FROM parts JOIN reported_values part ON part.value_id = part_id JOIN reported_values whole ON whole.value_id = whole_id
WHERE part.low > whole.high -- a group within all may have a higher share than all; parts of a partition may not
    AND (adds_up OR part.indicator_id IN (SELECT indicator_id FROM indicators WHERE kind = 'count'))
-- breaks: [{"table": "reported_values", "row": "KH007", "set": {"low": "3800", "high": "3800", "printed": "3,800"}}]
-- says: ["reported_values", "KH007", "low"]
-- passes: [{"table": "reported_values", "row": "KH018", "set": {"low": "2.2", "high": "2.2"}}, {"table": "reported_values", "row": "KH007", "set": {"low": "2104", "high": "2104"}}]
