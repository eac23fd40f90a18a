-- title: A partition consists of parts of one whole
-- level: error
-- why: Parts that make up their whole are added up; a single part, or another relation, cannot be.
-- fix: Give all parts of the whole the same word, or leave the column blank.
-- message: The partition {value} of {to_id} has one part alone, or another relation than [part_of].
-- example: {"table": "links", "row": ["KH018", "part_of", "KH010"], "set": {"partition": ""}}
-- fixed: {"partition": "age"}
-- says: ["links", "KH201 part_of KH010", "partition"]
SELECT 'data/links.csv' AS file, min(line) AS line, 'partition' AS field, partition AS value, to_id
FROM links
WHERE partition IS NOT NULL
GROUP BY to_id, partition
HAVING count(*) < 2 OR bool_or(relation <> 'part_of')
-- passes: [{"table": "links", "row": ["KH018", "part_of", "KH010"], "set": {"partition": ""}}, {"table": "links", "row": ["KH201", "part_of", "KH010"], "set": {"partition": ""}}]
