-- title: A link other than not_comparable joins figures of one topic
-- level: error
-- why: Counts of the response, groups outside the frame and global estimates are never set beside the venue studies.
-- mend: Write not_comparable, or correct the topic.
-- message: {value} belongs to {topic}, {other} to {other_topic}.
-- example: {"table": "reported_values", "row": "KH007", "set": {"topic": "response"}}
-- mended: {"topic": "venue_studies"}
-- says: ["links", "KH007 later_end_of KH023", "from_id"]
-- says: ["links", "KH007 numerator_of KH010", "from_id"]
-- says: ["links", "KH009 part_of KH007", "from_id"]
SELECT 'data/links.csv' AS file, l.line, 'from_id' AS field, l.from_id AS value, l.to_id AS other,
    a.topic, b.topic AS other_topic
FROM links l
JOIN all_readings a ON a.value_id = l.from_id
JOIN all_readings b ON b.value_id = l.to_id
WHERE l.relation <> 'not_comparable' AND a.topic <> b.topic
-- breaks: [{"table": "links", "row": ["KH009", "part_of", "KH007"], "set": {"to_id": "KH114"}}]
-- says: ["links", "KH009 part_of KH114", "from_id"]
-- passes: [{"table": "links", "row": ["KH009", "part_of", "KH007"], "set": {"to_id": "KH114", "relation": "not_comparable"}}]
