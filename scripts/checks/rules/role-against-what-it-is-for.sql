-- title: A featured row is the one that its role is described for
-- level: error
-- why: A page that speaks of 2015 would show the figure of 2012.
-- mend: Name the row that the words describe, or correct the words.
-- message: The words ask for {wanted}, and {value} {has}.
-- except: yes
-- example: {"table": "featured", "row": "share-under-18-later", "set": {"value_id": "KH038"}}
-- mended: {"value_id": "KH010"}
-- says: ["featured", "share-under-18-later", "value_id"]
WITH rows_of AS (
    SELECT f.line, f.role, coalesce(f.value_id, f.study_id) AS value, CASE WHEN f.value_id IS NULL THEN 'study_id' ELSE 'value_id' END AS field, lower(f.what_for) AS words, f.kind,
        coalesce(v.from_year, try_cast(left(t.fieldwork, 4) AS INTEGER)) AS from_year, coalesce(v.to_year, try_cast(left(split_part(t.fieldwork, '/', -1), 4) AS INTEGER)) AS to_year, v.age_max, v.indicator_id, v.place_name, v.printing_of, v.qualifier, v.unit, v.kind AS its_kind, v.sex,
        list_transform(regexp_extract_all(f.what_for, '\b(?:19|20)[0-9]{2}\b'), lambda one: try_cast(one AS INTEGER)) AS years, w.name AS its_place,
        (SELECT bool_or(list_contains(w.within, q.place_id) OR contains(w.name, q.name)) FROM places q WHERE q.level <> 'country' AND contains(f.what_for, q.name)) AS held
    FROM featured f LEFT JOIN all_readings v ON v.value_id = f.value_id LEFT JOIN studies t ON t.study_id = f.study_id LEFT JOIN places_within w ON w.place_id = coalesce(v.place_id, t.place_id)
), judged AS (
    SELECT *, CASE
        WHEN NOT held THEN ['another place', 'is of ' || its_place]
        WHEN len(years) > 0 AND from_year IS NOT NULL AND NOT list_contains(list_slice(years, 1, 1), from_year) AND NOT list_contains(list_slice(years, 1, 1), to_year) THEN [years[1]::VARCHAR, 'is of ' || from_year]
        WHEN regexp_matches(words, 'under 1[0-9]') AND age_max IS NOT NULL AND age_max <> try_cast(regexp_extract(words, 'under (1[0-9])', 1) AS INTEGER) - 1 THEN [regexp_extract(words, 'under 1[0-9]'), 'has the oldest age ' || age_max]
        WHEN regexp_matches(words, 'under 1[0-9]') AND value IS NOT NULL AND field = 'value_id' AND age_max IS NULL THEN [regexp_extract(words, 'under 1[0-9]'), 'has no oldest age']
        WHEN regexp_matches(words, 'in sihanoukville|in one city') AND field = 'value_id' AND place_name <> 'Sihanoukville' THEN ['Sihanoukville', 'is of ' || place_name]
        WHEN regexp_matches(words, 'another (?:population|newspaper)|as it was first printed') AND field = 'value_id' AND printing_of IS NULL AND NOT regexp_matches(words, 'age') THEN ['another printing', 'is a root']
        WHEN regexp_matches(words, 'how many people') AND NOT regexp_matches(words, 'judged|under') AND field = 'value_id' AND (age_max IS NOT NULL OR unit <> 'people') THEN ['a number of people of all ages', 'is not that']
        WHEN regexp_matches(words, 'fall of the number') AND indicator_id <> 'fall-of-count' THEN ['the fall of a number', 'is ' || indicator_id]
        WHEN regexp_matches(words, 'fall of the share') AND indicator_id <> 'fall-of-share' THEN ['the fall of a share', 'is ' || indicator_id]
        WHEN regexp_matches(words, 'between the waves') AND place_name IS NOT NULL AND place_name = 'Phnom Penh' THEN ['the fall between the waves', 'is of one city']
        WHEN regexp_matches(words, 'none found|rules out|what it rules') AND field = 'value_id' AND qualifier <> 'none_found' THEN ['none found', 'is ' || qualifier]
        WHEN regexp_matches(words, '\bvenues of\b') AND field = 'study_id' AND from_year IS NULL THEN ['a study of venues', 'has no fieldwork']
        END AS fault
    FROM rows_of
)
SELECT 'data/featured.csv' AS file, line, field, value, fault[1] AS wanted, fault[2] AS has
FROM judged
WHERE fault IS NOT NULL
UNION ALL
SELECT 'data/featured.csv', line, 'quote_for', quote_for, '“' || what_for || '”', 'is another question' FROM featured
WHERE quote_for IN ('early_2000s', 'the_fall') AND NOT contains(lower(what_for), replace(quote_for, '_', ' ')) OR quote_for = 'after_2015' AND NOT regexp_matches(lower(what_for), 'later|after|since|repeat')
-- breaks: [{"table": "featured", "row": "venue-study-later", "set": {"study_id": "ijm-khm-2012"}}]
-- says: ["featured", "venue-study-later", "study_id"]
-- breaks: [{"table": "featured", "row": "same-method-elsewhere", "set": {"study_id": "ijm-phl-cebu-2010"}}]
-- says: ["featured", "same-method-elsewhere", "study_id"]
-- breaks: [{"table": "featured", "row": "fall-of-the-count-as-printed", "set": {"quote_for": "early_2000s"}}]
-- says: ["featured", "fall-of-the-count-as-printed", "quote_for"]
-- breaks: [{"table": "featured", "row": "share-before-the-studies", "set": {"quote_for": "after_2015"}}]
-- says: ["featured", "share-before-the-studies", "quote_for"]
-- passes: [{"table": "featured", "row": "share-under-18-later", "set": {"what_for": "The share judged under 18: the first figure of the site, and the example of how to cite."}}]
