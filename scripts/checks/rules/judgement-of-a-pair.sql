-- title: What is checked against something else has a judgement, and nothing else has one
-- level: error
-- why: Two things compared without a judgement leave it open whether both can be true.
-- fix: Fill the [judgement] with what explains it, or take the pair out.
-- message: The [judgement] is {shown}, and the [relation] is {relation}.
-- example: {"table": "links", "row": ["KH022", "checked_against", "KH024"], "set": {"judgement": ""}}
-- fixed: {"judgement": "other_counter_or_scope"}
-- says: ["links", "KH022 checked_against KH024", "judgement"]
SELECT 'data/links.csv' AS file, line, 'judgement' AS field, judgement AS value, coalesce(judgement, 'blank') AS shown, relation, NULL AS says
FROM links
WHERE (judgement IS NULL) = (relation = 'checked_against')
UNION ALL SELECT 'data/events.csv', line, 'judgement', judgement, NULL, NULL,
    '[differs_from], [judgement] and [explanation] are filled together, or blank together.'
FROM events
WHERE (judgement IS NULL) <> (differs_from IS NULL) OR (judgement IS NULL) <> (explanation IS NULL)
-- breaks: [{"table": "events", "row": "E2-120", "set": {"explanation": ""}}]
-- says: ["events", "E2-120", "judgement"]
-- passes: [{"table": "links", "row": ["KH022", "checked_against"], "set": {"judgement": "in_tension"}}, {"table": "events", "row": "E2-120", "set": {"differs_from": "", "judgement": "", "explanation": ""}}]
