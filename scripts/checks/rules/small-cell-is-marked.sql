-- title: A small count in one city, and no other number, is marked as printed by the source
-- level: error
-- why: A count from 1 to 10 in one place and age band could point at a child.
-- mend: Leave the row out, or write source_printed into disclosure where the source itself printed the count.
-- message: {number} {unit} in {place_id} are {said} to be recognised.
-- example: {"table": "reported_values", "row": "KH021", "set": {"low": "3", "high": "3", "qualifier": "exact"}}
-- mended: {"low": "0", "high": "0", "qualifier": "none_found"}
-- says: ["reported_values", "KH021", "disclosure"]
SELECT 'data/reported_values.csv' AS file, v.line, 'disclosure' AS field, v.disclosure AS value,
    coalesce(v.high, v.low) AS number, i.unit, v.place_id, CASE WHEN v.disclosure IS NULL THEN 'few enough' ELSE 'too many' END AS said
FROM reported_values v
JOIN indicators i USING (indicator_id)
JOIN places p USING (place_id)
WHERE i.kind = 'count' AND i.unit IN ('people', 'families') AND coalesce(v.high, v.low) BETWEEN 1 AND 10
    AND p.level IN ('city', 'study_area') AND v.disclosure IS NULL
    OR v.disclosure IS NOT NULL AND coalesce(v.high, v.low) > 10
-- breaks: [{"table": "reported_values", "row": "KH290-c", "set": {"disclosure": ""}}]
-- says: ["reported_values", "KH290-c", "disclosure"]
-- breaks: [{"table": "reported_values", "row": "KH297-a", "set": {"disclosure": "", "low": "1", "high": "1"}}]
-- says: ["reported_values", "KH297-a", "disclosure"]
-- breaks: [{"table": "reported_values", "row": "KH021", "set": {"low": "3", "high": "", "qualifier": "at_least"}}]
-- says: ["reported_values", "KH021", "disclosure"]
-- breaks: [{"table": "reported_values", "row": "KH021", "set": {"low": "2", "high": "2", "indicator_id": "families-counted"}}]
-- says: ["reported_values", "KH021", "disclosure"]
-- passes: [{"table": "reported_values", "row": "KH021", "set": {"indicator_id": "cases-recorded", "low": "3", "high": "3"}}]
-- passes: [{"table": "reported_values", "row": "KH021", "set": {"low": "3", "high": "3", "disclosure": "source_printed"}}, {"table": "reported_values", "row": "KH009", "set": {"high": "3"}}]
-- passes: [{"table": "reported_values", "row": "KH021", "set": {"low": "11", "high": "11"}}]
-- passes: [{"table": "reported_values", "row": "KH021", "set": {"low": "", "high": "11"}}]
-- breaks: [{"table": "reported_values", "row": "KH045", "set": {"disclosure": "source_printed"}}]
-- says: ["reported_values", "KH045", "disclosure"]
-- passes: [{"table": "reported_values", "row": "KH021", "set": {"low": "11", "high": ""}}]
