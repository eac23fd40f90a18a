-- title: An event has the year, the kind and the place that its own words give
-- level: error
-- why: An event in a wrong year stands beside the wrong count.
-- mend: Correct date, kind or place_id, or the words.
-- message: The {field} is {shown}, but {state}.
-- except: yes
-- example: {"table": "events", "row": "RESP-111", "set": {"date": "2009-03"}}
-- mended: {"date": "2008-03"}
-- says: ["events", "RESP-111", "date"]
-- says: ["events", "RESP-111", "date"]
-- says: ["events", "RESP-111", "date"]
WITH words AS (
    SELECT e.*, concat_ws('; ', e.title, e.text, e.fact_as_printed) AS all_words, lower(e.title) AS head, left(e.date, 4) AS year,
        try_cast(left(s.date_published, 4) AS INTEGER) AS published, s.date_published AS printed_on
    FROM events e LEFT JOIN sources s USING (source_id)
), judged AS (
    SELECT line, 'date' AS field, date AS value, 'its own words say ' || array_to_string(list_distinct(regexp_extract_all(all_words, '\b(?:19|20)[0-9]{2}\b')), ', ') AS state FROM words
    WHERE date IS NOT NULL AND regexp_matches(all_words, '\b(?:19|20)[0-9]{2}\b') AND NOT contains(all_words, year) AND NOT contains(all_words, 'erived')
    UNION ALL SELECT line, 'date', date, 'the words say ' || regexp_extract(fact_as_printed, '\b(?:19|20)[0-9]{2}\b') FROM words
    WHERE date IS NOT NULL AND regexp_matches(fact_as_printed, '^(?:since |in |established in |on )?(?:[0-9]{1,2} )?(?:(?:January|February|March|April|May|June|July|August|September|October|November|December) )?(?:19|20)[0-9]{2}$') AND regexp_extract(fact_as_printed, '\b(?:19|20)[0-9]{2}\b') <> year
    UNION ALL SELECT line, 'date', date, 'the words say ' || regexp_extract(fact_as_printed, '[0-9]{1,2} [A-Z][a-z]+ (?:19|20)[0-9]{2}') FROM words WHERE regexp_matches(fact_as_printed, '\b[0-9]{1,2} [A-Z][a-z]+ (?:19|20)[0-9]{2}\b') AND NOT contains(fact_as_printed, year)
    UNION ALL SELECT line, 'title', title, 'the words say ' || fact_as_printed FROM words
    WHERE regexp_matches(title, '20[0-9]{2} to 20[0-9]{2}') AND regexp_matches(fact_as_printed, '20[0-9]{2}(?: to |-)20[0-9]{2}') AND NOT contains(replace(fact_as_printed, '-', ' to '), regexp_extract(title, '20[0-9]{2} to 20[0-9]{2}'))
    UNION ALL SELECT line, 'date', date, 'its source is of ' || printed_on FROM words WHERE left(date, length(printed_on)) > left(printed_on, length(date)) AND left(date, 4) <= left(printed_on, 4)
    UNION ALL SELECT line, 'date', date, 'the title says ' || regexp_extract(title, '\b(?:19|20)[0-9]{2}\b') FROM words
    WHERE kind NOT IN ('plan', 'observation') AND regexp_matches(title, 'of (?:[0-9]+ [A-Z][a-z]+ )?(?:19|20)[0-9]{2}|since (?:19|20)') AND NOT contains(title, year) AND NOT regexp_matches(title, 'Penalt')
    UNION ALL SELECT line, 'date', date, 'the report is of ' || regexp_extract(text, 'Report of (?:[A-Z][a-z]+ )?((?:19|20)[0-9]{2})', 1) FROM words
    WHERE kind = 'tip_tier' AND regexp_matches(text, 'Report of (?:[A-Z][a-z]+ )?(?:19|20)[0-9]{2}') AND regexp_extract(text, 'Report of (?:[A-Z][a-z]+ )?((?:19|20)[0-9]{2})', 1) <> year
    UNION ALL SELECT line, 'date', date, 'a word for its month is ' || m.name FROM words, (VALUES ('January', '01'), ('February', '02'), ('March', '03'), ('April', '04'), ('May', '05'), ('June', '06'), ('July', '07'), ('August', '08'), ('September', '09'), ('October', '10'), ('November', '11'), ('December', '12')) AS m (name, month)
    WHERE length(date) >= 7 AND contains(fact_as_printed, m.name) AND NOT contains(fact_as_printed, strftime(try_cast(date[1:7] || '-01' AS DATE), '%B'))
    UNION ALL SELECT line, 'date', date, 'its plan begins in ' || regexp_extract(title, '(20[0-9]{2}) to 20[0-9]{2}', 1) FROM words
    WHERE kind = 'plan' AND regexp_matches(title, '20[0-9]{2} to 20[0-9]{2}') AND abs(try_cast(year AS INTEGER) - try_cast(regexp_extract(title, '(20[0-9]{2}) to 20[0-9]{2}', 1) AS INTEGER)) > 1
    UNION ALL SELECT line, 'date', date, 'its source is of ' || published FROM words WHERE try_cast(year AS INTEGER) > published
    UNION ALL SELECT line, 'kind', kind, 'its title says “' || title || '”' FROM words
    WHERE (regexp_matches(head, '\bplan\b') AND NOT regexp_matches(head, 'planned') AND kind NOT IN ('plan'))
        OR (regexp_matches(head, 'tier|watch list') AND kind NOT IN ('tip_tier'))
        OR (regexp_matches(head, '\blaw\b|penal code|bill debated') AND NOT regexp_matches(head, 'after the law|law enforcement') AND kind NOT IN ('law'))
        OR (regexp_matches(head, 'close a|declared closed') AND kind NOT IN ('closure')) OR (regexp_matches(head, 'memorandum|protocol') AND kind <> 'agreement')
        OR (kind = 'tip_tier' AND NOT regexp_matches(head, 'tier|watch list')) OR (kind = 'law' AND NOT regexp_matches(head, '\blaw\b|penal code|\bbill\b')) OR (kind = 'plan' AND NOT regexp_matches(head, '\bplan\b'))
        OR (kind = 'closure' AND NOT regexp_matches(head, 'clos')) OR (kind = 'agreement' AND NOT regexp_matches(head, 'memorandum|protocol|agreement'))
        OR (regexp_matches(head, 'set up|founded|formed|opens its|unit on .* starts') AND kind <> 'institution') OR (regexp_matches(head, 'committee of the united nations|raid|described as|no official data') AND kind <> 'observation')
        OR (regexp_matches(head, 'guidelines|guidance|workshop|policy') AND kind <> 'policy') OR (regexp_matches(head, '\bproject\b|works with the government') AND kind <> 'programme')
    UNION ALL SELECT a.line, 'same_event_as', a.same_event_as, 'the two are of ' || coalesce(a.kind, '') || ' and ' || b.kind FROM words a JOIN words b ON a.same_event_as = b.event_id
    WHERE a.kind <> b.kind OR a.place_id <> b.place_id OR (a.date IS NOT NULL AND b.date IS NOT NULL AND abs(try_cast(a.year AS INTEGER) - try_cast(b.year AS INTEGER)) > 0 AND NOT regexp_matches(a.text, b.year))
    UNION ALL SELECT e.line, 'place_id', e.place_id, 'its words say ' || c.name FROM words e JOIN places c ON c.level = 'country' AND contains(replace(e.title, 'Thailand', ''), c.name) WHERE e.place_id <> c.place_id
    UNION ALL SELECT line, 'place_id', place_id, 'its words say Cambodia' FROM words WHERE regexp_matches(all_words, '\b(?:Cambodia|Phnom Penh)\b') AND place_id NOT IN ('cambodia', 'phnom-penh') AND NOT regexp_matches(all_words, 'World')
    UNION ALL SELECT e.line, 'date', e.date, 'the tier of that year is ' || coalesce(t.tier, 'not known') FROM words e JOIN tip_tiers t ON t.place_id = e.place_id AND t.report_year = try_cast(e.year AS INTEGER)
    WHERE e.kind = 'tip_tier' AND regexp_matches(title, '(?:moved|to|On|on) (?:.*to )?(?:the )?Tier') AND NOT CASE
        WHEN regexp_matches(title, '(?:to|On) the Tier 2 Watch List') THEN t.tier = 'tier_2_watch_list' WHEN regexp_matches(title, '(?:to|down to) Tier 3') THEN t.tier = 'tier_3' WHEN regexp_matches(title, 'to Tier 2$') THEN t.tier = 'tier_2' ELSE true END
)
SELECT 'data/events.csv' AS file, line, field, value, coalesce(value, 'blank') AS shown, state
FROM judged
-- breaks: [{"table": "events", "row": "RESP-111", "set": {"kind": "plan"}}]
-- says: ["events", "RESP-111", "kind"]
-- breaks: [{"table": "events", "row": "RESP-052", "set": {"date": "2018"}}]
-- says: ["events", "RESP-052", "date"]
-- says: ["events", "RESP-052", "date"]
-- says: ["events", "RESP-052", "date"]
-- breaks: [{"table": "events", "row": "RESP-043", "set": {"place_id": "thailand"}}]
-- says: ["events", "RESP-132", "same_event_as"]
-- breaks: [{"table": "events", "row": "RESP-183", "set": {"date": "2003-11"}}]
-- says: ["events", "RESP-183", "date"]
-- breaks: [{"table": "events", "row": "RESP-161", "set": {"date": "2008-07-04"}}]
-- says: ["events", "RESP-161", "date"]
-- breaks: [{"table": "events", "row": "RESP-181", "set": {"title": "National plan of action on trafficking, 2014 to 2019"}}]
-- says: ["events", "RESP-181", "title"]
-- breaks: [{"table": "events", "row": "RESP-163", "set": {"date": "2004-02"}}]
-- says: ["events", "RESP-163", "date"]
-- passes: [{"table": "events", "row": "RESP-111", "set": {"date": "2008"}}]
