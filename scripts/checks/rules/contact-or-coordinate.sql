-- title: No contact and no coordinates outside the helplines
-- level: error
-- why: An address, a number or a point on the map could lead to a person. Numbers for help stand in data/helplines.csv.
-- mend: Delete it; say where the source is with url and locator.
-- message: The cell holds {what}.
-- example: {"table": "places", "row": "phnom-penh", "set": {"name": "Phnom Penh, 012 345 678"}}
-- mended: {"name": "Phnom Penh"}
WITH suspects AS (
    SELECT value, CASE
        WHEN contains(value, '@') AND regexp_matches(value, '[\pL\pN._+-]@[\pL\pN-]+\.\pL') THEN 'an e-mail address'
        WHEN NOT regexp_matches(value, '[0-9]{3}') THEN NULL
        -- +855 12 345 678, 0085512345678; 855 12 345 678; 202-555-0123
        WHEN regexp_matches(value, '\+ ?[0-9](?:[ ().\x{A0}-]{0,2}[0-9]){7,14}'
            || '|\b00[1-9][0-9]{8,12}\b|\b855[ -]?[1-9][0-9](?:[ -]?[0-9]{3}){2}[0-9]?\b'
            || '|\b[2-9][0-9]{2}-[0-9]{3}-[0-9]{4}\b|\([2-9][0-9]{2}\) ?[0-9]{3}-[0-9]{4}\b') THEN 'a telephone number'
        -- 012 345 678, (023) 123-4567; not the end of a larger number such as 1 012 345 678
        WHEN regexp_matches(value, '(?:^|[^0-9A-Za-z.,/\s\p{Z}-]|[^0-9][\s\p{Z}])0[1-9][0-9]?\)?'
            || '(?:[ .\x{A0}-]?[0-9]{3}){2}[0-9]?(?:[^0-9]|$)') THEN 'a telephone number'
        -- 11.5564, 104.9282; 11.5564 N 104.9282 E; 11°33′N. One of the two is 1 or more: p-values are not caught.
        WHEN regexp_matches(value, '[0-9]{1,3}\.[0-9]{4,}°? ?[NS]?[,;/\s]+-?[1-9][0-9]{0,2}\.[0-9]{4,}'
            || '|\b[1-9][0-9]{0,2}\.[0-9]{4,}°? ?[NS]?[,;/\s]+-?[0-9]{1,3}\.[0-9]{4,}'
            || '|[0-9] ?°[ 0-9.,''"’”′″]*[NSEW]\b') THEN 'coordinates' END AS what
    FROM texts
)
SELECT file, line, field, value, what
FROM text_cells JOIN (FROM suspects WHERE what IS NOT NULL) USING (value)
WHERE file <> 'data/helplines.csv' AND field NOT IN ('url', 'archived_url')
