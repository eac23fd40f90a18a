-- title: Title, text and printed words of an event tell the same
-- level: error
-- why: A tier or a number that differs between the words of one row is a slip in one of them.
-- mend: Compare the page with title, text, fact_as_printed, date and evidence.
-- message: {event_id}: the {field} is {shown}, but {state}.
-- except: yes
-- example: {"table": "events", "row": "RESP-052", "set": {"title": "Cambodia moved down to Tier 2 Watch List"}}
-- mended: {"title": "Cambodia moved down to Tier 3"}
-- says: ["events", "RESP-052", "title"]
WITH words AS (
    SELECT e.*, speaker, publisher, source_title, place_name, place_level,
        list_position(['Tier 1', 'Tier 2', 'Tier 2 Watch List', 'Tier 3'], regexp_extract(fact_as_printed, '^(Tier [123](?: Watch List)?) to (Tier [123](?: Watch List)?)', 1)) AS before_rank, list_position(['Tier 1', 'Tier 2', 'Tier 2 Watch List', 'Tier 3'], regexp_extract(fact_as_printed, '^(Tier [123](?: Watch List)?) to (Tier [123](?: Watch List)?)', 2)) AS after_rank, regexp_extract(title, 'to (?:the )?(Tier [123].*)$', 1) AS tier, regexp_extract(fact_as_printed, '^(Tier [123]) to', 1) AS before,
        regexp_extract(text, '(?:promulgated|from) (?:([0-9]+) )?([A-Z][a-z]+) ([0-9]{4})', ['day', 'month', 'year']) AS first_day
    FROM events e LEFT JOIN (SELECT source_id, organisation_id AS speaker, publisher, title AS source_title FROM sources) USING (source_id) LEFT JOIN (SELECT place_id, name AS place_name, level AS place_level FROM places) USING (place_id)
), single AS (
    SELECT line, event_id, unnest([
        CASE WHEN kind = 'tip_tier' AND tier <> '' AND NOT contains(text, tier) THEN {'field': 'title', 'value': title, 'state': 'its text does not say ' || tier} END,
        CASE WHEN kind = 'tip_tier' AND before <> '' AND contains(title, ' from ') AND NOT contains(title, 'from ' || before) AND NOT contains(title, 'from the ' || before) THEN {'field': 'fact_as_printed', 'value': fact_as_printed, 'state': 'its title does not say from ' || before} END,
        CASE WHEN regexp_matches(fact_as_printed, '[0-9]+ (?:members|people|officers|offices|provinces)') AND regexp_matches(text, '[0-9]+ (?:members|people|officers|offices|provinces)') AND NOT contains(text, regexp_extract(fact_as_printed, '[0-9]+ (?:members|people|officers|offices|provinces)')) THEN {'field': 'text', 'value': text, 'state': 'its printed words give ' || regexp_extract(fact_as_printed, '[0-9]+ (?:members|people|officers|offices|provinces)')} END,
        CASE WHEN kind = 'tip_tier' AND speaker = 'us-state-department' AND evidence <> 'primary' THEN {'field': 'evidence', 'value': evidence, 'state': 'the Department of State speaks of its own report'} END
        , CASE WHEN kind = 'tip_tier' AND regexp_matches(text, 'moved [A-Z][a-z]+ (?:up|down)\b') AND before_rank <> after_rank AND contains(text, ' up') <> (after_rank < before_rank) THEN {'field': 'text', 'value': text, 'state': 'its printed words are “' || fact_as_printed || '”'} END,
        CASE WHEN len(regexp_extract_all(lower(text), '\b(?:no|not|never|nobody|none|nor|without)\b')) < len(regexp_extract_all(regexp_replace(lower(fact_as_printed), '\bno\.? ?[0-9]+', '', 'g'), '\b(?:no|not)\b')) THEN {'field': 'text', 'value': text, 'state': 'a “not” of its printed words is missing: ' || fact_as_printed} END,
        CASE WHEN evidence = 'secondary' AND speaker IS NOT NULL AND starts_with(text, publisher) THEN {'field': 'evidence', 'value': evidence, 'state': publisher || ' speaks of its own act'} END,
        CASE WHEN regexp_matches(text, 'Report of (?:[A-Z][a-z]+ )?20[0-9]{2}') AND regexp_matches(source_title, '20[0-9]{2} Trafficking in Persons') AND NOT contains(source_title, regexp_extract(text, 'Report of (?:[A-Z][a-z]+ )?(20[0-9]{2})', 1)) THEN {'field': 'source_id', 'value': source_id, 'state': 'its text tells of another report than “' || source_title || '”'} END,
        CASE WHEN kind = 'tip_tier' AND place_level = 'country' AND NOT contains(title || text, place_name) THEN {'field': 'place_id', 'value': place_id, 'state': 'its words do not name ' || place_name} END
    ]) AS found FROM words
), ranks AS (
    SELECT place_id, report_year, replace(upper(left(tier, 1)) || tier[2:], '_', ' ') AS called, list_position(['tier_1', 'tier_2', 'tier_2_watch_list', 'tier_3'], tier) AS rank FROM tip_tiers
), moved AS ( -- where the printed words name both tiers they are asked instead
    SELECT line, event_id, field, value, regexp_extract(value, '\bmoved(?: [A-Za-z]+){0,3} (up|down)\b', 1) AS said, before.report_year AS before_year, before.called AS before_tier, after.report_year AS after_year, after.called AS after_tier, CASE WHEN after.rank > before.rank THEN 'down' ELSE 'up' END AS way
    FROM (SELECT *, unnest([{'field': 'title', 'value': title}, {'field': 'text', 'value': text}], recursive := true) FROM (SELECT line, event_id, place_id, date, title, text FROM words WHERE kind = 'tip_tier' AND coalesce(before_rank, 0) = 0)) e
    JOIN ranks after ON after.place_id = e.place_id AND after.report_year = try_cast(left(date, 4) AS INTEGER) JOIN ranks before ON before.place_id = e.place_id AND before.report_year = after.report_year - 1 AND before.rank <> after.rank
), days AS ( -- the days of the text that are neither in the printed words nor the day of the source
    SELECT line, event_id, date, told, regexp_extract(told, '^[0-9]+ [A-Z][a-z]+') AS day FROM (SELECT w.line, event_id, date, fact_as_printed, date_published, unnest(regexp_extract_all(text, '\b[0-9]{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)\b(?: (?:19|20)[0-9]{2}\b)?')) AS told FROM words w JOIN sources USING (source_id) WHERE NOT contains(text, 'erived'))
    WHERE length(date) >= 7
), other_days AS (
    SELECT d.line, d.event_id, min(d.date) AS date, string_agg(DISTINCT d.told, ' and ' ORDER BY d.told) AS told FROM days d JOIN words w USING (line) JOIN sources s USING (source_id)
    GROUP BY d.line, d.event_id HAVING NOT bool_or(CASE length(d.date) WHEN 10 THEN day = strftime(try_cast(d.date AS DATE), '%-d %B') ELSE split_part(day, ' ', 2) = strftime(try_cast(d.date || '-01' AS DATE), '%B') END)
        AND bool_or(NOT contains(w.fact_as_printed, day) AND coalesce(day <> strftime(try_cast(s.date_published AS DATE), '%-d %B'), true))
), judged AS (
    SELECT line, event_id, field, value, 'the tier of ' || before_year || ' was ' || before_tier || ' and that of ' || after_year || ' is ' || after_tier || ', which is a move ' || way AS state FROM moved WHERE said <> '' AND said <> way
    UNION ALL SELECT line, event_id, 'date', date, 'its text says ' || told FROM other_days
    UNION ALL SELECT line, event_id, 'date', date, 'its text says that it is the year of the ' || regexp_extract(text, 'year of the (first|last)\b', 1) || ', which is ' || CASE WHEN contains(text, 'year of the last') THEN list_max(years) ELSE list_min(years) END
    FROM (SELECT *, regexp_extract_all(text, '\b(?:19|20)[0-9]{2}\b') AS years FROM words) WHERE regexp_matches(text, 'date is the year of the (?:first|last)\b') AND len(years) > 0 AND left(date, 4) <> CASE WHEN contains(text, 'year of the last') THEN list_max(years) ELSE list_min(years) END
    UNION ALL SELECT line, event_id, found.field AS field, found.value AS value, found.state AS state FROM single WHERE found IS NOT NULL
    UNION ALL SELECT line, event_id, 'text', text, 'its printed words say ' || min(printed) FROM (SELECT *, unnest(regexp_extract_all(text, '\b[0-9]{2,}\b')) AS told FROM words) JOIN (SELECT event_id, unnest(regexp_extract_all(fact_as_printed, '\b[0-9]{2,}\b')) AS printed FROM words) USING (event_id)
    WHERE told <> printed AND NOT regexp_matches(told, '^(?:19|20)[0-9]{2}$') AND list_sort(string_split(told, '')) = list_sort(string_split(printed, '')) AND NOT contains(fact_as_printed, told) GROUP BY line, event_id, text
    UNION ALL SELECT line, event_id, 'date', date, 'its text says ' || first_day.month || ' ' || first_day.year FROM words JOIN (VALUES ('January', '01'), ('February', '02'), ('March', '03'), ('April', '04'), ('May', '05'), ('June', '06'), ('July', '07'), ('August', '08'), ('September', '09'), ('October', '10'), ('November', '11'), ('December', '12')) AS m (name, month) ON m.name = first_day.month
    WHERE length(date) >= 7 AND kind IN ('law', 'programme') AND date[1:7] <> first_day.year || '-' || m.month
)
SELECT 'data/events.csv' AS file, line, field, value, value AS shown, event_id, state
FROM judged
-- breaks: [{"table": "events", "row": "RESP-100", "set": {"date": "2008-12"}}]
-- says: ["events", "RESP-100", "date"]
-- breaks: [{"table": "events", "row": "RESP-162", "set": {"fact_as_printed": "Tier 3 to Tier 2 on 3 June 2005"}}]
-- says: ["events", "RESP-162", "fact_as_printed"]
-- says: ["events", "RESP-162", "text"]
-- breaks: [{"table": "events", "row": "RESP-179", "set": {"text": "A sub-decree formed a national committee of 80 members."}}]
-- says: ["events", "RESP-179", "text"]
-- breaks: [{"table": "events", "row": "RESP-046", "set": {"evidence": "secondary"}}]
-- says: ["events", "RESP-046", "evidence"]
-- breaks: [{"table": "events", "row": "RESP-161", "set": {"text": "A newspaper says that the US Trafficking in Persons Report of 2008 moved Cambodia down to Tier 2. A tier judges the effort of a government; it is no measure of prevalence."}}]
-- says: ["events", "RESP-161", "text"]
-- breaks: [{"table": "events", "row": "E2-111", "set": {"text": "A newspaper article on the launch of the national plan says that there are official data on its extent."}}]
-- says: ["events", "E2-111", "text"]
-- breaks: [{"table": "events", "row": "RESP-132", "set": {"evidence": "secondary"}}]
-- says: ["events", "RESP-132", "evidence"]
-- breaks: [{"table": "events", "row": "RESP-052", "set": {"source_id": "us-state-2021"}}]
-- says: ["events", "RESP-052", "source_id"]
-- breaks: [{"table": "events", "row": "TIP-meta-03", "set": {"place_id": "cambodia"}}]
-- says: ["events", "TIP-meta-03", "place_id"]
-- breaks: [{"table": "events", "row": "RESP-163", "set": {"text": "A newspaper prints that 78 people were taken to safety on 7 December 2004 and that 91 were removed from a shelter on 8 December. Another newspaper prints 83 in place of 91."}}]
-- says: ["events", "RESP-163", "text"]
-- passes: [{"table": "events", "row": "RESP-052", "set": {"title": "Cambodia in Tier 3"}}]
-- breaks: [{"table": "events", "row": "RESP-052", "set": {"text": "The US Trafficking in Persons Report of 2022 moved Cambodia up to Tier 3. A tier judges the effort of a government; it is no measure of prevalence."}}]
-- says: ["events", "RESP-052", "text"]
-- breaks: [{"table": "events", "row": "RESP-047", "set": {"date": "2017"}}]
-- says: ["events", "RESP-047", "date"]
-- breaks: [{"table": "events", "row": "RESP-099", "set": {"text": "A newspaper reports 37 victims on 28 March, at least eight brothels closed and seven suspects tried in the same year."}}]
-- says: ["events", "RESP-099", "date"]
-- passes: [{"table": "events", "row": "RESP-052", "set": {"title": "Cambodia moved to Tier 3"}}, {"table": "events", "row": "RESP-099", "set": {"text": "On 29 March, a day after 28 March, 37 people were taken to safety."}}, {"table": "events", "row": "RESP-047", "set": {"date": "2021-06"}}]
