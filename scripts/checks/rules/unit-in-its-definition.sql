-- title: A unit, a value and a number of places are those that their own names tell
-- level: error
-- why: A share under the unit of a count is drawn on the wrong axis.
-- mend: Correct the cell, or the name, the definition or the id.
-- message: {key}: the {field} is {value}, but {state}.
-- except: yes
-- example: {"table": "indicators", "row": "boys-per-girl", "set": {"unit": "percent"}}
-- mended: {"unit": "ratio"}
-- says: ["indicators", "boys-per-girl", "unit"]
WITH sets AS (
    SELECT *, list_position(['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'], regexp_extract(place_id, '\b(?:two|three|four|five|six|seven|eight|nine|ten)\b')) AS told, len(string_split_regex(name, ', | and ')) AS parts FROM places WHERE level = 'area_set'
), judged AS (
    SELECT 'indicators' AS table_name, line, indicator_id AS key, 'unit' AS field, unit AS value, 'its definition begins with “' || split_part(definition, ' ', 1) || ' of”' AS state FROM indicators
    WHERE regexp_matches(definition, '^(?:Number|Rank|Count) of') AND unit = 'percent' OR regexp_matches(definition, '^(?:Share|Percentage) of') AND unit <> 'percent'
    UNION ALL SELECT 'indicators', line, indicator_id, 'kind', kind, 'its definition begins with “Share of”' FROM indicators WHERE kind = 'measure' AND starts_with(definition, 'Share of ')
    UNION ALL SELECT 'indicators', line, indicator_id, 'unit', unit, 'its definition speaks of no ' || unit FROM indicators
    WHERE unit IN ('families', 'venues', 'institutions', 'settlements', 'cases', 'countries', 'convictions', 'reports') AND NOT contains(lower(name || definition), left(unit, 5))
    UNION ALL SELECT 'indicators', line, indicator_id, 'unit', unit, 'its definition counts ' || counted FROM (SELECT *, regexp_extract(definition, '^(?:Number|Count) of ([a-z]+)[ .](?:$|[^,])', 1) AS counted FROM indicators) AS one
    WHERE counted <> unit AND counted IN ('people', 'cases', 'reports', 'items', 'venues', 'institutions', 'organisations', 'families', 'settlements', 'countries', 'areas') AND kind = 'count' AND NOT regexp_matches(split_part(definition, '.', 1), '\b(?:or|per|for each|for one)\b')
    UNION ALL SELECT 'assumptions', line, assumption_id, 'value', regexp_replace(value::VARCHAR, '[.]0$', ''), 'its id ends with ' || regexp_extract(assumption_id, '[0-9.]+$') FROM assumptions
    WHERE basis = 'scenario' AND fact_id IS NULL AND try_cast(regexp_extract(assumption_id, '-([0-9]+(?:[.][0-9]+)?)$', 1) AS DOUBLE) <> value
    UNION ALL SELECT 'places', line, place_id, 'name', name, 'its id says that there are ' || told FROM sets WHERE parts > 1 AND parts <> told AND NOT regexp_matches(name, 'other|places')
)
SELECT 'data/' || table_name || '.csv' AS file, line, field, value, key, state
FROM judged
-- breaks: [{"table": "indicators", "row": "settlements-counted", "set": {"unit": "families"}}]
-- says: ["indicators", "settlements-counted", "unit"]
-- breaks: [{"table": "assumptions", "row": "city-n-0300", "set": {"value": "3000"}}]
-- says: ["assumptions", "city-n-0300", "value"]
-- breaks: [{"table": "places", "row": "cambodia-five-provinces", "set": {"name": "Phnom Penh, Siem Reap, Battambang and Kandal"}}]
-- says: ["places", "cambodia-five-provinces", "name"]
-- breaks: [{"table": "indicators", "row": "families-counted", "set": {"unit": "people"}}]
-- says: ["indicators", "families-counted", "unit"]
-- breaks: [{"table": "indicators", "row": "recalled-share", "set": {"kind": "measure"}}]
-- says: ["indicators", "recalled-share", "kind"]
-- breaks: [{"table": "indicators", "row": "items-removed", "set": {"unit": "reports"}}]
-- says: ["indicators", "items-removed", "unit"]
-- passes: [{"table": "indicators", "row": "boys-per-girl", "set": {"definition": "Boys for each girl.", "unit": "percent"}}]
