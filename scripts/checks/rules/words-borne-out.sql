-- title: A number or a name in our words stands in a row that they rest on
-- level: warning
-- why: Words are written from readings, sources and studies. What none of them holds is most often a slip.
-- mend: Compare the words with the rows that they speak of, and correct the one that is wrong. Where the words are right, record the row in data/exceptions.csv with a reason that names what is quoted here.
-- message: “{shown}” {verb} in the {field}, and in no row that these words rest on.{advice}
-- except: yes
-- example: {"table": "limitations", "row": "L15", "set": {"text": "The share is of people present in sampled venues of four cities. It is not a national rate and not a number of children."}}
-- mended: {"text": "The share is of people present in sampled venues of three cities. It is not a national rate and not a number of children."}
-- says: ["limitations", "L15", "text"]
WITH told AS (
    SELECT w.row, s.file, s.line, s.field, s.value, lower(replace(w.words, s.value, ' ')) AS others
    FROM main.sentences s JOIN main.row_words w USING (file, line)
    WHERE s.file NOT IN ('data/exceptions.csv', 'data/corrections.csv', 'data/claims.csv', 'data/terms.csv', 'data/helplines.csv', 'data/helplines_compared.csv', 'data/organisations.csv', 'data/places.csv') AND (s.field NOT IN ('locator', 'fact_as_printed', 'publisher', 'creator', 'printed', 'period_as_printed', 'what_would_settle', 'interest', 'lookup') OR s.file = 'data/study_facts.csv' AND s.field = 'fact_as_printed') AND regexp_matches(s.value, '[0-9A-Z]')
), named AS (
    SELECT *, unnest(list_distinct(regexp_extract_all(value, '(?i)(?:^|[ (“])((?:aged [0-9]+(?: to |-)|under |tier |law of |that of )?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?(?: ?%| per ?cent)?)(?:st|nd|rd|th)?(?:$|[^0-9a-zA-Z])', 1))) AS shown, NULL AS stem, NULL AS month FROM told
    UNION ALL
    SELECT *, CASE shown WHEN 'May' THEN 'may 2' ELSE lower(left(shown, 5)) END, lpad(list_position(['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'], shown)::VARCHAR, 2, '0') FROM (SELECT *, unnest(list_distinct(regexp_extract_all(value, '[a-z0-9,;’)] (?:“)?([A-Z][A-Za-zéè]+)', 1))) AS shown FROM told WHERE field <> 'name' AND file NOT IN ('data/reported_values.csv', 'data/sources.csv', 'data/study_facts.csv'))
    WHERE NOT regexp_matches(shown, '^(?:MRI|Palermo|Military|Cambodia|Khmer|NGOs?|US|United|International|Trafficking|State|Statistics|Phnom|American|Mission|Nations|Ministry|Minister|Interior|National|Persons|Committee|Cultural|Economic|Social)')
    UNION ALL
    SELECT *, unnest(list_distinct(regexp_extract_all(lower(value), '\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|sixteen|twenty)[ -](?:[a-z]+ )?(?:cities|countries|provinces|districts|communes|towns|villages|images|states|locations|articles|surveys|institutions|months)', 1))) AS shown, shown, NULL FROM told WHERE file NOT IN ('data/links.csv', 'data/sources.csv', 'data/study_facts.csv')
), valued AS (
    SELECT named.*, lower(shown) AS phrase, coalesce(n.value, CASE WHEN stem IS NULL THEN try_cast(replace(regexp_extract(shown, '[0-9][0-9,.]*'), ',', '') AS DOUBLE) END) AS number
    FROM named LEFT JOIN number_words n ON n.kind = 'number' AND n.word = stem WHERE NOT regexp_matches(shown, '^(?:law|that) of') AND NOT (file IN ('data/populations.csv', 'data/indicators.csv') AND ends_with(shown, '18')) AND NOT (file = 'data/not_available.csv' AND regexp_matches(shown, '^(?:19|20)[0-9]{2},?$'))
), wanted AS MATERIALIZED (
    SELECT row_number() OVER () AS id, * FROM valued WHERE NOT contains(others, coalesce(stem, phrase)) AND NOT coalesce(contains(others, '-' || month), false)
        AND NOT (stem IS NULL AND NOT regexp_matches(phrase, '[a-z%]') AND list_contains(list_transform(regexp_extract_all(others, '\b[1-9][0-9,]*(?:\.[0-9]+)?|\b0\.[0-9]+'), lambda x: try_cast(replace(x, ',', '') AS DOUBLE)), number))
), near AS (SELECT one, other FROM main.near_rows WHERE one IN (SELECT row FROM wanted)
), numbers AS (
    SELECT row, try_cast(replace(unnest(regexp_extract_all(words, '\b[1-9][0-9,]*(?:\.[0-9]+)?|\b0\.[0-9]+')), ',', '') AS DOUBLE) AS number FROM main.row_words WHERE row IN (SELECT other FROM near)
), of_addresses AS (
    SELECT row, unnest(TRY_CAST(regexp_extract_all(url, '[0-9]+') AS DOUBLE[])) AS number FROM sources s JOIN main.row_words r ON r.key = s.source_id AND r.file = 'data/sources.csv'
), digits AS ( -- of each number once: two with the same ones, but for noughts, may be one misprinted
    SELECT number, list_sort(string_split(replace(number::VARCHAR, '0', ''), ''))::VARCHAR AS digits FROM (SELECT number FROM wanted UNION SELECT number FROM numbers UNION SELECT number FROM of_addresses) WHERE number IS NOT NULL
), swaps AS (
    SELECT id, row, b.number FROM wanted JOIN digits a USING (number) JOIN digits b ON b.digits = a.digits AND b.number <> a.number AND b.number > 12
), there AS MATERIALIZED (SELECT id, other AS row, number FROM swaps JOIN near ON one = row
), swapped AS (
    SELECT id FROM there JOIN numbers USING (row, number) UNION SELECT id FROM swaps JOIN of_addresses USING (row, number)
), asked AS MATERIALIZED ( -- of readings and sources only what stands near them in another order of digits
    SELECT *, CASE WHEN starts_with(phrase, 'aged') THEN 'ages' WHEN starts_with(phrase, 'under') THEN 'below' WHEN starts_with(phrase, 'tier') THEN 'tier' WHEN regexp_matches(phrase, '[0-9].*[%n]') THEN 'share' ELSE 'plain' END AS sort,
        CASE sort WHEN 'ages' THEN TRY_CAST(regexp_extract(phrase, '([0-9]+)$', 1) AS INTEGER) END AS oldest,
        [coalesce(stem, phrase), '-' || month] || CASE sort WHEN 'ages' THEN [regexp_replace(phrase[6:], ' to ', '-'), regexp_replace(phrase[6:], '-', ' to ')] WHEN 'below' THEN ['aged ' || TRY_CAST(number AS INTEGER) || ' '] WHEN 'tier' THEN [replace(phrase, ' ', '_')] WHEN 'share' THEN [regexp_extract(phrase, '[0-9.,]+') || '%'] ELSE [] END AS forms
    FROM wanted WHERE file NOT IN ('data/reported_values.csv', 'data/sources.csv') OR id IN (FROM swapped)
), beside AS MATERIALIZED (SELECT DISTINCT row, other FROM near JOIN asked ON row = one
), words AS (SELECT b.row, b.other, file, key, lower(words) AS words FROM beside b JOIN main.row_words w ON w.row = b.other
), borne AS (
    SELECT id FROM (SELECT id, row, unnest(forms) AS form FROM asked) a JOIN words m ON m.row = a.row AND contains(m.words, a.form)
    UNION ALL SELECT id FROM asked a JOIN words m ON m.row = a.row AND m.file = 'data/reported_values.csv' JOIN main.reported_values v ON v.value_id = m.key
    WHERE CASE sort WHEN 'ages' THEN v.age_min = number AND v.age_max = oldest WHEN 'below' THEN v.age_max = number - 1 OR v.age_min = number WHEN 'share' THEN list_contains([v.low, v.high, v.interval_low, v.interval_high, v.interval_level], number) END
    UNION ALL SELECT id FROM (SELECT id, row, unnest(CASE shown WHEN '18' THEN [18, 17] ELSE [number] END) AS number FROM asked WHERE sort = 'plain') a JOIN beside b USING (row) JOIN numbers n ON n.row = b.other AND n.number = a.number
), followed AS ( -- a number of a study before a noun that another number stands before
    SELECT id FROM (SELECT id, row, nullif(regexp_extract(lower(value), '\b' || regexp_extract(shown, '^[0-9]+') || ' ([a-z]{5,})', 1), '') AS noun FROM asked WHERE stem IS NULL AND file = 'data/study_facts.csv') a
    JOIN words m ON m.row = a.row AND contains(m.words, noun) WHERE regexp_matches(m.words, '[0-9] (?:[a-z]+ )?' || noun || '\b')
)
SELECT file, line, field, value, string_agg(shown, '” and “' ORDER BY shown) AS shown, CASE WHEN count(*) = 1 THEN 'stands' ELSE 'stand' END AS verb,
    CASE WHEN bool_or(stem IS NOT NULL AND number IS NULL AND month IS NULL) THEN ' If this names a person or a venue, delete it.' ELSE '' END AS advice FROM asked ANTI JOIN borne USING (id)
WHERE file NOT IN ('data/reported_values.csv', 'data/sources.csv', 'data/study_facts.csv') AND NOT (stem IS NULL AND field IN ('design_note', 'frame_as_printed')) OR id IN (FROM swapped UNION FROM followed)
GROUP BY ALL
-- breaks: [{"table": "events", "row": "RESP-180", "set": {"text": "A newspaper says that the committee was founded in 2009 and reviewed in 2013 and 2014, and that its staff went from 16 to 50. The page is undated; date derived."}}]
-- says: ["events", "RESP-180", "text"]
-- breaks: [{"table": "not_available", "row": "N15", "set": {"what": "The method behind the share of 53 percent in the Save the Children report of 2002."}}]
-- says: ["not_available", "N15", "what"]
-- breaks: [{"table": "limitations", "row": "L13", "set": {"text": "The waves are November 2012 and October 2015. A change can mix a real fall, a move to other places, another list of venues and other observers."}}]
-- says: ["limitations", "L13", "text"]
-- breaks: [{"table": "limitations", "row": "L06", "set": {"text": "The article says that no one under 18 was found in Sihanoukville. M'lop Tapang says the number has not reached zero. The number of people seen in that city is not printed."}}]
-- says: ["limitations", "L06", "text"]
-- breaks: [{"table": "populations", "row": "homeless-13-17", "set": {"definition": "Homeless people aged 12 to 17 in chosen zones of seven cities, those whom a count misses included by capture-recapture. Children under 13 are not included."}}]
-- says: ["populations", "homeless-13-17", "definition"]
-- breaks: [{"table": "reported_values", "row": "KH098", "set": {"scope_as_printed": "children in 245 institutions, previously recorded through inspection"}}]
-- says: ["reported_values", "KH098", "scope_as_printed"]
-- breaks: [{"table": "sources", "row": "phnom-penh-post-2014", "set": {"title": "Cambodia ranks 41st in prevalence of 'slavery': index"}}]
-- says: ["sources", "phnom-penh-post-2014", "title"]
-- breaks: [{"table": "study_facts", "row": "PC-BGD-Dhaka-04", "set": {"fact_as_printed": "12 hotspots of Dhaka city and three selected brothels"}}]
-- says: ["study_facts", "PC-BGD-Dhaka-04", "fact_as_printed"]
-- breaks: [{"table": "assumptions", "row": "mistaken-imaging", "set": {"caveat": "X-ray of teeth and MRI of the knee of males in Switzerland, by a model. Not a judgement by sight."}}]
-- says: ["assumptions", "mistaken-imaging", "caveat"]
-- passes: [{"table": "limitations", "row": "L15", "set": {"text": "It is not a national rate and not a number of children. The three cities are those of 2015."}}]
-- breaks: [{"table": "limitations", "row": "L15", "set": {"text": "Mrs Sok Dara of Lucky Star massage says that the share is of people present in sampled venues of three cities. It is not a national rate and not a number of children."}}]
-- says: ["limitations", "L15", "text"]
-- breaks: [{"table": "cross_checks", "row": ["E2-107", "E2-108-a"], "set": {"reason": "The two ends that the article prints, about 20 and 29 million, give a rise of 54 percent. The first end is a rough number; from the larger number that another text prints for that year the rise would be nearly the printed one."}}]
-- says: ["cross_checks", "E2-107 E2-108-a", "reason"]
-- passes: [{"table": "cross_checks", "row": ["E2-107", "E2-108-a"], "set": {"reason": "From 20 to 29 million is a rise of 45 percent."}}]
