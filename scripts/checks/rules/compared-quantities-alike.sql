-- title: Only like is linked as comparable
-- level: error
-- why: A share and a count, or a weighted and an unweighted share, make no change.
-- mend: Link two roots of one indicator, unit and age band, or remove the link.
-- message: {value} and {other} differ in {what}.
-- example: {"table": "links", "row": ["KH043", "comparable", "KH018"], "set": {"to_id": "KH009"}}
-- mended: {"to_id": "KH018"}
-- says: ["links", "KH043 comparable KH009", "from_id"]
WITH pairs AS (
    SELECT line, from_id AS earlier, to_id AS later FROM links WHERE relation = 'comparable'
    UNION ALL
    SELECT a.line, a.from_id, b.from_id
    FROM links a JOIN links b ON a.to_id = b.to_id
    WHERE a.relation = 'earlier_end_of' AND b.relation = 'later_end_of'
)
SELECT 'data/links.csv' AS file, p.line, 'from_id' AS field, p.earlier AS value, p.later AS other,
    CASE WHEN e.indicator_id <> l.indicator_id THEN 'indicator'
         WHEN e.weighted <> l.weighted THEN 'weighting'
         WHEN e.place_id <> l.place_id THEN 'place'
         WHEN e.sex <> l.sex THEN 'sex' ELSE 'age band' END AS what
FROM pairs p
JOIN reported_values e ON e.value_id = p.earlier
JOIN reported_values l ON l.value_id = p.later
WHERE e.indicator_id <> l.indicator_id OR e.weighted <> l.weighted OR e.place_id <> l.place_id
    OR (e.sex <> l.sex AND 'not_stated' NOT IN (e.sex, l.sex))
    OR e.age_min IS DISTINCT FROM l.age_min OR e.age_max IS DISTINCT FROM l.age_max
-- breaks: [{"table": "reported_values", "row": "KH043", "set": {"sex": "male"}}, {"table": "reported_values", "row": "KH018", "set": {"sex": "female"}}]
-- says: ["links", "KH043 comparable KH018", "from_id"]
-- breaks: [{"table": "reported_values", "row": "KH038", "set": {"weighted": "yes"}}]
-- says: ["links", "KH038 earlier_end_of KH022", "from_id"]
-- breaks: [{"table": "reported_values", "row": "KH043", "set": {"weighted": "yes"}}]
-- says: ["links", "KH043 comparable KH018", "from_id"]
-- breaks: [{"table": "reported_values", "row": "KH043", "set": {"place_id": "cambodia"}}]
-- says: ["links", "KH043 comparable KH018", "from_id"]
-- breaks: [{"table": "reported_values", "row": "KH043", "set": {"age_max": "13"}}]
-- says: ["links", "KH043 comparable KH018", "from_id"]
-- breaks: [{"table": "reported_values", "row": "KH043", "set": {"age_min": "", "age_min_reason": "not_read"}}]
-- says: ["links", "KH043 comparable KH018", "from_id"]
-- breaks: [{"table": "reported_values", "row": "KH043", "set": {"age_max": "", "age_max_reason": "not_read"}}]
-- says: ["links", "KH043 comparable KH018", "from_id"]
-- passes: [{"table": "reported_values", "row": "KH024", "set": {"weighted": "yes"}}]
-- passes: [{"table": "reported_values", "row": "KH043", "set": {"place_id": "cambodia"}}, {"table": "links", "row": ["KH043", "comparable"], "set": {"relation": "not_comparable"}}]
