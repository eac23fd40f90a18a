-- title: The kind of a body fits its name and how it speaks
-- level: error
-- why: A ministry coded as an organisation would count as an independent voice.
-- mend: Correct kind, or the name.
-- message: {organisation_id} is “{name}”, but its kind is {value}.
-- except: yes
-- example: {"table": "organisations", "row": "moj", "set": {"kind": "local_ngo"}}
-- mended: {"kind": "government"}
-- says: {"table": "organisations", "row": "moj", "field": "kind", "value": "local_ngo", "message": "moj is “Ministry of Justice of Cambodia”, but its kind is local_ngo."}
SELECT 'data/organisations.csv' AS file, line, 'kind' AS field, kind AS value, organisation_id, name
FROM organisations
WHERE (regexp_matches(name, '^Ministry|Royal Government|National Police|National Institute of Statistics') AND kind <> 'government') OR (regexp_matches(name, 'Universit|College') AND kind NOT IN ('academic', 'research_body'))
    OR (regexp_matches(name, '^UN\b|United Nations|UNICEF|UNAIDS|International Labour Organization') AND kind NOT IN ('un_body')) OR (regexp_matches(name, '(?i)post$|daily|newspaper|times$') AND kind <> 'media')
    OR (regexp_matches(name, 'Department of State|US Agency') AND kind <> 'foreign_government')
-- passes: [{"table": "organisations", "row": "agape", "set": {"kind": "funder"}}]
