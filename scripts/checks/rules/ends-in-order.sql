-- title: The ends of a change have its periods, its place and its direction
-- level: error
-- why: With its ends exchanged a fall is a rise.
-- mend: Exchange the two links, or correct the period, the place or the indicator.
-- message: {value} is the {role} end of {change}, but {fault}.
-- except: yes
-- example: {"table": "links", "row": ["KH010", "later_end_of", "KH022"], "set": {"from_id": "KH043"}}
-- mended: {"from_id": "KH010"}
-- says: ["links", "KH043 later_end_of KH022", "from_id"]
-- says: ["links", "KH043 later_end_of KH022", "from_id"]
WITH faults AS (
    SELECT l.line, l.from_id AS value, replace(l.relation, '_end_of', '') AS role, change.value_id AS change, CASE
        WHEN change.kind = 'share' THEN 'that is no change'
        WHEN contains(change.indicator_id, '-of-count') AND one.kind = 'share' THEN 'it is a share, and the change is that of a count'
        WHEN contains(change.indicator_id, '-of-share') AND one.kind = 'count' THEN 'it is a count, and the change is that of a share'
        WHEN l.relation = 'earlier_end_of' AND one.from_year > change.from_year + 0 AND one.from_year <> change.from_year THEN 'its period is ' || one.period || ' and the change starts in ' || change.from_year
        WHEN l.relation = 'earlier_end_of' AND one.to_year < change.from_year THEN 'its period is ' || one.period || ' and the change starts in ' || change.from_year
        WHEN l.relation = 'later_end_of' AND (one.to_year <> change.to_year) THEN 'its period is ' || one.period || ' and the change ends in ' || change.to_year
        WHEN NOT (one.place_id = change.place_id) THEN 'its place is ' || one.place_id || ' and that of the change is ' || change.place_id
        WHEN one.age_max IS DISTINCT FROM change.age_max THEN 'its ages are not those of the change'
        WHEN one.sex <> change.sex AND 'not_stated' NOT IN (one.sex, change.sex) THEN 'its sex is ' || one.sex
        WHEN one.base_kind <> change.base_kind THEN 'it counts other people'
        WHEN length(change.period) > 9 AND l.relation = 'later_end_of' AND right(one.period, 7) <> right(change.period, 7) THEN 'its period is ' || one.period
        WHEN length(change.period) > 9 AND l.relation = 'earlier_end_of' AND left(one.period, 7) <> left(change.period, 7) THEN 'its period is ' || one.period
        END AS fault
    FROM links l JOIN all_readings one ON one.value_id = l.from_id JOIN all_readings change ON change.value_id = l.to_id
    WHERE l.relation IN ('earlier_end_of', 'later_end_of')
    UNION ALL
    SELECT b.line, b.from_id, 'later', change.value_id, CASE
        WHEN earlier.from_year >= later.from_year AND earlier.period >= later.period THEN 'it is not later than the earlier end ' || earlier.value_id
        WHEN change.direction = 'fall' AND later.low > earlier.high THEN 'it lies above the earlier end, and a fall is said'
        WHEN change.direction = 'rise' AND later.high < earlier.low THEN 'it lies below the earlier end, and a rise is said'
        WHEN change.unit <> 'percent' AND earlier.low = earlier.high AND later.low = later.high AND change.low <> abs(later.low - earlier.low) THEN 'the difference of the two is ' || try_cast(abs(later.low - earlier.low) AS BIGINT)
        WHEN change.unit = 'percent' AND change.qualifier = 'exact' AND earlier.low = earlier.high AND later.low = later.high
            AND abs(100 * abs(later.low - earlier.low) / earlier.low - change.low) > 1.5 THEN 'the change between the two is ' || round(100 * abs(later.low - earlier.low) / earlier.low, 1) || ' percent, not ' || change.low
        END
    FROM links a JOIN links b ON a.to_id = b.to_id AND a.relation = 'earlier_end_of' AND b.relation = 'later_end_of'
    JOIN all_readings change ON change.value_id = a.to_id JOIN all_readings earlier ON earlier.value_id = a.from_id
    JOIN all_readings later ON later.value_id = b.from_id
)
SELECT 'data/links.csv' AS file, line, 'from_id' AS field, value, role, change, fault
FROM faults
WHERE fault IS NOT NULL
-- breaks: [{"table": "reported_values", "row": "KH022", "set": {"indicator_id": "rise-of-count"}}]
-- says: ["links", "KH010 later_end_of KH022", "from_id"]
-- says: ["links", "KH010 later_end_of KH022", "from_id"]
-- says: ["links", "KH038 earlier_end_of KH022", "from_id"]
-- breaks: [{"table": "reported_values", "row": "KH034", "set": {"period": "2016"}}]
-- says: ["links", "KH007 later_end_of KH023", "from_id"]
-- says: ["links", "KH034 earlier_end_of KH023", "from_id"]
-- breaks: [{"table": "reported_values", "row": "KH022", "set": {"low": "37", "high": "37", "printed": "37 percent"}}]
-- says: ["links", "KH010 later_end_of KH022", "from_id"]
-- breaks: [{"table": "reported_values", "row": "IJM-DOM-05", "set": {"indicator_id": "fall-of-count"}}]
-- says: ["links", "IJM-DOM-03 earlier_end_of IJM-DOM-05", "from_id"]
-- says: ["links", "IJM-DOM-04 later_end_of IJM-DOM-05", "from_id"]
-- breaks: [{"table": "reported_values", "row": "E2-125", "set": {"indicator_id": "fall-of-share"}}]
-- says: ["links", "E2-020 earlier_end_of E2-125", "from_id"]
-- says: ["links", "E2-124-b later_end_of E2-125", "from_id"]
-- breaks: [{"table": "reported_values", "row": "E2-124-b", "set": {"printed": "256", "low": "256", "high": "256"}}]
-- says: ["links", "E2-124-b later_end_of E2-125", "from_id"]
-- passes: [{"table": "reported_values", "row": "KH034", "set": {"period": "2012-11"}}]
