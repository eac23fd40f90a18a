-- title: What a study is called and how its design is noted fit its coded cells
-- level: error
-- why: A cluster survey coded as a convenience sample loses its interval; another year moves its results.
-- mend: Correct the cell, or what it is held against.
-- message: {study_id}: {field} is {shown}, but {state}.
-- except: yes
-- example: {"table": "studies", "row": "ijm-khm-2012", "set": {"fieldwork": "2011-11"}}
-- mended: {"fieldwork": "2012-11"}
-- says: ["studies", "ijm-khm-2012", "fieldwork"]
WITH words AS (
    SELECT t.*, lower(t.name) AS title, lower(concat_ws('; ', t.name, t.design_note)) AS text, p.name AS place_name, p.level, o.name AS body,
        try_cast(left(fieldwork, 4) AS INTEGER) AS from_year, try_cast(left(split_part(fieldwork, '/', -1), 4) AS INTEGER) AS to_year,
        list_transform(regexp_extract_all(t.name, '\b(?:19|20)[0-9]{2}\b'), lambda one: try_cast(one AS INTEGER)) AS years
    FROM studies t JOIN places p USING (place_id) JOIN organisations o USING (organisation_id)
), named AS (
    SELECT t.study_id, string_agg(q.name, ', ') AS other, bool_or(list_contains(w.within, q.place_id) OR list_contains(q2.within, t.place_id) OR contains(w.name, q.name)) AS fits
    FROM studies t JOIN places q ON q.level IN ('country', 'city', 'province') AND contains(t.name, q.name) JOIN places_within w ON w.place_id = t.place_id JOIN places_within q2 ON q2.place_id = q.place_id GROUP BY t.study_id
), readings AS (
    SELECT study_id, bool_and(NOT list_contains(within, study_place) AND country IS DISTINCT FROM c.c) AS elsewhere, min(country) AS country FROM all_readings r
    JOIN (SELECT place_id, country AS c FROM places_within WHERE level <> 'world') c ON c.place_id = r.study_place WHERE country IS NOT NULL GROUP BY study_id
), credits AS (SELECT study_id, credited_to FROM reported_values WHERE credited_to IS NOT NULL AND study_id IS NOT NULL UNION ALL SELECT study_id, credited_to FROM study_facts WHERE credited_to IS NOT NULL),
bodies AS (SELECT study_id, mode(credited_to) AS usual, count(*) AS times, list(credited_to) AS all_of_them FROM credits GROUP BY study_id),
judged AS (
    SELECT line, study_id, 'fieldwork' AS field, fieldwork AS value, 'its name says ' || array_to_string(years, ' and ') AS state FROM words
    WHERE fieldwork IS NOT NULL AND len(years) > 0 AND NOT regexp_matches(title, 'published|edition') AND (list_min(years) < from_year - 0 OR list_max(years) > to_year)
    UNION ALL SELECT line, study_id, 'place_id', place_id, 'its name says ' || other FROM words JOIN named USING (study_id) WHERE NOT fits
    UNION ALL SELECT line, study_id, 'place_id', place_id, 'its readings lie in ' || country FROM words JOIN readings USING (study_id) WHERE elsewhere
    UNION ALL SELECT line, study_id, 'design', design, state FROM (SELECT *, CASE
            WHEN regexp_matches(text, 'respondent-driven') AND design NOT IN ('respondent_driven', 'other') THEN 'its words say respondent-driven'
            WHEN regexp_matches(text, 'link-tracing') AND design <> 'link_tracing' THEN 'its note says link-tracing'
            WHEN regexp_matches(text, 'convenience') AND design <> 'convenience' THEN 'its note says convenience'
            WHEN regexp_matches(text, 'two-stage cluster') AND design <> 'cluster_survey' THEN 'its note says cluster'
            WHEN regexp_matches(text, 'household survey|household population') AND design <> 'household_survey' THEN 'its note says household survey'
            WHEN regexp_matches(text, '\bjudged|estimates? of age|estimated ages|test purchases') AND NOT regexp_matches(text, 'error rates') AND design <> 'experiment' THEN 'its note tells of a test of judgements'
            WHEN regexp_matches(text, 'complete count|second count') AND design <> 'capture_recapture' THEN 'its note tells of two counts'
            WHEN regexp_matches(text, 'scoping review') AND design <> 'review' THEN 'its words say review'
            WHEN regexp_matches(text, 'in-depth interviews|no probability sample|random draw') AND design NOT IN ('convenience', 'other') THEN 'its note speaks of no random draw'
            WHEN regexp_matches(title, 'index|global estimates') AND design <> 'modelled' THEN 'its name says estimate'
            WHEN regexp_matches(text, 'direct observation|counts in brothels|survey of sex-?work venues') AND design <> 'venue_count' THEN 'its note tells of a count in venues'
            WHEN regexp_matches(design_note, '^Named in the title of the report of 20') AND design <> 'time_space_sampling' THEN 'other reports of that title draw in time and space'
            END AS state FROM words) WHERE state IS NOT NULL
    UNION ALL SELECT line, study_id, 'generalises_to', generalises_to, 'its name says ' || regexp_extract(title, '\b(?:private|public)\b') FROM words
    WHERE regexp_matches(title, '\bprivate\b') AND regexp_matches(split_part(generalises_to, '.', 1), '\bpublic\b') OR regexp_matches(title, '\bpublic\b') AND regexp_matches(split_part(generalises_to, '.', 1), '\bprivate\b')
    UNION ALL SELECT w.line, study_id, 'population_id', population_id, 'it speaks for adults alone' FROM words w JOIN populations q USING (population_id)
    WHERE regexp_matches(split_part(generalises_to, '.', 1), '(?i)\b(?:women|men)\b') AND NOT regexp_matches(split_part(generalises_to, '.', 1), '(?i)girl|boy|child|young|youth') AND regexp_matches(q.name, '(?i)girls|boys|children') AND NOT regexp_matches(q.name, '(?i)women|men')
    UNION ALL SELECT line, study_id, 'is_sample', is_sample, 'its design is ' || design FROM words
    WHERE (design IN ('convenience', 'experiment', 'modelled', 'review', 'capture_recapture') AND is_sample = 'yes')
        OR (design IN ('cluster_survey', 'respondent_driven', 'time_space_sampling') AND is_sample = 'no')
    UNION ALL SELECT line, study_id, 'organisation_id', organisation_id, 'its name says ' || said FROM (
        SELECT *, regexp_extract(name, '\b(?:IJM|CWDA|UNICEF|UYDEL|IOM|World Vision|First Step|Walk Free|ILO|USAID|UNIAP)\b') AS said FROM words)
    WHERE said <> '' AND NOT (contains(organisation_id, lower(replace(said, ' ', '-'))) OR contains(body, said)) AND NOT regexp_matches(name, 'IJM''s')
    UNION ALL SELECT line, study_id, 'organisation_id', organisation_id, 'its numbers are credited to ' || usual FROM words JOIN bodies USING (study_id)
    WHERE usual <> organisation_id AND organisation_id NOT IN ('authors-of-paper', 'authors-not-read') AND (times > 1 OR NOT list_contains(all_of_them, organisation_id) AND study_id IN (SELECT study_id FROM study_facts WHERE credited_to = usual))
    UNION ALL SELECT line, study_id, 'age_method', age_method, state FROM (SELECT *, CASE
            WHEN regexp_matches(text, 'x-ray|magnetic resonance|bone and tooth|bones and teeth') AND age_method <> 'imaging' THEN 'its words tell of imaging'
            WHEN regexp_matches(text, 'photographs|images|filmed') AND NOT regexp_matches(text, 'measured') AND age_method NOT IN ('visual', 'not_read') THEN 'its note tells of images'
            WHEN design = 'modelled' AND age_method IN ('visual', 'self_report', 'document', 'interview') THEN 'its design is modelled' END AS state FROM words) WHERE state IS NOT NULL
    UNION ALL SELECT line, study_id, 'sampling_unit', sampling_unit, 'its design is ' || design || ', which draws ' || CASE design
        WHEN 'cluster_survey' THEN 'clusters' WHEN 'household_survey' THEN 'households' WHEN 'review' THEN 'nothing (not_applicable)'
        WHEN 'venue_count' THEN 'venues' WHEN 'time_space_sampling' THEN 'venues, or venues at a time' ELSE 'one person after the other' END FROM words
    WHERE (design IN ('respondent_driven', 'link_tracing') AND sampling_unit NOT IN ('person', 'not_read')) OR (design = 'cluster_survey' AND sampling_unit NOT IN ('cluster', 'not_read'))
        OR (design = 'household_survey' AND sampling_unit NOT IN ('household', 'not_read')) OR (design IN ('time_space_sampling', 'venue_count') AND sampling_unit NOT IN ('venue', 'venue_time', 'not_read'))
        OR (design = 'review' AND sampling_unit <> 'not_applicable')
    UNION ALL SELECT line, study_id, 'sampling_unit', sampling_unit, 'its words speak of no ' || CASE WHEN sampling_unit IN ('venue', 'venue_time') THEN 'venue' ELSE sampling_unit END FROM (SELECT *, text || lower(concat_ws(' ', frame_as_printed, venue_types_as_printed, regexp_replace(generalises_to, '\bNot [^.]*', '', 'g'))) AS told FROM words)
    WHERE design NOT IN ('time_space_sampling', 'other', 'household_survey') AND NOT regexp_matches(told, CASE WHEN sampling_unit IN ('venue', 'venue_time') THEN 'venue|establishment|brothel|hotspot|\bbars?\b|parlou?r|karaoke|ktv|club|hotel|guest ?house|massage|entertainment' WHEN sampling_unit = 'household' THEN 'household|famil|\bhomes?\b|\bhouses?\b|dwelling|\bdoor\b' WHEN sampling_unit = 'image' THEN 'image|photo|film|face|picture' ELSE '' END)
    UNION ALL SELECT line, study_id, 'frame_as_printed', frame_as_printed, 'its design is ' || design FROM words
    WHERE regexp_matches(lower(frame_as_printed), 'household') AND design NOT IN ('household_survey', 'cluster_survey') OR regexp_matches(lower(frame_as_printed), 'venues|establishments|hotspots|brothels') AND design = 'household_survey'
    UNION ALL SELECT w.line, w.study_id, 'frame_as_printed', frame_as_printed, f.study_fact_id || ' says “' || f.fact_as_printed || '”' FROM words w JOIN study_facts f USING (study_id)
    WHERE frame_as_printed <> f.fact_as_printed AND (levenshtein(frame_as_printed, f.fact_as_printed) < 4 AND length(frame_as_printed) > 12 OR list_sort(string_split(frame_as_printed, ' ')) = list_sort(string_split(f.fact_as_printed, ' ')))
    UNION ALL SELECT line, study_id, 'generalises_to', generalises_to, 'its readings have no ' || told FROM (SELECT *, regexp_extract(generalises_to, '^The ([0-9][0-9,]*) (?:people|women|men|girls|boys|children)', 1) AS told FROM words) AS w
    WHERE told <> '' AND NOT EXISTS (FROM all_readings v WHERE v.study_id = w.study_id AND v.low = try_cast(replace(told, ',', '') AS DOUBLE))
        AND EXISTS (FROM all_readings v WHERE v.study_id = w.study_id AND (contains(v.scope_as_printed, told) OR list_sort(string_split(try_cast(v.low AS BIGINT)::VARCHAR, '')) = list_sort(string_split(replace(told, ',', ''), ''))))
    UNION ALL SELECT line, study_id, 'weighting', weighting, 'its design is ' || design FROM words
    WHERE design IN ('review') AND weighting <> 'not_applicable' OR (weighting = 'weighted' AND (design IN ('convenience', 'experiment') OR is_sample = 'no'))
    UNION ALL SELECT line, study_id, 'observation_mode', observation_mode, CASE WHEN observation_mode <> 'covert' THEN 'its note says undercover' WHEN design IN ('household_survey', 'cluster_survey', 'respondent_driven', 'link_tracing', 'modelled', 'review') THEN 'its design is ' || design ELSE 'its words say that people answered' END FROM words
    WHERE CASE WHEN observation_mode <> 'covert' THEN regexp_matches(text, 'undercover|as if for a customer') ELSE design IN ('household_survey', 'cluster_survey', 'respondent_driven', 'link_tracing', 'modelled', 'review')
        OR regexp_matches(text || ' ' || lower(generalises_to), '\binterviewed\b|\binterviews with\b|\bstaff reported|told their|questionnaire|self-report') AND NOT regexp_matches(text, 'undercover|as if|posed|posing|hidden|covert') END
)
SELECT 'data/studies.csv' AS file, line, field, value, value AS shown, study_id, state
FROM judged
-- breaks: [{"table": "studies", "row": "ijm-khm-2012", "set": {"place_id": "thailand"}}]
-- says: ["studies", "ijm-khm-2012", "place_id"]
-- breaks: [{"table": "studies", "row": "iom-khm-2007", "set": {"is_sample": "yes"}}]
-- says: ["studies", "iom-khm-2007", "is_sample"]
-- breaks: [{"table": "studies", "row": "iom-khm-2007", "set": {"organisation_id": "ijm"}}]
-- says: ["studies", "iom-khm-2007", "organisation_id"]
-- says: ["studies", "iom-khm-2007", "organisation_id"]
-- breaks: [{"table": "studies", "row": "masseurs-khm-phnom-penh", "set": {"design": "experiment"}}]
-- says: ["studies", "masseurs-khm-phnom-penh", "design"]
-- breaks: [{"table": "studies", "row": "pc-bgd-dhaka-2024", "set": {"population_id": "girls-in-csec-street"}}]
-- says: ["studies", "pc-bgd-dhaka-2024", "population_id"]
-- breaks: [{"table": "studies", "row": "ijm-ind-kolkata-private-2016", "set": {"generalises_to": "People in sex work in public establishments of one city."}}]
-- says: ["studies", "ijm-ind-kolkata-private-2016", "generalises_to"]
-- breaks: [{"table": "studies", "row": "icf-uga-kampala-2022", "set": {"organisation_id": "norc"}}]
-- says: ["studies", "icf-uga-kampala-2022", "organisation_id"]
-- breaks: [{"table": "studies", "row": "mosvy-khm-2015", "set": {"observation_mode": "covert"}}]
-- says: ["studies", "mosvy-khm-2015", "observation_mode"]
-- breaks: [{"table": "studies", "row": "medical-age-swe-2017", "set": {"sampling_unit": "venue"}}]
-- says: ["studies", "medical-age-swe-2017", "sampling_unit"]
-- breaks: [{"table": "studies", "row": "masseurs-khm-siem-reap", "set": {"sampling_unit": "household"}}]
-- says: ["studies", "masseurs-khm-siem-reap", "sampling_unit"]
-- breaks: [{"table": "studies", "row": "ijm-khm-2015", "set": {"frame_as_printed": "household population aged 5 to 25"}}]
-- says: ["studies", "ijm-khm-2015", "frame_as_printed"]
-- breaks: [{"table": "studies", "row": "pc-bgd-dhaka-2024", "set": {"frame_as_printed": "three hotspots of Dhaka city and 20 selected brothels"}}]
-- says: ["studies", "pc-bgd-dhaka-2024", "frame_as_printed"]
-- breaks: [{"table": "studies", "row": "moeys-khm-2013", "set": {"generalises_to": "The 41 people profiled, and nobody else."}}]
-- says: ["studies", "moeys-khm-2013", "generalises_to"]
-- passes: [{"table": "studies", "row": "ijm-khm-2012", "set": {"design_note": "Not read."}}]
