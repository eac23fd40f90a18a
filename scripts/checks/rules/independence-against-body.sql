-- title: The relation of a publisher to the counts fits the kind of organisation or, without one, the kind of document
-- level: warning
-- why: A newspaper is not the government, and an organisation that ran a programme is not independent of it.
-- fix: Correct [independence], [kind] or [organisation_id].
-- message: [independence] is {value}, but the {who} is of the kind {kind}.
-- except: yes
-- example: {"table": "sources", "row": "xinhua-2016", "set": {"independence": "government"}}
-- fixed: {"independence": "independent"}
-- says: ["sources", "xinhua-2016", "independence"]
WITH home AS ( -- the country that the figures of our own government are about
    SELECT mode(country) AS home FROM all_readings v JOIN organisations o ON o.organisation_id = v.speaker WHERE o.kind = 'government'
), abroad AS ( -- there, that country's government is the domestic one, and ours is foreign
    SELECT DISTINCT source_id FROM all_readings v JOIN places c ON c.place_id = v.country AND c.level = 'country' JOIN home ON v.country <> home
), told AS (
    SELECT s.line, source_id, s.independence, if(o.kind IS NULL, 'document', 'body') AS who, coalesce(o.kind, s.kind) AS kind
    FROM sources s LEFT JOIN organisations o USING (organisation_id)
)
SELECT 'data/sources.csv' AS file, line, 'independence' AS field, independence AS value, who, kind
FROM told JOIN words.independence_of_kinds USING (who, kind)
WHERE NOT list_contains(string_split(may_be, ' '), independence)
    AND NOT (ends_with(kind, 'government') AND ends_with(independence, 'government') AND source_id IN (SELECT source_id FROM abroad))
-- breaks: [{"table": "sources", "row": "ijm-india", "set": {"independence": "independent"}}]
-- says: ["sources", "ijm-india", "independence"]
-- passes: [{"table": "sources", "row": "xinhua-2016", "set": {"independence": "unknown"}}]
-- breaks: [{"table": "sources", "row": "us-state-2019", "set": {"independence": "government"}}]
-- says: ["sources", "us-state-2019", "independence"]
-- passes: [{"table": "sources", "row": "us-state-2019", "set": {"independence": "government"}}, {"table": "reported_values", "row": "RESP-014", "set": {"place_id": "philippines"}}]
