-- title: A source whose publisher has the name of an organisation is attributed to no other organisation
-- level: warning
-- why: A document attributed to the wrong organisation would be quoted as that organisation's view.
-- fix: Correct [organisation_id] or [publisher].
-- message: The body is {value}, and the publisher {publisher} is {organisation_id}.
-- except: yes
-- example: {"table": "sources", "row": "ijm-2016", "set": {"organisation_id": "agape"}}
-- fixed: {"organisation_id": "ijm"}
-- says: ["sources", "ijm-2016", "organisation_id"]
SELECT 'data/sources.csv' AS file, s.line, 'organisation_id' AS field, s.organisation_id AS value, publisher, o.organisation_id
FROM sources s JOIN organisations o ON regexp_replace(lower(publisher), '^the ', '') = regexp_replace(lower(o.name), '^the ', '')
WHERE s.organisation_id <> o.organisation_id
-- passes: [{"table": "sources", "row": "ijm-2016", "set": {"publisher": "IJM, Government of India and UNICEF", "organisation_id": "agape"}}]
