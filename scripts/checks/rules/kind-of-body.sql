-- title: The kind of an organisation goes with the words of its name
-- level: warning
-- why: A ministry coded as an organisation would count as an independent voice.
-- fix: Correct [kind], or the name.
-- message: {organisation_id} is “{name}”, but [kind] is {value}.
-- except: yes
-- example: {"table": "organisations", "row": "moj", "set": {"kind": "local_ngo"}}
-- fixed: {"kind": "government"}
-- says: ["organisations", "moj", "kind"]
SELECT DISTINCT 'data/organisations.csv' AS file, line, 'kind' AS field, kind AS value, organisation_id, name
FROM organisations JOIN words.kinds_of_bodies ON regexp_matches(name, getvariable('patterns')['body']) AND regexp_matches(name, pattern)
WHERE NOT list_contains(string_split(kinds, ' '), kind)
-- passes: [{"table": "organisations", "row": "agape", "set": {"kind": "funder"}}]
