-- title: An address can be linked to
-- level: error
-- why: A page turns it into a link, so it must not contain anything that ends an address, hides its host or is not allowed in a host name.
-- fix: Copy the address from the browser. A host in other letters is written as xn--…, a name before @ is left out, and a space or one of <>"\^`{|} is written as % and its code.
-- message: {value} cannot stand in a link.
-- example: {"table": "sources", "row": "acton-2015", "set": {"url": "https://reader@example.org/report"}}
-- fixed: {"url": "https://rlo.acton.org/archives/78292-sex-trafficking-can-be-eliminated.html"}
-- says: ["sources", "acton-2015", "url"]
SELECT file, line, field, value, CASE WHEN regexp_matches(value, '[\s\p{Z}]') THEN
    '{value} cannot stand in a link: it holds a space, or two addresses in one cell. Delete the space, or write it as %20.' END AS says
FROM addresses
WHERE NOT regexp_full_match(value, 'https?://[A-Za-z0-9._-]+(?::[0-9]+)?(?:[/?#][^\s\p{Z}<>"\\^`{|}\x00-\x1f\x7f]*)?')
-- breaks: [{"table": "sources", "row": "acton-2015", "set": {"url": "https://user:x@example.org/"}}]
-- says: ["sources", "acton-2015", "url"]
-- breaks: [{"table": "sources", "row": "acton-2015", "set": {"url": "https://example.org/a|b"}}]
-- says: ["sources", "acton-2015", "url"]
-- passes: [{"table": "sources", "row": "acton-2015", "set": {"url": "https://example.org:8000/(a)[b]?q='x'&y=@*!#a#b"}}]
