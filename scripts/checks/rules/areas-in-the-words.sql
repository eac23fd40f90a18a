-- title: As many cities, provinces or countries as the words say are in the place
-- level: warning
-- why: A study of three cities that our words call two is read as another study.
-- mend: Count the cities, provinces or countries of the place, and correct the words or the place. Where both are right, record the row in data/exceptions.csv with its reason.
-- message: {key}: the {field} says “{shown}”, but {state}.
-- except: yes
-- example: {"table": "places", "row": "cambodia-five-provinces", "set": {"note": "The capital and five provinces, mapped first. Wider than the three cities of the venue studies."}}
-- mended: {"note": "The capital and four provinces, mapped first. Wider than the three cities of the venue studies."}
-- says: {"table": "places", "row": "cambodia-five-provinces", "field": "note", "value": "The capital and five provinces, mapped first. Wider than the three cities of the venue studies.", "message": "cambodia-five-provinces: the note says “five provinces”, but its name has 5 parts."}
WITH sizes AS (
    SELECT w.*, p.line, p.note, p.parent_id, c.level = 'country' AS in_one_country, lower(concat_ws(' ', replace(w.place_id, '-', ' '), w.name, p.note)) AS words,
        CASE WHEN w.level = 'city' THEN 1 WHEN w.level = 'area_set' AND NOT regexp_matches(w.name, '[0-9]|(?i)\b(?:two|three|four|five|six|seven|eight|nine|ten|other|places)\b') THEN nullif(len(string_split_regex(w.name, ', | and ')), 1) END AS parts
    FROM places_within w JOIN places p USING (place_id) LEFT JOIN places c ON c.place_id = w.country
), beside AS (
    SELECT study_id, string_agg(DISTINCT lower(v.scope_as_printed || ' ' || s.words), ' ') AS more, count(DISTINCT place_id) FILTER (s.level = 'city') AS cities FROM reported_values v JOIN sizes s USING (place_id) WHERE study_id IS NOT NULL GROUP BY study_id
), studied AS (SELECT t.*, s.parts, s.in_one_country, s.words, more, cities FROM studies t JOIN sizes s USING (place_id) LEFT JOIN beside USING (study_id)),
told AS (
    SELECT 'studies' AS table_name, line, study_id AS key, 'generalises_to' AS field, generalises_to AS value, generalises_to AS text, concat_ws(' ', words, lower(design_note)) AS base, more, [parts] AS parts, cities, in_one_country FROM studied
    UNION ALL SELECT 'studies', line, study_id, 'design_note', design_note, design_note, concat_ws(' ', words, lower(generalises_to)), more, [parts], cities, false FROM studied
    UNION ALL SELECT 'limitations', l.line, l.limitation_id, 'text', l.text, l.text, string_agg(concat_ws(' ', words, lower(t.generalises_to), lower(t.design_note)), ' '), string_agg(more, ' '), list(parts), max(cities), bool_and(in_one_country)
    FROM limitations l LEFT JOIN limitation_studies s USING (limitation_id) JOIN studied t ON t.study_id = coalesce(l.study_id, s.study_id) GROUP BY ALL
    UNION ALL SELECT 'links', l.line, concat_ws(' ', from_id, relation, to_id), 'reason', reason, unnest([{'text': reason, 'base': concat_ws(' ', one.words, two.words), 'more': lower(a.scope_as_printed || ' ' || b.scope_as_printed), 'parts': [one.parts, two.parts]},
        {'text': regexp_extract(reason, '^The first [^,;]*'), 'base': one.words, 'more': lower(a.scope_as_printed), 'parts': [one.parts]}], recursive := true), NULL, false
    FROM links l JOIN reported_values a ON a.value_id = l.from_id JOIN reported_values b ON b.value_id = l.to_id JOIN sizes one ON one.place_id = a.place_id JOIN sizes two ON two.place_id = b.place_id
), named AS (
    SELECT *, unnest(regexp_extract_all(lower(text), '\b(?:[a-z]+|[1-9][0-9]?) (?:cities|towns|countries|counties|provinces|districts)\b')) AS shown FROM told WHERE regexp_matches(text, '(?:cities|towns|countries|counties|provinces|districts)\b')
), numbered AS (
    SELECT named.*, split_part(shown, ' ', 2) AS noun, coalesce(w.value, TRY_CAST(split_part(shown, ' ', 1) AS DOUBLE)) AS number FROM named LEFT JOIN number_words w ON w.kind = 'number' AND w.word = split_part(shown, ' ', 1)
), judged AS (
    SELECT table_name, line, key, field, value, shown, CASE WHEN noun = 'countries' THEN 'its place lies in one country' ELSE 'its place is of another number' END AS state FROM numbered
    WHERE number > 1 AND CASE WHEN noun = 'countries' THEN in_one_country ELSE cities IS DISTINCT FROM number AND NOT list_contains(parts, number) AND NOT contains(concat_ws(' ', base, more), shown) AND NOT contains(concat_ws(' ', base, more), TRY_CAST(number AS BIGINT) || ' ' || noun)
        AND (noun <> 'districts' AND list_count(parts) > 0 OR regexp_matches(base, '\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|[1-9][0-9]?) ' || noun)) END
    UNION ALL SELECT 'places', line, place_id, 'note', note, regexp_extract(note, '[a-z0-9]+ (?:cities|towns|countries|counties|provinces|districts)'), 'its name has ' || parts || ' parts'
    FROM sizes JOIN number_words n ON n.kind = 'number' AND n.word = lower(regexp_extract(note, '^(?:The )?(?:capital and )?([A-Za-z]+) (?:cities|towns|countries|counties|provinces|districts)', 1))
    WHERE parts > 1 AND n.value + CASE WHEN contains(note, 'capital and ') THEN 1 ELSE 0 END <> parts AND NOT regexp_matches(split_part(note, '.', 1), ' and [A-Z]')
)
SELECT DISTINCT 'data/' || table_name || '.csv' AS file, line, field, value, key, shown, state FROM judged
-- breaks: [{"table": "studies", "row": "ktv-khm-2013", "set": {"generalises_to": "The hostesses who were interviewed in three areas of three cities. Their ages are no share under 18."}}]
-- says: {"table": "studies", "row": "ktv-khm-2013", "field": "generalises_to", "value": "The hostesses who were interviewed in three areas of three cities. Their ages are no share under 18.", "message": "ktv-khm-2013: the generalises_to says “three cities”, but its place is of another number."}
-- breaks: [{"table": "studies", "row": "network-samples-moz-2011", "set": {"design_note": "The abstract calls it respondent-driven sampling in two cities."}}]
-- says: {"table": "studies", "row": "network-samples-moz-2011", "field": "design_note", "value": "The abstract calls it respondent-driven sampling in two cities.", "message": "network-samples-moz-2011: the design_note says “two cities”, but its place is of another number."}
-- breaks: [{"table": "limitations", "row": "L15", "set": {"text": "The share is of people present in sampled venues of three countries. It is not a national rate and not a number of children."}}]
-- says: {"table": "limitations", "row": "L15", "field": "text", "value": "The share is of people present in sampled venues of three countries. It is not a national rate and not a number of children.", "message": "L15: the text says “three countries”, but its place lies in one country."}
-- breaks: [{"table": "links", "row": ["NORC-KEN-01", "not_comparable", "NORC-KEN-02"], "set": {"reason": "The first covers two counties, the second three."}}]
-- says: {"table": "links", "row": "NORC-KEN-01 not_comparable NORC-KEN-02", "field": "reason", "value": "The first covers two counties, the second three.", "message": "NORC-KEN-01 not_comparable NORC-KEN-02: the reason says “two counties”, but its place is of another number."}
-- passes: [{"table": "places", "row": "cambodia-five-provinces", "set": {"note": "The capital with some provinces. Two cities of it are in the venue studies."}}]
-- passes: [{"table": "studies", "row": "network-samples-moz-2011", "set": {"design_note": "The abstract speaks of a second visit and of 20 districts."}}]
-- passes: [{"table": "studies", "row": "ktv-khm-2013", "set": {"generalises_to": "The hostesses who were interviewed, in 3 areas of a city."}}]
