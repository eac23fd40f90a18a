-- title: A small count in one city is marked as printed by the source
-- level: error
-- why: A count from 1 to 10 in one place and age band could point at a child.
-- mend: Leave the row out, or write source_printed into disclosure where the source itself printed the count.
-- message: {number} {unit} in {place_id} are few enough to be recognised.
-- example: {"table": "reported_values", "row": "KH021", "set": {"low": "3", "high": "3", "qualifier": "exact"}}
-- mended: {"low": "0", "high": "0", "qualifier": "none_found"}
SELECT 'data/reported_values.csv' AS file, v.line, 'disclosure' AS field, v.disclosure AS value,
    coalesce(v.high, v.low) AS number, i.unit, v.place_id
FROM reported_values v
JOIN indicators i USING (indicator_id)
JOIN places p USING (place_id)
WHERE i.kind = 'count' AND i.unit IN ('people', 'families') AND coalesce(v.high, v.low) BETWEEN 1 AND 10
    AND p.level IN ('city', 'study_area') AND v.disclosure IS NULL
