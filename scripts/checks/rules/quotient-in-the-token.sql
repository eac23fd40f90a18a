-- title: A count of a count in words and the share beside it are one number
-- level: warning
-- why: 37 of 312 is 11.9 percent, so 9.0 percent beside it is a slip of ours or of the source.
-- mend: Read the three numbers again. If the source prints them so, record the row in data/exceptions.csv with the reason.
-- message: “{said}” is {quotient} percent, and the reading is {value}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH284", "set": {"scope_as_printed": "37 of 312 sexually active female youth"}}
-- mended: {"scope_as_printed": "sexually active female youth aged 10-24 at hotspots; paid for sex in the past year"}
-- says: ["reported_values", "KH284", "low"]
WITH told AS (
    SELECT line, low AS value, regexp_extract(regexp_replace(lower(concat_ws('; ', token, scope_as_printed)), -- a number that ends an age band is no count
        '\b(?:aged?|ages|under|below|over|than|until|up to|turned) [0-9]{1,2}(?: ?(?:to|and|-|–) ?[0-9]{1,2})?\b|\b[0-9]{1,2} ?(?:to|and|-|–) ?[0-9]{1,2}\b(?: years?(?: of age|[ -]olds?)?)?|\b[0-9]{1,2}[ -]years?(?:[ -]olds?)?\b', '', 'g'),
        '\b([0-9]+(?:,[0-9]{3})*) (?:out )?of (?:the |all )?([0-9]+(?:,[0-9]{3})*)\b', ['part', 'whole']) AS numbers
    FROM all_readings WHERE unit = 'percent' AND kind = 'share' AND low = high
), parts AS (
    SELECT line, value, numbers.part || ' of ' || numbers.whole AS said, try_cast(replace(numbers.part, ',', '') AS DOUBLE) AS part, try_cast(replace(numbers.whole, ',', '') AS DOUBLE) AS whole FROM told WHERE numbers.part <> ''
)
SELECT 'data/reported_values.csv' AS file, line, 'low' AS field, value, said, round(100 * part / whole, 1) AS quotient
FROM parts
WHERE whole > 0 AND part <= whole AND abs(value - 100 * part / whole) > greatest(0.06, 0.03 * value)
-- passes: [{"table": "reported_values", "row": "KH284", "set": {"scope_as_printed": "150 of 312 sexually active female youth"}}]
-- passes: [{"table": "reported_values", "row": "KH284", "set": {"scope_as_printed": "youth aged 15 to 17, of 538 at hotspots"}}]
-- passes: [{"table": "reported_values", "row": "KH284", "set": {"scope_as_printed": "youth aged 15 to 17 of 538 at hotspots; those under 18 of 20 hotspots"}}]
-- passes: [{"table": "reported_values", "row": "KH284", "set": {"scope_as_printed": "youth of 10-24 of 312 at hotspots"}}]
