-- title: A period says where it comes from
-- level: error
-- why: A period taken over from another source is not reported by this one.
-- fix: Set [period_basis] to [not_stated] where [period] is blank, and only there.
-- message: [period] is “{period}”, but [period_basis] is {value}.
-- example: {"table": "reported_values", "row": "KH010", "set": {"period_basis": "not_stated"}}
-- fixed: {"period_basis": "as_printed"}
-- says: ["reported_values", "KH010", "period_basis"]
SELECT 'data/reported_values.csv' AS file, line, 'period_basis' AS field, period_basis AS value,
    coalesce(period, '') AS period
FROM reported_values
WHERE (period IS NULL) <> (period_basis = 'not_stated')
-- breaks: [{"table": "reported_values", "row": "KH010", "set": {"period": "", "period_reason": "not_read"}}]
-- says: ["reported_values", "KH010", "period_basis"]
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"period": "", "period_reason": "not_read", "period_basis": "not_stated"}}]
