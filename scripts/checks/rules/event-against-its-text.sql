-- title: Title, text and printed words of an event tell the same
-- level: error
-- why: A tier or a number that differs between the words of one row is a slip in one of them.
-- mend: Compare the page with title, text, fact_as_printed, date and evidence.
-- message: {event_id}: the {field} is {shown}, but {state}.
-- except: yes
-- example: {"table": "events", "row": "RESP-052", "set": {"title": "Cambodia moved down to Tier 2 Watch List"}}
-- mended: {"title": "Cambodia moved down to Tier 3"}
-- says: {"table": "events", "row": "RESP-052", "field": "title", "value": "Cambodia moved down to Tier 2 Watch List", "message": "RESP-052: the title is Cambodia moved down to Tier 2 Watch List, but its text does not say Tier 2 Watch List."}
WITH words AS (
    SELECT e.*, (SELECT s.organisation_id FROM sources s WHERE s.source_id = e.source_id) AS speaker, regexp_extract(title, 'to (?:the )?(Tier [123].*)$', 1) AS tier, regexp_extract(fact_as_printed, '^(Tier [123]) to', 1) AS before,
        regexp_extract(text, '(?:promulgated|from) (?:([0-9]+) )?([A-Z][a-z]+) ([0-9]{4})', ['day', 'month', 'year']) AS first_day
    FROM events e
), single AS (
    SELECT line, event_id, unnest([
        CASE WHEN kind = 'tip_tier' AND tier <> '' AND NOT contains(text, tier) THEN {'field': 'title', 'value': title, 'state': 'its text does not say ' || tier} END,
        CASE WHEN kind = 'tip_tier' AND before <> '' AND contains(title, ' from ') AND NOT contains(title, 'from ' || before) AND NOT contains(title, 'from the ' || before) THEN {'field': 'fact_as_printed', 'value': fact_as_printed, 'state': 'its title does not say from ' || before} END,
        CASE WHEN regexp_matches(fact_as_printed, '[0-9]+ (?:members|people|officers|offices|provinces)') AND regexp_matches(text, '[0-9]+ (?:members|people|officers|offices|provinces)') AND NOT contains(text, regexp_extract(fact_as_printed, '[0-9]+ (?:members|people|officers|offices|provinces)')) THEN {'field': 'text', 'value': text, 'state': 'its printed words give ' || regexp_extract(fact_as_printed, '[0-9]+ (?:members|people|officers|offices|provinces)')} END,
        CASE WHEN kind = 'tip_tier' AND speaker = 'us-state-department' AND evidence <> 'primary' THEN {'field': 'evidence', 'value': evidence, 'state': 'the Department of State speaks of its own report'} END
    ]) AS found FROM words
), judged AS (
    SELECT line, event_id, found.field AS field, found.value AS value, found.state AS state FROM single WHERE found IS NOT NULL
    UNION ALL SELECT line, event_id, 'date', date, 'its text says ' || first_day.month || ' ' || first_day.year FROM words JOIN (VALUES ('January', '01'), ('February', '02'), ('March', '03'), ('April', '04'), ('May', '05'), ('June', '06'), ('July', '07'), ('August', '08'), ('September', '09'), ('October', '10'), ('November', '11'), ('December', '12')) AS m (name, month) ON m.name = first_day.month
    WHERE length(date) >= 7 AND kind IN ('law', 'programme') AND date[1:7] <> first_day.year || '-' || m.month
)
SELECT 'data/events.csv' AS file, line, field, value, value AS shown, event_id, state
FROM judged
-- passes: [{"table": "events", "row": "RESP-052", "set": {"title": "Cambodia in Tier 3"}}]
