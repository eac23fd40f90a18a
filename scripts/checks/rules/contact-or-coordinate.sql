-- title: No contact details and no coordinates, except for helplines
-- level: error
-- why: An address, a telephone number or a point on the map could lead to a person. Helpline numbers belong in data/editorial/helplines.csv.
-- fix: Delete it; say where the source is with [url] and [locator].
-- message: The [cell] holds {what}.
-- example: {"table": "places", "row": "phnom-penh", "set": {"name": "Phnom Penh, 012 345 678"}}
-- fixed: {"name": "Phnom Penh"}
-- says: ["places", "phnom-penh", "name"]
WITH plain AS ( -- digits, dashes and spaces in one form, and no sign that hides between them
    SELECT value, CASE WHEN NOT has_signs THEN value ELSE regexp_replace(regexp_replace(translate(value,
        '០១២៣៤៥៦៧៨៩๐๑๒๓๔๕๖๗๘๙０１２３４５６７８９‐‑‒–—―−－＋＠．（）／', '012345678901234567890123456789--------+@.()/'),
        '[\p{Cf}\p{Mn}\p{Me}]', '', 'g'), '[\s\p{Z}]+', ' ', 'g') END AS said
    FROM texts WHERE NOT is_helpline AND (has_signs AND regexp_matches(value, '[@＠°:/／]')
        OR CASE WHEN has_signs THEN regexp_matches(value, '(?:\p{Nd}\P{Nd}*){8}') -- otherwise, eight digits near each other, or the two numbers of a coordinate
            ELSE regexp_matches(value, '[0-9](?:[^A-Za-z0-9]{0,3}[0-9]){7}|[.][0-9]{4}') END)
), numbers AS ( -- without the digits of an ISBN, of a numbered report or of a day. Signs that are not letters become
    -- ASCII, so that the classes below are small: with large ones this rule took five times as long
    SELECT *, '  ' || regexp_replace(regexp_replace(said, '\bIS[BS]N:? ?[0-9][0-9X -]{7,16}'
        || '|\b(?:report|paper|document|publication|series|grant|protocol) (?:no\.?|nr\.?|number) ?[0-9]{1,20}\b'
        || '|\b(?:0?[1-9]|[12][0-9]|3[01])[./-](?:0?[1-9]|1[0-2])[./-](?:19|20)[0-9]{2}\b', ' – ', 'gi'),
        '[^\pL\pN\x00-\x7F]', '_', 'g') AS digits
    FROM plain
), suspects AS (
    SELECT value, CASE
        WHEN contains(said, '@') AND regexp_matches(said, '[^\s@/] ?@ ?(?:[^\s@./]{1,63}\.){1,4}\pL{2}') THEN 'an e-mail address'
        -- t.me/name, viber:name
        WHEN regexp_matches(said, '(?:^|[^a-z0-9-])(?:(?:t|wa|m|line|telegram|signal)\.me|(?:chat|api)\.whatsapp\.com) ?/'
            || '|(?:^|[^a-z0-9])(?:tel|sms|callto|mailto|whatsapp|viber|skype|tg):[^\s]', 'i') THEN 'a link to a telephone or a chat'
        WHEN NOT regexp_matches(said, '[0-9]{2}') THEN NULL
        -- +855 12 345 678, +1 202 555 0123
        WHEN regexp_matches(digits, '\+[ (]{0,2}(?:855(?:[^A-Za-z0-9\x{80}-\x{10FFFF}]{0,3}[0-9]){8,10}'
            || '|[1-9](?:[ ()./-]{0,3}[0-9]){7,14})(?:[^0-9]|$)')
        -- 0085512345678; 855 12 345 678, (855) 12-34-56-78; 202-555-0123, (202) 555-0123
            OR regexp_matches(digits, '(?:[^A-Za-z0-9.,/-]|[^0-9][.,/-])(?:00 ?[1-9](?:[ ()./-]?[0-9]){8,12}'
            || '|855[^A-Za-z0-9\x{80}-\x{10FFFF}]{0,3}0?[^A-Za-z0-9\x{80}-\x{10FFFF}]{0,3}[1-9][0-9]'
            || '(?:[^A-Za-z0-9\x{80}-\x{10FFFF}]{0,3}[0-9]{3}[^A-Za-z0-9\x{80}-\x{10FFFF}]{0,3}[0-9]{3,4}'
            || '|(?:[^A-Za-z0-9\x{80}-\x{10FFFF}]{0,3}[0-9]{2}){3})'
            || '|[2-9][0-9]{2}-[0-9]{3}-[0-9]{4})(?:[^0-9]|$)|\([2-9][0-9]{2}\) ?[0-9]{3}-[0-9]{4}(?:[^0-9]|$)')
        -- 012 345 678, (023) 123-4567, 012/34/56/78; 02 123 4567, 01 23 45 67 89; not the end of a larger number such as 1 012 345 678
            OR regexp_matches(digits, '(?:[^A-Za-z0-9., /-]|[^0-9][.,/-]|[^0-9] |[0-9]{4} )0[1-9](?:[0-9](?:[^A-Za-z0-9\x{80}-\x{10FFFF}]{0,3}[0-9]){6,8}'
            || '|\)?(?: [0-9]{3} |\.[0-9]{3}\.|-[0-9]{3}-)[0-9]{3,4}|(?: [0-9]{2}){4}|(?:\.[0-9]{2}){4}|(?:-[0-9]{2}){4})(?:[^0-9]|$)')
            THEN 'a telephone number'
        -- 11.5564, 104.9282; 11.5564 N 104.9282 E; 11°33′N. One of the two is 1 or more: p-values are not caught.
        WHEN regexp_matches(said, '[0-9]{1,3}\.[0-9]{4,}°? ?[NS]?[,;/\s]+-?[1-9][0-9]{0,2}\.[0-9]{4,}'
            || '|\b[1-9][0-9]{0,2}\.[0-9]{4,}°? ?[NS]?[,;/\s]+-?[0-9]{1,3}\.[0-9]{4,}'
            || '|[0-9] ?°[ 0-9.,''"’”′″]*[NSEW]\b') THEN 'coordinates' END AS what
    FROM numbers
)
FROM suspects WHERE what IS NOT NULL
;
SELECT file, line, field, value, what
FROM text_cells JOIN asked USING (value)
WHERE file NOT IN ('data/editorial/helplines.csv', 'data/editorial/helplines_compared.csv') 
    AND (field NOT IN ('url', 'archived_url') OR what IN ('an e-mail address', 'a link to a telephone or a chat'))
-- passes: [{"table": "helplines", "row": "H1", "set": {"contact_as_printed": "012 345 678, help@example.org"}}, {"table": "sources", "row": "acton-2015", "set": {"url": "https://example.org/@11.5564,104.9282"}}]
-- finds: ["write to a.b@example.org", "Call (012) 345-6789.", "at 012345678", "+855(0)12 345 678", "0085512345678", "855 12 345 678", "+1 202 555 0123", "(202) 555-0123", "51.5072, -0.1276", "11°33′20″N 104°55′E", "០១២ ៣៤៥ ៦៧៨", "t.me/name"]
-- spares: ["2,104 of 35,000-50,000", "2015-03/2016-01", "56(5):443-462", "doi 10.1016/j.x.2005.012345678", "ISSN 0145-2134", "1 012 345 678 people", "p = 0.0012, 0.0034", "at 25 °C, @home, 1288", "Report no. 0123456789", "01.03.2018-31.03.2018 survey"]
