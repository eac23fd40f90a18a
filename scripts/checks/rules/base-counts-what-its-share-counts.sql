-- title: The base of a share does not count what the share counts
-- level: warning
-- why: A count in place of its base gives a share of those who were found, and no longer of those who were looked at.
-- mend: If the count and the base were exchanged, exchange them. If the base does count this, record the row in data/exceptions.csv with its reason.
-- message: The base {base} counts “{counts}”, as the share “{share}” does. Were the count and the base exchanged?
-- except: yes
-- example: {"table": "links", "row": ["GSI-2014-01-a", "numerator_of", "GSI-2014-01-b"], "set": {"relation": "denominator_of"}}
-- mended: {"relation": "numerator_of"}
-- says: ["links", "GSI-2014-01-a denominator_of GSI-2014-01-b", "relation"]
WITH told AS ( -- the words of each indicator that tell it from others
    SELECT indicator_id, name, list_filter(string_split(indicator_id, '-'),
        lambda word: word NOT IN ('people', 'share', 'in', 'of', 'the', 'venues', 'children', 'victims')) AS words
    FROM indicators
)
SELECT 'data/links.csv' AS file, l.line, 'relation' AS field, l.relation AS value, a.printed AS base, i.name AS counts, j.name AS share
FROM links l JOIN all_readings a ON a.value_id = l.from_id JOIN all_readings b ON b.value_id = l.to_id
JOIN told i ON i.indicator_id = a.indicator_id JOIN told j ON j.indicator_id = b.indicator_id
WHERE l.relation = 'denominator_of' AND b.kind = 'share' AND list_has_any(i.words, j.words)
-- passes: [{"table": "links", "row": ["KH005", "denominator_of", "KH010"], "set": {"reason": "The article prints both."}}]
