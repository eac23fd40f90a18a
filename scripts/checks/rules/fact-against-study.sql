-- title: A fact of a study says what the study says
-- level: error
-- why: A fact put down to another study gives that study another year or method.
-- mend: Correct study_id, the attribute, or the cell of the study.
-- message: “{value}” is a fact of {study_id}, but {state}.
-- except: yes
-- example: {"table": "study_facts", "row": "KH032", "set": {"fact_as_printed": "November 2013"}}
-- mended: {"fact_as_printed": "November 2012"}
-- says: ["study_facts", "KH032", "fact_as_printed"]
WITH facts AS (
    SELECT f.line, f.study_id, f.attribute, f.fact_as_printed, f.credited_to, f.evidence, lower(f.fact_as_printed) AS text, t.fieldwork, t.organisation_id, t.name, t.design, t.observation_mode, p.name AS place, s.organisation_id AS speaker, s.independence, t.venue_types_as_printed, s.title, s.kind AS source_kind,
        list_transform(regexp_extract_all(f.fact_as_printed, '\b(?:19|20)[0-9]{2}\b'), lambda one: try_cast(one AS INTEGER)) AS years, m.month
    FROM study_facts f JOIN studies t USING (study_id) JOIN places p USING (place_id) JOIN sources s USING (source_id)
    LEFT JOIN (VALUES ('january', '01'), ('february', '02'), ('march', '03'), ('april', '04'), ('may', '05'), ('june', '06'), ('july', '07'), ('august', '08'), ('september', '09'), ('october', '10'), ('november', '11'), ('december', '12')) AS m (name, month)
        ON f.attribute = 'fieldwork' AND starts_with(lower(f.fact_as_printed), m.name)
), judged AS (
    SELECT *, CASE
        WHEN attribute = 'fieldwork' AND fieldwork IS NOT NULL AND len(years) > 0 AND (list_min(years) < try_cast(left(fieldwork, 4) AS INTEGER) OR list_max(years) > try_cast(left(split_part(fieldwork, '/', -1), 4) AS INTEGER)) THEN 'its fieldwork is ' || fieldwork
        WHEN attribute = 'fieldwork' AND month IS NOT NULL AND length(fieldwork) >= 7 AND fieldwork[6:7] <> month THEN 'its fieldwork is ' || fieldwork
        WHEN attribute = 'measurement_rounds' AND (fieldwork IS NULL OR list_min(years) <> try_cast(left(fieldwork, 4) AS INTEGER) OR list_max(years) <> try_cast(left(split_part(fieldwork, '/', -1), 4) AS INTEGER)) THEN 'its fieldwork is ' || coalesce(fieldwork, 'not known')
        WHEN attribute = 'observation_mode' AND regexp_matches(text, 'undercover') AND observation_mode <> 'covert' THEN 'its observers are ' || observation_mode
        WHEN attribute = 'design' AND regexp_matches(text, 'time-space') AND design <> 'time_space_sampling' THEN 'its design is ' || design
        WHEN attribute = 'design' AND regexp_matches(text, 'link-tracing') AND design <> 'link_tracing' THEN 'its design is ' || design
        WHEN attribute = 'design' AND regexp_matches(text, 'household') AND design <> 'household_survey' THEN 'its design is ' || design
        WHEN attribute = 'design' AND regexp_matches(text, 'conventional sampling') AND design <> 'other' THEN 'its design is ' || design
        WHEN attribute = 'report_title' AND regexp_matches(fact_as_printed, ' in [A-Z][a-z]+ City| in Metro') AND NOT contains(fact_as_printed, place) THEN 'it was done in ' || place
        WHEN attribute = 'report_title' AND regexp_matches(text, 'time-space') AND design <> 'time_space_sampling' THEN 'its design is ' || design
        WHEN attribute = 'report_title' AND regexp_matches(text, 'review') AND design <> 'review' THEN 'its design is ' || design
        WHEN attribute = 'venue_types' AND venue_types_as_printed IS NULL THEN 'it has no types of venue'
        WHEN attribute = 'fieldwork' AND fieldwork IS NULL THEN 'its fieldwork is not known'
        WHEN credited_to IS NOT NULL AND credited_to <> organisation_id AND attribute IN ('age_band', 'venue_types', 'observation_mode', 'release_day', 'design', 'report_title', 'place_in_report', 'definitions_section', 'who_collected', 'quality_checks', 'data_limits', 'consultant_affiliation', 'measurement_rounds') THEN 'it is by ' || organisation_id || ', and the fact is credited to ' || credited_to
        WHEN attribute = 'age_band' AND regexp_matches(text, '^[^0-9]*[0-9]{1,2}[^0-9]+[0-9]{1,2}') IS FALSE THEN 'it gives no ages'
        WHEN attribute IN ('report_title', 'design', 'definitions_section', 'place_in_report', 'data_limits', 'quality_checks') AND regexp_matches(title, '\b(?:Manila|Angeles|Metro Cebu|Kolkata|Mumbai|Dhaka|Kampala|Guangxi)\b') AND NOT contains(title, split_part(place, ' ', 1)) AND NOT contains(place, regexp_extract(title, '\b(?:Manila|Angeles|Cebu|Kolkata|Mumbai|Dhaka|Kampala|Guangxi)\b')) THEN 'its source is about another place'
        END AS state
    FROM facts
)
SELECT 'data/study_facts.csv' AS file, line, 'fact_as_printed' AS field, fact_as_printed AS value, study_id, state
FROM judged
WHERE state IS NOT NULL
-- breaks: [{"table": "study_facts", "row": "KH032", "set": {"fact_as_printed": "October 2012"}}]
-- says: ["study_facts", "KH032", "fact_as_printed"]
-- breaks: [{"table": "study_facts", "row": "IJM-PHL-Manila-01", "set": {"study_id": "ijm-phl-angeles-2016"}}]
-- says: ["study_facts", "IJM-PHL-Manila-01", "fact_as_printed"]
-- breaks: [{"table": "study_facts", "row": "KH050", "set": {"study_id": "vac-khm-2013"}}]
-- says: ["study_facts", "KH050", "fact_as_printed"]
-- breaks: [{"table": "study_facts", "row": "KH280", "set": {"study_id": "ijm-phl-angeles-2016"}}]
-- says: ["study_facts", "KH280", "fact_as_printed"]
-- passes: [{"table": "study_facts", "row": "KH032", "set": {"fact_as_printed": "in November"}}]
