-- title: Figures that are compared share topic, indicator, place, weighting, sex, age band and kind of denominator
-- level: error
-- why: Shares of different kinds of people, a share and a count, or two age bands do not make a change.
-- fix: Link two main mentions of one indicator, place, age band and sex, or write [not_comparable].
-- message: {value} and {other} differ in {what}: {has} and {expected}.
-- example: {"table": "links", "row": ["KH043", "comparable", "KH018"], "set": {"to_id": "KH009"}}
-- fixed: {"to_id": "KH018"}
-- says: ["links", "KH043 comparable KH009", "from_id"]
WITH pairs AS (
    SELECT line, from_id AS one, to_id AS other, relation = 'comparable' AS wholly FROM links
    WHERE relation IN ('comparable', 'same_by_other_method')
    UNION ALL SELECT a.line, a.from_id, b.from_id, true FROM links a JOIN links b USING (to_id)
    WHERE a.relation = 'earlier_end_of' AND b.relation = 'later_end_of'
), told AS (
    SELECT p.line, p.one, p.other, unnest([
        {'what': 'topic', 'has': a.topic, 'expected': b.topic, 'wrong': a.topic <> b.topic},
        {'what': 'the kind of base', 'has': a.population_kind, 'expected': b.population_kind, 'wrong': a.population_kind <> b.population_kind},
        {'what': 'indicator', 'has': a.indicator_id, 'expected': b.indicator_id, 'wrong': wholly AND a.indicator_id <> b.indicator_id},
        {'what': 'place', 'has': a.place_id, 'expected': b.place_id, 'wrong': wholly AND a.place_id <> b.place_id},
        {'what': 'weighting', 'has': a.weighted, 'expected': b.weighted,
            'wrong': wholly AND a.weighted <> b.weighted AND 'unknown' NOT IN (a.weighted, b.weighted)},
        {'what': 'sex', 'has': a.sex, 'expected': b.sex, 'wrong': wholly AND a.sex <> b.sex AND 'not_stated' NOT IN (a.sex, b.sex)},
        {'what': 'age band', 'has': concat(a.age_min, '–', a.age_max), 'expected': concat(b.age_min, '–', b.age_max),
            'wrong': wholly AND (a.age_min IS DISTINCT FROM b.age_min OR a.age_max IS DISTINCT FROM b.age_max)}
    ]) AS cell
    FROM pairs p JOIN all_readings a ON a.value_id = p.one JOIN all_readings b ON b.value_id = p.other
)
SELECT 'data/links.csv' AS file, line, 'from_id' AS field, one AS value, other, cell.what, cell.has, cell.expected
FROM told
WHERE cell.wrong
QUALIFY row_number() OVER (PARTITION BY line, one, other) = 1
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"weighted": "no", "place_id": "cambodia"}}]
-- says: ["links", "KH038 earlier_end_of KH022", "from_id"]
-- passes: [{"table": "reported_values", "row": "KH043", "set": {"weighted": "yes", "sex": "male", "population_id": "venue-available"}}]
