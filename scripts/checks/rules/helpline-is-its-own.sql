-- title: A helpline has the channel of its contact and the body of its page
-- level: error
-- why: A number put down to another body sends a person in need to the wrong place.
-- mend: Correct channel, contact_as_printed or organisation_id.
-- message: The {field} is {shown}, but {state}.
-- example: {"table": "helplines", "row": "H1", "set": {"channel": "web"}}
-- mended: {"channel": "telephone"}
-- says: ["helplines", "H1", "channel"]
SELECT 'data/helplines.csv' AS file, line, 'channel' AS field, channel AS value, channel AS shown, 'the contact is “' || contact_as_printed || '”' AS state
FROM helplines WHERE (channel = 'web') <> regexp_matches(contact_as_printed, '^https?://')
UNION ALL
SELECT 'data/helplines.csv', h.line, 'organisation_id', h.organisation_id, h.organisation_id, s.organisation_id || ' speaks on its page'
FROM helplines h JOIN sources s USING (source_id) WHERE h.organisation_id <> s.organisation_id
-- breaks: [{"table": "helplines", "row": "H1", "set": {"organisation_id": "ijm"}}]
-- says: ["helplines", "H1", "organisation_id"]
-- passes: [{"table": "helplines", "row": "H1", "set": {"name": "Police"}}]
