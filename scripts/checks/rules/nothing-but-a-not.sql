-- title: Two sentences of ours do not differ in a “not” alone
-- level: warning
-- why: A “not” that was lost turns a limit into a claim, and the row beside it still has it.
-- mend: Put the “not” back, or take it out. Where both are right, record the row in data/exceptions.csv with its reason.
-- message: The {field} begins with “{short}”; {other} says the same but for a “not”.
-- except: yes
-- example: {"table": "studies", "row": "ijm-khm-2015", "set": {"generalises_to": "People present in sampled venues of three cities in one month. Children in Cambodia, and not the country."}}
-- mended: {"generalises_to": "People present in sampled venues of three cities in one month. Not children in Cambodia, and not the country."}
-- says: ["studies", "ijm-khm-2015", "generalises_to"]
WITH told AS (
    SELECT file, field, line, value, lower(value) AS said, trim(regexp_replace(lower(value), '\b(?:not|no|never|nor) ', '', 'g')) AS core FROM main.sentences
    WHERE field IN ('generalises_to', 'design_note', 'paraphrase', 'finding', 'text', 'caveat', 'counts', 'what', 'interest', 'reason') AND file <> 'data/exceptions.csv'
)
SELECT a.file, a.line, a.field, a.value, left(a.value, 60) AS short, min(w.key) AS other
FROM told a JOIN told b ON b.file = a.file AND b.field = a.field AND b.core = a.core AND length(b.said) > length(a.said) JOIN main.row_words w ON w.file = b.file AND w.line = b.line
GROUP BY a.file, a.line, a.field, a.value
-- passes: [{"table": "studies", "row": "ijm-khm-2015", "set": {"generalises_to": "People present in sampled venues of three cities in one month, not children in Cambodia."}}]
