-- title: A number in our own text is in a row on which that text rests
-- level: hint
-- why: Nothing else would reveal a digit changed in a sentence.
-- fix: Compare the sentence with the rows that it speaks of.
-- message: {key}: “{shown}” stands in the {field}, and in no row that these words rest on.
-- example: {"table": "limitations", "row": "L01", "set": {"text": "APLE says that the study left out 54 places."}}
-- fixed: {"text": "APLE says that the study left out children living on the street."}
-- says: ["limitations", "L01", "text"]
WITH rows AS MATERIALIZED (FROM row_cells), links AS MATERIALIZED (FROM references_of_rows
), anchors AS ( -- two rows are near each other if both are, or name, the same row; places and the like do not count
    SELECT file, line, file || ' ' || key AS anchor FROM rows
    UNION SELECT file, line, to_file || ' ' || value FROM links
    WHERE to_file NOT IN ('data/places.csv', 'data/organisations.csv', 'data/indicators.csv')
), near AS ( -- a table that only joins two others brings these near each other
    FROM anchors
    UNION SELECT r.file, r.line, b.to_file || ' ' || b.value FROM links a JOIN links b USING (file, line)
    JOIN rows r ON r.file = a.to_file AND r.key = a.value
    WHERE regexp_matches(a.file, '(?:scopes|_examples|article_evidence)[.]csv$')
), numbers AS MATERIALIZED (
    SELECT file, line, field, value, unnest(regexp_extract_all(replace(value, ',', ''), '[0-9]+(?:[.][0-9]+)?')) AS number FROM (
        SELECT file, line, unnest(names) AS field, unnest(cells) AS value FROM rows)
), told AS ( -- a year is compared with dates elsewhere, and anybody under 18 is at most 17
    FROM numbers WHERE field IN ('text', 'paraphrase', 'what', 'definition', 'generalises_to') AND file <> 'data/claims.csv'
        AND length(number) > 1 AND NOT regexp_matches(number, '^(?:18|(?:19|20)[0-9]{2})$')
), borne AS (
    SELECT t.file, t.line, t.field, t.number FROM told t JOIN near a USING (file, line) JOIN near b USING (anchor)
    JOIN numbers n ON n.file = b.file AND n.line = b.line AND n.number = t.number WHERE (n.file, n.line, n.field) <> (t.file, t.line, t.field)
)
SELECT file, line, field, value, key, min(number) AS shown
FROM told ANTI JOIN borne USING (file, line, field, number) JOIN rows USING (file, line) GROUP BY ALL
-- passes: [{"table": "statements", "row": "S01", "set": {"paraphrase": "Fewer children are found than the 2.2 percent."}}]
