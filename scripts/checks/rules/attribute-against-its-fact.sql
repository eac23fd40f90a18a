-- title: The side of a study that a fact tells is the one that its words tell of
-- level: error
-- why: A weekday entered as a design is read by nobody.
-- mend: Correct attribute, or the words.
-- message: The attribute is {value}, and the words are “{fact_as_printed}”.
-- except: yes
-- example: {"table": "study_facts", "row": "KH029", "set": {"attribute": "design"}}
-- mended: {"attribute": "release_day"}
-- says: ["study_facts", "KH029", "attribute"]
SELECT 'data/study_facts.csv' AS file, line, 'attribute' AS field, attribute AS value, regexp_extract(fact_as_printed, '^.{0,80}') AS fact_as_printed
FROM study_facts
WHERE CASE attribute
    WHEN 'fieldwork' THEN NOT regexp_matches(fact_as_printed, '(?i)january|february|march|april|may|june|july|august|september|october|november|december|(?:19|20)[0-9]{2}') OR regexp_matches(fact_as_printed, ';|sampling|report')
    WHEN 'age_band' THEN NOT regexp_matches(fact_as_printed, '[0-9]{1,2}[^0-9]+[0-9]{1,2}') OR regexp_matches(fact_as_printed, '(?i)error|underestimat|overestimat')
    WHEN 'release_day' THEN NOT regexp_matches(fact_as_printed, '(?i)day')
    WHEN 'who_collected' THEN NOT regexp_matches(fact_as_printed, '(?i)staff|volunteers|interviewers|team|enumerators')
    WHEN 'consultant_affiliation' THEN NOT regexp_matches(fact_as_printed, '(?i)university|institute|college')
    WHEN 'measurement_rounds' THEN NOT regexp_matches(fact_as_printed, '(?:19|20)[0-9]{2}.*(?:19|20)[0-9]{2}')
    WHEN 'place_in_report' THEN NOT regexp_matches(fact_as_printed, '(?i)\bp\.|section|page|chapter')
    WHEN 'definitions_section' THEN NOT regexp_matches(fact_as_printed, '(?i)\bp\.|section|page|chapter')
    WHEN 'observation_mode' THEN NOT regexp_matches(fact_as_printed, '(?i)undercover|covert|openly|overt')
    WHEN 'venue_types' THEN NOT regexp_matches(fact_as_printed, '(?i)bars|clubs|brothel|massage|karaoke|hotel')
    WHEN 'report_title' THEN NOT regexp_matches(fact_as_printed, '^[A-Z].* .* ')
    WHEN 'design' THEN NOT regexp_matches(fact_as_printed, '(?i)sampl|survey|population|hotspots|random|cluster|interview')
    WHEN 'groups_not_covered' THEN NOT regexp_matches(fact_as_printed, '(?i)children|people|women|men|boys|girls')
    WHEN 'effect_of_clustering' THEN NOT regexp_matches(fact_as_printed, '(?i)error|cluster|PSU|weight')
    WHEN 'direction_of_error' THEN NOT regexp_matches(fact_as_printed, '(?i)under|over')
    WHEN 'quality_checks' THEN NOT regexp_matches(fact_as_printed, '(?i)audit|check|visit|review')
    WHEN 'data_limits' THEN NOT regexp_matches(fact_as_printed, '(?i)limi?ted|difficult|missing|small|data') ELSE false END
-- breaks: [{"table": "study_facts", "row": "KH273", "set": {"attribute": "age_band"}}]
-- says: ["study_facts", "KH273", "attribute"]
-- passes: [{"table": "study_facts", "row": "KH029", "set": {"fact_as_printed": "Tuesday"}}]
