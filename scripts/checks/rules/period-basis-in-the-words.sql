-- title: A period that is said to be printed has its year in the words
-- level: error
-- why: “Last year” is a period only with the year of the source, so somebody worked it out.
-- mend: Write our_reading where you worked the period out; else copy the words that name the year.
-- message: The period is said to be as printed, and “{value}” names no year.
-- example: {"table": "reported_values", "row": "RESP-041-a", "set": {"period_basis": "as_printed"}}
-- mended: {"period_basis": "our_reading"}
-- says: ["reported_values", "RESP-041-a", "period_as_printed"]
SELECT 'data/reported_values.csv' AS file, line, 'period_as_printed' AS field, period_as_printed AS value
FROM reported_values
WHERE period_basis = 'as_printed' AND NOT regexp_matches(period_as_printed, '\p{Nd}')
-- passes: [{"table": "reported_values", "row": "RESP-041-a", "set": {"period_basis": "as_printed", "period_as_printed": "ឆ្នាំ ២០១៦"}}]
