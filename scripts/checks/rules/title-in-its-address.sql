-- title: A title, a publisher and a kind are those that the address and the body tell
-- level: error
-- why: A title copied from the row above sends a reader to another text.
-- mend: Open the address, and copy its title and publisher.
-- message: {source_id}: the {field} is “{value}”, but {state}.
-- except: yes
-- example: {"table": "sources", "row": "phnom-penh-post-2019", "set": {"title": "Victims saved from human sex trafficking rises 184%"}}
-- mended: {"title": "Victims saved from human sex trafficking rises 148%"}
-- says: ["sources", "phnom-penh-post-2019", "title"]
WITH spelt AS (
    SELECT *, lower(url) AS address, lower(title) AS words, regexp_extract(lower(title), '\b(?:drops?|falls?|down|declines?|downgrade[ds]?|decreases?)\b') AS down, regexp_extract(lower(title), '\b(?:up|rises?|increases?|upgrade[ds]?|climbs?)\b') AS up,
        regexp_extract(lower(url), '\b(?:drops?|falls?|down|declines?|downgrade[ds]?|decreases?)\b') AS address_down, regexp_extract(lower(url), '\b(?:up|rises?|increases?|upgrade[ds]?|climbs?)\b') AS address_up
    FROM sources WHERE url IS NOT NULL
), small AS ( -- the words that nearly every sentence of a language has
    SELECT * FROM (VALUES ('es', 'el los las del por para con una que en su más y'), ('pt', 'não dos das em uma para são e os na no'), ('fr', 'les des dans une sur au aux du et le la'),
        ('de', 'und der die das von im ein für mit auf zu'), ('en', 'the of and for to from with on by as at more over'), ('it', 'il gli della nel per che di dei')) AS list (tongue, words)
), spoken AS (
    SELECT line, source_id, language, title, tongue, len(list_filter(string_split_regex(s.words, '[^\p{L}]+'), lambda one: list_contains(string_split(small.words, ' '), one))) AS times FROM spelt s, small
), countries AS (SELECT name FROM places WHERE level = 'country'),
judged AS (
    SELECT line, source_id, 'title' AS field, title AS value, 'the address has not ' || array_to_string(list_filter(regexp_extract_all(title, '\b[0-9]{2,3}\b'), lambda one: NOT contains(url, one)), ', ') AS state FROM spelt
    WHERE regexp_matches(address, '(?:[a-z0-9]+-){3,}[a-z0-9]+/?$') AND len(list_filter(regexp_extract_all(title, '\b[0-9]{2,3}\b'), lambda one: NOT contains(url, one))) > 0
    UNION ALL SELECT line, source_id, 'title', title, 'the address has “' || address_down || address_up || '”' FROM spelt WHERE address_down <> '' AND up <> '' AND down = '' AND address_up = '' OR address_up <> '' AND down <> '' AND up = '' AND address_down = ''
    UNION ALL SELECT line, source_id, 'kind', kind, 'the address is one of press releases' FROM spelt WHERE regexp_matches(address, 'press/?-?releases?/|prnewswire') AND kind NOT IN ('press_release', 'news_agency', 'government_web_page', 'ngo_web_page')
    UNION ALL SELECT line, source_id, 'kind', kind, 'the address is one of scientific papers' FROM spelt WHERE regexp_matches(address, '://(?:dx\.)?doi\.org|pubmed|ncbi\.nlm|journals?\.plos|biomedcentral|tandfonline|sagepub') AND kind IN ('newspaper', 'blog', 'press_release', 'news_agency', 'ngo_web_page')
    UNION ALL SELECT line, source_id, 'language', language, 'its title is written in ' || arg_max(tongue, times) FROM spoken GROUP BY line, source_id, language HAVING max(times) > 1 AND sum(times) FILTER (tongue = language) = 0
    UNION ALL SELECT s.line, source_id, 'kind', s.kind, 'the publisher is ' || o.name FROM spelt s JOIN organisations o USING (organisation_id)
    WHERE s.kind IN ('newspaper', 'news_agency') AND o.kind <> 'media' AND (contains(publisher, o.name) OR list_contains(string_split(lower(publisher), ' '), organisation_id))
    UNION ALL SELECT line, source_id, 'publisher', publisher, 'the address is of another country' FROM spelt JOIN countries ON ends_with(publisher, '(' || name || ')')
    WHERE regexp_matches(address, '://[^/]*\.(?:my|ke|th|in|ph|vn|kh|sg|au|uk)(?:/|$)') AND NOT starts_with(CASE regexp_extract(address, '://[^/]*\.([a-z]{2})(?:/|$)', 1)
        WHEN 'my' THEN 'Malaysia' WHEN 'ke' THEN 'Kenya' WHEN 'th' THEN 'Thailand' WHEN 'in' THEN 'India' WHEN 'ph' THEN 'Philippines' WHEN 'vn' THEN 'Viet Nam' WHEN 'kh' THEN 'Cambodia' WHEN 'sg' THEN 'Singapore' WHEN 'au' THEN 'Australia' ELSE 'United Kingdom' END, name)
)
SELECT 'data/sources.csv' AS file, line, field, value, source_id, state
FROM judged
-- breaks: [{"table": "sources", "row": "cambodia-daily-2009", "set": {"title": "Cambodia moves up in US trafficking report"}}]
-- says: ["sources", "cambodia-daily-2009", "title"]
-- breaks: [{"table": "sources", "row": "unodc-2024", "set": {"kind": "blog"}}]
-- says: ["sources", "unodc-2024", "kind"]
-- breaks: [{"table": "sources", "row": "ijm-canada-study", "set": {"kind": "newspaper"}}]
-- says: ["sources", "ijm-canada-study", "kind"]
-- breaks: [{"table": "sources", "row": "the-star-malaysia-2025", "set": {"publisher": "The Star (Kenya)"}}]
-- says: ["sources", "the-star-malaysia-2025", "publisher"]
-- breaks: [{"table": "sources", "row": "el-caribe-2022", "set": {"language": "en"}}]
-- says: ["sources", "el-caribe-2022", "language"]
-- passes: [{"table": "sources", "row": "phnom-penh-post-2019", "set": {"title": "Victims saved"}}]
