-- title: As many cities, provinces or countries as the words say are in the place
-- level: warning
-- why: A study of three cities that our words call two is read as another study.
-- mend: Count the cities, provinces or countries of the place, and correct the words or the place. Where both are right, record the row in data/exceptions.csv with its reason.
-- message: {key}: the {field} says “{shown}”, but {state}.
-- except: yes
-- example: {"table": "places", "row": "cambodia-five-provinces", "set": {"note": "The capital and five provinces, mapped first. Wider than the three cities of the venue studies."}}
-- mended: {"note": "The capital and four provinces, mapped first. Wider than the three cities of the venue studies."}
-- says: ["places", "cambodia-five-provinces", "note"]
WITH sizes AS (
    SELECT place_id, line, note, level IN ('country', 'province', 'district', 'city') AS in_one_country, lower(concat_ws(' ', replace(place_id, '-', ' '), name, note)) AS words,
        CASE WHEN level = 'city' THEN 1 WHEN level = 'area_set' AND NOT regexp_matches(name, '[0-9]|(?i)\b(?:two|three|four|five|six|seven|eight|nine|ten|other|places)\b') THEN nullif(len(string_split_regex(name, ', | and ')), 1) END AS parts
    FROM places
), told AS (
    SELECT 'studies' AS table_name, t.line, study_id AS key, [parts] AS parts, in_one_country, unnest([{'field': 'generalises_to', 'value': generalises_to, 'text': generalises_to, 'base': words || ' ' || lower(coalesce(design_note, ''))}, {'field': 'design_note', 'value': design_note, 'text': design_note, 'base': words || ' ' || lower(generalises_to)}], recursive := true) FROM studies t JOIN sizes USING (place_id)
    UNION ALL SELECT 'links', l.line, concat_ws(' ', from_id, relation, to_id), list(parts), false, 'reason', reason, CASE WHEN starts_with(reason, 'The first ') THEN regexp_extract(reason, '^[^,;]*') ELSE reason END, lower(string_agg(scope_as_printed || ' ' || words, ' '))
    FROM (SELECT line, from_id, relation, to_id, reason, unnest([from_id, to_id]) AS value_id FROM links WHERE regexp_matches(reason, '(?:cities|towns|counties|provinces|districts)\b')) AS l JOIN reported_values v USING (value_id) JOIN sizes USING (place_id)
    WHERE value_id = from_id OR NOT starts_with(reason, 'The first ') GROUP BY ALL
), judged AS (
    SELECT *, split_part(shown, ' ', -1) AS noun, list_position(['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'], split_part(shown, ' ', 1)) AS number
    FROM (SELECT *, unnest(regexp_extract_all(lower(text), '\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:cities|towns|countries|counties|provinces|districts)\b')) AS shown FROM told)
)
SELECT 'data/' || table_name || '.csv' AS file, line, field, value, key, shown, CASE WHEN noun = 'countries' THEN 'its place lies in one country' ELSE 'its place or its other words are of another number' END AS state FROM judged
WHERE CASE WHEN noun = 'countries' THEN in_one_country AND field = 'generalises_to' ELSE NOT list_contains(parts, number) AND NOT contains(base, shown) AND NOT contains(base, number || ' ' || noun) AND NOT regexp_matches(lower(text), '\bpilot|\bpre-?test')
    AND (noun <> 'districts' AND (list_max(parts) > 1 OR list_max(parts) = 1 AND field = 'generalises_to' AND noun IN ('cities', 'towns')) OR regexp_matches(base, '\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|[1-9][0-9]?) (?:cities|towns)') AND noun IN ('cities', 'towns') OR regexp_matches(base, '\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|[1-9][0-9]?) (?:counties|provinces|districts)') AND NOT noun IN ('cities', 'towns')) END
UNION ALL SELECT 'data/places.csv', line, 'note', note, place_id, regexp_extract(note, '[a-z]+ (?:cities|towns|countries|counties|provinces|districts)'), 'its name has ' || parts || ' parts'
FROM sizes WHERE parts > 1 AND list_position(['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'], lower(regexp_extract(note, '^(?:The )?(?:capital and )?([A-Za-z]+) (?:cities|towns|countries|counties|provinces|districts)', 1))) + CASE WHEN contains(note, 'capital and ') THEN 2 ELSE 1 END <> parts AND NOT regexp_matches(split_part(note, '.', 1), ' and [A-Z]')
-- breaks: [{"table": "studies", "row": "ktv-khm-2013", "set": {"generalises_to": "The hostesses who were interviewed in three areas of three cities. Their ages are no share under 18."}}]
-- says: ["studies", "ktv-khm-2013", "generalises_to"]
-- breaks: [{"table": "studies", "row": "network-samples-moz-2011", "set": {"design_note": "The abstract calls it respondent-driven sampling in two cities."}}]
-- says: ["studies", "network-samples-moz-2011", "design_note"]
-- says: ["studies", "network-samples-moz-2011", "generalises_to"]
-- breaks: [{"table": "studies", "row": "ijm-khm-2012", "set": {"generalises_to": "People present in sampled venues of three countries in one month. Not children in Cambodia, and not the country.", "place_id": "phnom-penh"}}]
-- says: ["studies", "ijm-khm-2012", "generalises_to"]
-- breaks: [{"table": "links", "row": ["NORC-KEN-01", "not_comparable", "NORC-KEN-02"], "set": {"reason": "The first covers two counties, the second three."}}]
-- says: ["links", "NORC-KEN-01 not_comparable NORC-KEN-02", "reason"]
-- passes: [{"table": "places", "row": "cambodia-five-provinces", "set": {"note": "The capital with some provinces. Two cities of it are in the venue studies."}}]
-- passes: [{"table": "studies", "row": "network-samples-moz-2011", "set": {"design_note": "The abstract speaks of a second visit and of 20 districts."}}]
-- passes: [{"table": "studies", "row": "ktv-khm-2013", "set": {"generalises_to": "The hostesses who were interviewed, in 3 areas of a city."}}]
-- passes: [{"table": "links", "row": ["KH024", "not_comparable", "KH022"], "set": {"reason": "One is the fall in three cities, the other in a village."}}, {"table": "links", "row": ["NORC-KEN-03", "comparable", "NORC-KEN-04"], "set": {"reason": "The page sets both years side by side for the same 2 counties."}}]
