-- title: Every source, claim and word of the vocabulary is used
-- level: warning
-- why: Anything that is not used is a slip, or was left behind.
-- fix: Name it in a row, or remove it.
-- message: Nothing uses {value}.
-- example: {"table": "indicators", "row": "people-trained", "copy": {"indicator_id": "never-used"}}
-- fixed: {}
-- says: ["indicators", "never-used", "indicator_id"]
SELECT file, line, field, value
FROM keys_of_rows AS here JOIN words.used_rows AS one ON parse_filename(here.file, true) = one.table_name
ANTI JOIN references_of_rows AS used ON used.to_file = here.file AND used.value = here.value
    AND used.value IS DISTINCT FROM used.own AND parse_filename(used.file, true) IS DISTINCT FROM one.but_not_by
-- breaks: [{"table": "organisations", "row": "aple", "copy": {"organisation_id": "phnom-penh"}}]
-- says: ["organisations", "phnom-penh", "organisation_id"]
-- passes: [{"table": "indicators", "row": "people-trained", "set": {"name": "Another name"}}]
