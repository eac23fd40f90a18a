-- title: How a publisher stands to the counts fits the kind of its body, or else of the document
-- level: warning
-- why: A newspaper is not the government, and the body that ran a programme is not independent of it.
-- mend: Correct [independence], [kind] or [organisation_id].
-- message: [independence] is {value}, but the {who} is of the kind {kind}.
-- except: yes
-- example: {"table": "sources", "row": "xinhua-2016", "set": {"independence": "government"}}
-- mended: {"independence": "independent"}
-- says: ["sources", "xinhua-2016", "independence"]
WITH told AS (
    SELECT s.line, s.independence, if(o.kind IS NULL, 'document', 'body') AS who, coalesce(o.kind, s.kind) AS kind
    FROM sources s LEFT JOIN organisations o USING (organisation_id)
)
SELECT 'data/sources.csv' AS file, line, 'independence' AS field, independence AS value, who, kind
FROM told JOIN words.independence_of_kinds USING (who, kind)
WHERE NOT list_contains(string_split(may_be, ' '), independence)
-- breaks: [{"table": "sources", "row": "ijm-india", "set": {"independence": "independent"}}]
-- says: ["sources", "ijm-india", "independence"]
-- passes: [{"table": "sources", "row": "xinhua-2016", "set": {"independence": "unknown"}}]
