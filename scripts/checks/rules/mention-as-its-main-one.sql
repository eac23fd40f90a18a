-- title: A mention has the indicator, study and topic of its main mention, and no different place
-- level: error
-- why: A share and a count, or the figures of two cities, are never mentions of one quantity.
-- fix: Correct the [cell], or leave [mention_of] blank and link the row.
-- message: The mention has {shown}, and {main}, which it restates, has {expected}.
-- example: {"table": "reported_values", "row": "KH042", "set": {"indicator_id": "fall-of-share"}}
-- fixed: {"indicator_id": "share-in-age-band"}
-- says: ["reported_values", "KH042", "indicator_id"]
WITH told AS (
    SELECT p.line, r.value_id AS main, p.indicator_id <> r.indicator_id AS by_indicator, p.study_id IS DISTINCT FROM r.study_id AS by_study,
        p.topic <> r.topic AS by_topic, p.country <> r.country AND [p.country, r.country] <@ countries.ids
            OR p.place_id <> r.place_id AND p.place_level = r.place_level AND r.place_level IN ('city', 'province')
            AS by_place, -- a wider place, or a set of places, may mean the same one
        unnest([
            {'field': 'indicator_id', 'has': p.indicator_id, 'main': r.indicator_id, 'wrong': by_indicator},
            {'field': 'study_id', 'has': p.study_id, 'main': r.study_id, 'wrong': by_study},
            {'field': 'topic', 'has': p.topic, 'main': r.topic, 'wrong': by_topic},
            {'field': 'place_id', 'has': p.place_id, 'main': r.place_id, 'wrong': by_place}
        ]) AS cell
    FROM all_readings p JOIN roots r ON r.value_id = p.mention_of,
        (SELECT list(place_id) AS ids FROM places WHERE level = 'country') AS countries
    WHERE by_indicator OR by_study OR by_topic OR by_place
)
SELECT 'data/reported_values.csv' AS file, line, cell.field, cell.has AS value, main, coalesce(cell.has, 'none') AS shown,
    coalesce(cell.main, 'none') AS expected
FROM told
WHERE cell.wrong
-- breaks: [{"table": "reported_values", "row": "KH042", "set": {"place_id": "kampala", "topic": "response"}}]
-- says: ["reported_values", "KH042", "place_id"]
-- says: ["reported_values", "KH042", "topic"]
-- passes: [{"table": "reported_values", "row": "KH042", "set": {"place_id": "phnom-penh"}}]
