-- title: A source rests on the document whose numbers and whose title it has
-- level: warning
-- why: A text put down to another document seems to confirm what it never saw.
-- mend: Correct based_on, or the credits of the readings. Where both are right, record the row in data/exceptions.csv with its reason.
-- message: {source_id} rests on {value}, but {state}.
-- except: yes
-- example: {"table": "sources", "row": "cambodia-daily-2016", "set": {"based_on": "nis-columbia-report"}}
-- mended: {"based_on": "unicef-mosvy-2016"}
-- says: ["sources", "cambodia-daily-2016", "based_on"]
WITH resting AS (
    SELECT s.line, s.source_id, s.based_on, s.title, s.organisation_id AS own, b.organisation_id AS body, b.title AS base_title FROM sources s JOIN sources b ON b.source_id = s.based_on
), judged AS (
    SELECT r.line, r.source_id, r.based_on, 'its numbers are credited to ' || array_to_string(list_sort(list(DISTINCT credited_to)), ' and ') AS state FROM resting r JOIN all_readings v USING (source_id)
    WHERE own IS NULL AND body IS NOT NULL AND credited_to IS NOT NULL GROUP BY r.line, r.source_id, r.based_on, body HAVING NOT bool_or(credited_to = body)
    UNION ALL SELECT r.line, r.source_id, r.based_on, min(o.source_id) || ' has its title' FROM resting r JOIN sources o ON length(o.title) > 15 AND starts_with(lower(r.title), lower(o.title)) AND o.source_id NOT IN (r.source_id, r.based_on)
    WHERE NOT starts_with(lower(r.title), lower(r.base_title)) GROUP BY r.line, r.source_id, r.based_on
)
SELECT 'data/sources.csv' AS file, line, 'based_on' AS field, based_on AS value, source_id, state FROM judged
-- breaks: [{"table": "sources", "row": "phnom-penh-post-2018-5", "set": {"based_on": "phnom-penh-post-2017-4"}}]
-- says: ["sources", "phnom-penh-post-2018-5", "based_on"]
-- passes: [{"table": "sources", "row": "cambodia-daily-2016", "set": {"based_on": "mosvy-unicef-mapping"}}]
