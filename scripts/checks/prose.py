"""Check that the prose follows our rules: no figures typed by hand, and no words to avoid.

Prose is docs/*.md, docs/brief/*.md, the *.md files at the root, and the texts of `datapackage.json`. Links,
anchors and unknown ids are checked when the site is built, which fails if any is wrong.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, islice

import duckdb

from scripts.checks import featured_role_references, outdated_absences
from scripts.checks.active_html import lines_with_active_html
from scripts.checks.context import CheckContext
from scripts.checks.python_rule_texts import rule_from_table
from scripts.findings import MOST_OF_A_KIND, Finding, make_finding
from scripts.package.files import MERGED, UnreadableFile, line_of_conflict_marker, read_page_text
from scripts.package.package import DESCRIPTOR

FIGURE = rule_from_table("prose-figure")
TERM = rule_from_table("prose-term")
READABLE = rule_from_table("prose-readable")
ACTIVE = rule_from_table("prose-active")
RULES = (READABLE, ACTIVE, FIGURE, TERM, outdated_absences.ANSWERED, *featured_role_references.RULES)

# A percentage, a decimal or a number of two or more digits counts as a figure, unless it is one of these.
NOT_FIGURES = re.compile(
    "|".join(
        (
            r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{ #[a-z0-9-]+ \}",  # macros, and anchors of headings
            r"^search: \{[^{}]*\}$",  # a page's rank in the search
            r"`[^`]*`|<[^<>]*>|\]\([^()]*\)|https?://\S+",  # code, tags, addresses
            r"\b(?:19|20)\d\d\b(?:-\d\d)*",  # years and dates
            r"\b(?:under|aged?|ages|judged) \d+(?:,? (?:and|to|or) \d+)?\b",  # ages
            r"\bPython 3\.\d+(?:(?:,| or| and) 3\.\d+)*",
            r"\bCC-BY-4\.0\b|\bISO \d+|\bversion \d+(?:\.\d+)*|\b\d+\.\d+\.\d+\b",
        )
    ),
    re.IGNORECASE,
)
A_FIGURE = re.compile(r"\b\d+(?:[.,]\d+)?\s?(?:%|per\s?cent)|\b\d+[.,]\d+\b|\b\d{2,}\b", re.IGNORECASE)
WORDS_OF_CONTRACT = re.compile(r'\s*"(title|description)":')
QUOTATION = re.compile(r"<q>[^<]*</q>")
LONGEST_LINE = 5_000  # characters; the longest real line has under 1,500
HEAD = re.compile(r"---\n(.*?)^---$", re.DOTALL | re.MULTILINE)
MACRO = re.compile(r"\{[{%]")
PAGES = ("docs/*.md", "docs/parts/*.html")
BESIDE = ("mkdocs.yml", "overrides/main.html", "CITATION.cff")  # not in a package without pages
# An invalid pattern matches nothing here; the rules report it.
MATCHES = "SELECT number, unnest(TRY(regexp_extract_all(text, ?))) FROM lines ORDER BY number"
Line = tuple[str, int, str]  # file, number, text


def check(context: CheckContext) -> list[Finding]:
    """Check every page written by hand, and the texts of `datapackage.json`."""
    folder = context.package.folder
    places = (*PAGES, "docs/brief/*.md", "*.md", *BESIDE)
    found: list[Finding] = []
    lines: list[Line] = []
    for path in sorted(path for place in places for path in folder.glob(place)):
        name = path.relative_to(folder).as_posix()
        try:
            text = read_page_text(folder, path)
        except UnreadableFile as error:
            found.append(make_finding(READABLE, name, str(error)))
            continue
        found += [
            make_finding(READABLE, name, fault, line=line) for line, fault in _faults_of_page_text(text)
        ]
        if path.parent.name in ("docs", "parts"):
            found += _findings_on_active_html(name, text)
        if path.suffix == ".md":
            lines += [(name, number, line) for number, line in _lines_of_prose(text)]
    terms = _findings_on_discouraged_terms([*lines, *_texts_of_contract(context)], context)
    of_roles = featured_role_references.findings_on_roles(
        context.uses_of_roles, context.package.rows("featured")
    )
    of_absences = outdated_absences.findings_on_filled_gaps(context.package)
    return list(
        islice(
            chain(found, _findings_on_typed_figures(lines), terms, of_roles, of_absences), MOST_OF_A_KIND
        )
    )


@lru_cache(maxsize=200)  # a preview reads most pages twice
def _faults_of_page_text(text: str) -> tuple[tuple[int, str], ...]:
    """The faults of a page and their lines: conflict markers, overlong lines, and front matter in error."""
    return tuple(_lines_that_make_page_unreadable(text))


def _lines_that_make_page_unreadable(text: str) -> Iterator[tuple[int, str]]:
    import yaml  # may be missing if the package has no pages

    if marked := line_of_conflict_marker(text):
        yield marked, MERGED
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > LONGEST_LINE:
            yield number, f"The line is longer than {LONGEST_LINE:,} characters."
    head = HEAD.match(text)
    try:
        is_read = not head or MACRO.search(head[1]) or isinstance(yaml.safe_load(head[1]), dict)
    except (yaml.YAMLError, ValueError, RecursionError, TypeError):
        is_read = False
    if not is_read:
        yield 1, "The head of this page is no YAML, a name and a value each."


def _findings_on_active_html(name: str, text: str) -> Iterator[Finding]:
    for number, found in lines_with_active_html(text, is_markdown=name.endswith(".md")):
        yield make_finding(ACTIVE, name, "A browser would run or fetch this.", line=number, value=found)


def _texts_of_contract(context: CheckContext) -> list[Line]:
    text = read_page_text(context.package.folder, context.package.folder / DESCRIPTOR)
    lines = enumerate(text.splitlines(), start=1)
    return [(DESCRIPTOR, number, line) for number, line in lines if WORDS_OF_CONTRACT.match(line)]


def _lines_of_prose(text: str) -> Iterator[tuple[int, str]]:
    in_code = False
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("```"):
            in_code = not in_code
        elif not in_code and len(line) <= LONGEST_LINE:
            yield number, line


def _findings_on_typed_figures(lines: list[Line]) -> Iterator[Finding]:
    for name, number, line in lines:
        for match in A_FIGURE.finditer(NOT_FIGURES.sub(" ", line)):
            yield make_finding(FIGURE, name, "This figure is typed in.", line=number, value=match[0])


def _findings_on_discouraged_terms(lines: list[Line], context: CheckContext) -> Iterator[Finding]:
    """Yield a finding for each term to avoid.

    The patterns are matched by DuckDB, which takes linear time; in Python, some patterns would never
    finish.
    """
    with duckdb.connect() as connection:
        texts = [QUOTATION.sub(" ", line) for _, _, line in lines]
        table = "CREATE TABLE lines AS SELECT unnest(?) AS number, unnest(?) AS text"
        connection.execute(table, [[*range(len(texts))], texts])
        for term in context.package.rows("terms"):
            for number, word in connection.execute(MATCHES, [f"(?i){term['pattern']}"]).fetchall():
                name, line, _ = lines[number]
                yield make_finding(TERM, name, f"Write: {term['use_instead']}.", line=line, value=word)
