-- title: A small count in one city is marked as printed by the source, and no other number is
-- level: error
-- why: A count of so few in one place and age band could point at a child.
-- fix: Leave the row out, or write [source_printed] into [disclosure] where the source itself reported the count.
-- message: {number} {unit} in {place_id} are few enough to be recognised.
-- example: {"table": "reported_values", "row": "KH021", "set": {"low": "3", "high": "3", "qualifier": "exact"}}
-- fixed: {"low": "0", "high": "0", "qualifier": "none_found"}
-- says: ["reported_values", "KH021", "disclosure"]
SELECT 'data/reported_values.csv' AS file, line, 'disclosure' AS field, disclosure AS value, coalesce(high, low) AS number,
    unit, place_id, CASE WHEN disclosure IS NOT NULL THEN '{number} {unit} in {place_id} are too many to be recognised.' END AS says
FROM all_readings
WHERE CASE WHEN disclosure IS NOT NULL THEN number >= getvariable('enough_people')
    ELSE number > 0 AND number < getvariable('enough_people') AND kind = 'count' AND unit IN ('people', 'families')
    AND place_level IN ('city', 'study_area')
    AND NOT regexp_full_match(printed, '\D*[0-9]+([.,][0-9]+)?\s*(%|per ?cent)\D*') END -- a share entered as a count is a different mistake
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"disclosure": "source_printed", "high": "11"}}]
-- says: ["reported_values", "KH010", "disclosure"]
-- passes: [{"table": "reported_values", "row": "KH021", "set": {"low": "", "high": "11"}}, {"table": "reported_values", "row": "KH021", "set": {"printed": "3 %", "low": "3", "high": "3", "qualifier": "exact"}}]
