-- title: A share whose words name how many were asked has that number as its base
-- level: warning
-- why: A share without its base has no interval, and nobody can check its last digit.
-- mend: Enter the number as a reading and link it as denominator_of, or record the row in data/exceptions.csv with the reason.
-- message: The scope of the share {value_id} names {number}, and no base is linked.
-- except: yes
-- example: {"table": "reported_values", "row": "KH284", "set": {"scope_as_printed": "312 sexually active female youth aged 10-24 at hotspots; paid for sex in the past year"}}
-- mended: {"scope_as_printed": "sexually active female youth aged 10-24 at hotspots; paid for sex in the past year"}
-- says: ["reported_values", "KH284", "scope_as_printed"]
SELECT 'data/reported_values.csv' AS file, line, 'scope_as_printed' AS field, scope_as_printed AS value, value_id,
    regexp_extract(scope_as_printed, '(?:^|, of |^of (?:the )?|\bamong (?:the )?)([1-9][0-9,]*[0-9]) [a-z]', 1) AS number
FROM all_readings
WHERE kind = 'share' AND printing_of IS NULL AND number <> '' AND NOT regexp_matches(number, '^(?:19|20)[0-9]{2}$')
    AND value_id NOT IN (SELECT to_id FROM links WHERE relation = 'denominator_of') AND qualifier <> 'none_found'
-- breaks: [{"table": "reported_values", "row": "KH284", "set": {"scope_as_printed": "paid for sex among 312 sexually active female youth aged 10-24"}}]
-- says: ["reported_values", "KH284", "scope_as_printed"]
-- passes: [{"table": "reported_values", "row": "KH242", "set": {"scope_as_printed": "131 street-involved children and youth"}}]
