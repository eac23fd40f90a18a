-- title: What sort of whole a population is fits its words and its figures
-- level: error
-- why: Shares of different wholes would be set on one axis.
-- mend: Correct base_kind, or the definition.
-- message: The base is {value}, but {state}.
-- except: yes
-- example: {"table": "populations", "row": "all-children", "set": {"base_kind": "all_people"}}
-- mended: {"base_kind": "all_children"}
-- says: ["populations", "all-children", "base_kind"]
WITH used AS (
    SELECT population_id, bool_or(unit IN ('venues', 'institutions', 'settlements')) AS of_places, bool_or(unit IN ('cases', 'reports')) AS of_records,
        bool_or(indicator_id IN ('people-interviewed') AND printing_of IS NULL) AS of_interviews, bool_or(indicator_id = 'victims-recorded' OR indicator_id = 'people-arrested') AS of_records_too
    FROM all_readings GROUP BY population_id
), judged AS (
    SELECT p.line, p.base_kind, CASE
        WHEN regexp_matches(definition, '(?i)its base is (?:venues|institutions|places)') AND base_kind <> 'places' THEN 'its definition says that the base is places'
        WHEN regexp_matches(definition, '^(?:Settlements|Venues|Brothels|Institutions|Establishments|Places)\b') AND NOT regexp_matches(definition, '(?i)\b(?:boys|girls|children|women|men|persons|staff)\b') AND base_kind <> 'places' THEN 'its definition begins with “' || split_part(definition, ' ', 1) || '”'
        WHEN regexp_matches(definition, '(?i)its base is (?:cases|records|reports)') AND base_kind <> 'records' THEN 'its definition says that the base is records'
        WHEN regexp_matches(definition, '(?i)its base is (?:estimates|attempts|images)') AND base_kind <> 'other' THEN 'its definition names another base'
        WHEN regexp_matches(definition, '(?i)recorded|on record|cases of|reports to|whom courts|suspected|arrested') AND base_kind IN ('venue_people', 'all_children', 'all_people', 'places', 'sex_work_population') THEN 'its definition tells of records'
        WHEN regexp_matches(definition, '(?i)lives? (?:or work )?on the street|residential care|homeless') AND base_kind NOT IN ('outside_frame', 'respondents', 'places') THEN 'its definition tells of people outside the venues'
        WHEN regexp_matches(definition, '^[A-Za-z ]*\b(?:case records|recorded)\b|^(?:Cases|Victims|Suspects) ') AND NOT regexp_matches(definition, 'claim|source speaks') AND base_kind = 'respondents' THEN 'its definition tells of records'
        WHEN regexp_matches(definition, '(?i)^all children') AND base_kind <> 'all_children' THEN 'its definition says all children'
        WHEN regexp_matches(definition, '(?i)^all people in the place') AND base_kind <> 'all_people' THEN 'its definition says all people'
        WHEN regexp_matches(definition, '(?i)were interviewed|who (?:answered|were asked|took part)') AND base_kind IN ('all_children', 'all_people', 'places', 'records') THEN 'its definition says interviewed'
        WHEN of_places AND base_kind NOT IN ('places', 'other', 'outside_frame') THEN 'venues or institutions are counted of it'
        WHEN of_records AND base_kind NOT IN ('records') THEN 'cases or reports are counted of it'
        WHEN of_records_too AND base_kind NOT IN ('records', 'other') THEN 'people recorded or arrested are counted of it'
        WHEN of_interviews AND base_kind IN ('all_children', 'all_people', 'places', 'records') THEN 'people interviewed are counted of it'
        END AS state
    FROM populations p LEFT JOIN used USING (population_id)
)
SELECT 'data/populations.csv' AS file, line, 'base_kind' AS field, base_kind AS value, state
FROM judged
WHERE state IS NOT NULL
-- breaks: [{"table": "populations", "row": "aple-cases", "set": {"base_kind": "all_children"}}]
-- says: ["populations", "aple-cases", "base_kind"]
-- breaks: [{"table": "populations", "row": "brothels", "set": {"base_kind": "respondents"}}]
-- says: ["populations", "brothels", "base_kind"]
-- breaks: [{"table": "populations", "row": "case-records", "set": {"base_kind": "respondents"}}]
-- says: ["populations", "case-records", "base_kind"]
-- breaks: [{"table": "populations", "row": "street-children", "set": {"base_kind": "records"}}]
-- says: ["populations", "street-children", "base_kind"]
-- breaks: [{"table": "populations", "row": "urban-poor-settlements", "set": {"base_kind": "outside_frame"}}]
-- says: ["populations", "urban-poor-settlements", "base_kind"]
-- passes: [{"table": "populations", "row": "aple-cases", "set": {"definition": "Cases."}}]
