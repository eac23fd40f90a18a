-- title: A place is a city or larger
-- level: error
-- why: A village, a street or a venue leads to people who could be found there.
-- mend: Choose the city or the province that it lies in.
-- message: “{value}” is finer than a city: it names a {word}.
-- example: {"table": "places", "row": "siem-reap", "set": {"name": "Siem Reap, Street 63"}}
-- mended: {"name": "Siem Reap"}
-- says: ["places", "siem-reap", "name"]
WITH named AS (
    SELECT line, name, regexp_extract(lower(name), '\b(?:village|street|sangkat|commune|phum|corner|karaoke|ktv|bar|club|pub|hotel|hostel|guest ?house|brothel|massage|spa|salon|restaurant|orphanage|shelter)\b') AS word
    FROM places
)
SELECT 'data/places.csv' AS file, line, 'name' AS field, name AS value, word FROM named WHERE word <> ''
-- breaks: [{"table": "places", "row": "siem-reap", "set": {"name": "Sangkat Boeung Kak"}}]
-- says: ["places", "siem-reap", "name"]
-- passes: [{"table": "places", "row": "siem-reap", "set": {"name": "Siem Reap and Barisal"}}]
