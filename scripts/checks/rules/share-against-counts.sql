-- title: An unweighted share is the quotient of its linked counts
-- level: warning
-- why: A share far from what its own counts give is a slip, or the source contradicts itself.
-- fix: Read the three numbers again. If the source gives them so, leave them, and say so where you send the file.
-- message: The share is {value}, but {numerator} of {denominator} is {quotient}.
-- except: yes
-- example: {"table": "reported_values", "row": "E2-076-a", "set": {"low": "19.8", "high": "19.8", "printed": "19.8 %"}}
-- fixed: {"low": "9.8", "high": "9.8", "printed": "9.8 %"}
-- says: ["reported_values", "E2-076-a", "low"]
WITH linked AS (
    SELECT share, n.low AS numerator, d.low AS denominator, 100 * n.low / d.low AS quotient, split_part(r.low, '.', 2) AS decimals,
        (share.qualifier, n.qualifier, d.qualifier) = ('exact', 'exact', 'exact') AND share.written_in = 'digits' AS is_exact
    FROM links a JOIN links b ON a.to_id = b.to_id AND a.relation = 'numerator_of' AND b.relation = 'denominator_of'
    JOIN reported_values share ON share.value_id = a.to_id JOIN raw.reported_values r ON r.line = share.line
    JOIN reported_values n ON n.value_id = a.from_id JOIN reported_values d ON d.value_id = b.from_id
    WHERE share.weighted <> 'yes' AND n.low = n.high AND d.low = d.high AND d.low > 0
), judged AS ( -- however it was rounded, an exact share of exact counts is within a unit of its last digit
    SELECT *, coalesce(share.low, share.high) AS value, CASE WHEN is_exact THEN 1.0001 * pow(10, -length(decimals))
        ELSE greatest(0.06, 0.05 * value) END AS tolerance
    FROM linked
)
SELECT 'data/reported_values.csv' AS file, share.line, CASE WHEN share.low IS NULL THEN 'high' ELSE 'low' END AS field,
    value, numerator, denominator, round(quotient, 2) AS quotient
FROM judged
WHERE share.low - quotient > tolerance OR quotient - share.high > tolerance
-- breaks: [{"table": "reported_values", "row": "E2-077-a", "set": {"low": "17.5", "high": "17.5", "printed": "17.5 %"}}, {"table": "reported_values", "row": "RESP-030-c", "set": {"printed": "casi el 34 por ciento", "high": "34"}}]
-- says: ["reported_values", "E2-077-a", "low"]
-- says: ["reported_values", "RESP-030-c", "high"]
-- passes: [{"table": "reported_values", "row": "E2-076-a", "set": {"low": "10.0", "high": "10.0", "weighted": "yes"}}, {"table": "reported_values", "row": "E2-077-a", "set": {"low": "17.1", "high": "17.1", "printed": "17.1 %"}}]
