-- title: Unit, kind, direction and name of an indicator say the same
-- level: error
-- why: A share counted in people, or a rise that is called a fall, turns every figure that uses it.
-- mend: Correct unit, kind or direction, or the name.
-- message: {indicator_id} is “{name}”, of the kind {kind}, but its {field} is {shown}.
-- except: yes
-- example: {"table": "indicators", "row": "share-in-age-band", "set": {"unit": "people"}}
-- mended: {"unit": "percent"}
-- says: ["indicators", "share-in-age-band", "unit"]
WITH judged AS (
    SELECT *, lower(name) AS words, regexp_matches(lower(name), '^share|share$| share|response to a survey') AS is_share, CASE
        WHEN kind IN ('share', 'change') AND (kind = 'share' OR name ILIKE '%share%' OR regexp_matches(name, '^(?:Fall|Rise)')) AND unit <> 'percent' THEN 'unit'
        WHEN kind = 'count' AND unit IN ('percent', 'ratio', 'years', 'rank') THEN 'unit'
        WHEN kind = 'measure' AND regexp_matches(name, '(?i)\bage\b') AND NOT regexp_matches(name, '(?i)\bages\b.*image|share') AND unit <> 'years' THEN 'unit'
        WHEN kind <> 'change' AND direction IS NOT NULL THEN 'direction'
        WHEN kind = 'change' AND direction = 'rise' AND regexp_matches(name, '(?i)\b(?:fall|fewer|less)\b') THEN 'direction'
        WHEN kind = 'change' AND direction = 'fall' AND regexp_matches(name, '(?i)\b(?:rise|more)\b') THEN 'direction'
        WHEN regexp_matches(name, '(?i)^share') AND kind <> 'share' AND NOT regexp_matches(name, '(?i)variation') THEN 'kind'
        WHEN regexp_matches(name, '(?i)^(?:fall|rise) ') AND kind <> 'change' THEN 'kind'
        WHEN regexp_matches(definition, '^Number of ') AND kind NOT IN ('count', 'measure', 'change') THEN 'kind'
        WHEN kind = 'count' AND regexp_matches(definition, '^Share of ') THEN 'kind'
        WHEN kind = 'count' AND regexp_matches(lower(definition), '^number of (people|children|women|girls|boys|victims|suspects|migrants|vulnerable people|stated people|young people|participants|observers)') AND unit <> 'people' THEN 'unit'
        WHEN kind = 'count' AND regexp_matches(lower(definition), '^number of (cases)') AND unit NOT IN ('cases', 'items') THEN 'unit'
        WHEN kind = 'count' AND regexp_matches(lower(definition), '^number of (?:listed |the listed )?(?:venues)') AND unit <> 'venues' THEN 'unit'
        END AS field
    FROM indicators
)
SELECT 'data/indicators.csv' AS file, line, field, CASE field WHEN 'unit' THEN unit WHEN 'kind' THEN kind ELSE direction END AS value, value AS shown, indicator_id, name, kind
FROM judged
WHERE field IS NOT NULL
-- breaks: [{"table": "indicators", "row": "fall-of-share", "set": {"direction": "rise"}}]
-- says: ["indicators", "fall-of-share", "direction"]
-- breaks: [{"table": "indicators", "row": "people-observed", "set": {"unit": "cases"}}]
-- says: ["indicators", "people-observed", "unit"]
-- passes: [{"table": "indicators", "row": "share-in-age-band", "set": {"name": "Part in the age band"}}]
