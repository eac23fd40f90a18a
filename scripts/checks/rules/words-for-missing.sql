-- title: No word that stands for a missing value
-- level: error
-- why: “NA” is read as missing by some programs and as text by others.
-- mend: Write what is meant, or leave the cell blank; where a column of the same name with _reason stands beside it, fill that.
-- message: The word stands for a missing value.
-- example: {"table": "sources", "row": "acton-2015", "set": {"creator": "n/a", "creator_reason": ""}}
-- mended: {"creator": "", "creator_reason": "not_recorded"}
-- says: ["sources", "acton-2015", "creator"]
SELECT file, line, field, value
FROM text_cells
WHERE value IN (
    SELECT value FROM texts
    WHERE lower(trim(value)) IN (
        'na', 'n/a', 'n.a.', 'n.a', '#n/a', 'nan', 'none', 'none.', 'null', 'null.', 'nil', 'missing', 'unknown',
        'tbd', 'tba', 'todo', 'xxx', '-', '--', '–', '—', '?', '.'
    )
)
-- finds: ["NA", "n/a", "N.A.", "#N/A", "NaN", "None", "null", "Nil", "missing", "TBD", "-", "--", "?", "."]
-- finds: [" NA", "unknown", "TODO", "xxx", "n.a", "–", "—", "null.", "None.", "TBA"]
-- spares: ["None found is not none.", "Nilsson", "NA-1", "– 5 –", "unknown to us", "XXXL"]
