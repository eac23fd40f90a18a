-- title: Every claim has a printing
-- level: error
-- why: A claim that no source prints was not read but remembered.
-- mend: Add a row to data/claim_values.csv, or remove the claim.
-- message: No value is listed for {value}.
-- example: {"table": "claims", "row": "35-percent", "copy": {"claim_id": "a-claim-of-nobody"}}
-- mended: {}
-- says: ["claims", "a-claim-of-nobody", "claim_id"]
SELECT 'data/claims.csv' AS file, line, 'claim_id' AS field, claim_id AS value
FROM claims
WHERE claim_id NOT IN (SELECT claim_id FROM claim_values)
-- passes: [{"table": "claims", "row": "35-percent", "copy": {"claim_id": "36-percent"}}, {"table": "claim_values", "row": ["35-percent"], "copy": {"claim_id": "36-percent"}}]
