"""Does the prose keep our rules: no typed-in figures, no words to avoid?

Prose is docs/*.md, docs/brief/*.md, the *.md files at the root, and the words of the contract.

Links, anchors and unknown ids are checked by the build of the site, which fails on them.
"""

import re
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

import duckdb

from scripts.checks import roles
from scripts.checks.rule_table import listed
from scripts.checks.subject import Subject
from scripts.findings import MOST_OF_A_KIND, Finding, finding
from scripts.package import record_file
from scripts.package.files import MERGED, NotPlain, merge_mark, read_text
from scripts.package.opening import DESCRIPTOR

FIGURE = listed("prose-figure")
TERM = listed("prose-term")
READABLE = listed("prose-readable")
RULES = (READABLE, FIGURE, TERM, *roles.RULES)

# A share, a decimal or a number of two digits and more is a figure, unless it is one of these.
NOT_FIGURES = re.compile(
    "|".join(
        (
            r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{ #[a-z0-9-]+ \}",  # macros, and the anchor of a heading
            r"^search: \{[^{}]*\}$",  # how high the search puts a page
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
LONGEST_LINE = 5_000  # characters; the longest line has under 1,500
TOO_LONG = f"The line is longer than {LONGEST_LINE:,} characters."
SETTINGS = "mkdocs.yml"
BESIDE = (record_file.NAME, SETTINGS, "overrides/main.html", "CITATION.cff")
HEAD = re.compile(r"---\n(.*?)^---$", re.DOTALL | re.MULTILINE)
Line = tuple[str, int, str]  # file, number, text
Fault = tuple[int, str]  # a line of a file, and what is wrong


def check(subject: Subject) -> list[Finding]:
    """Read every hand-written page and the words of the contract."""
    folder = subject.package.folder
    found: list[Finding] = []
    lines: list[Line] = []
    pages = sorted(
        page for place in ("docs/*.md", "docs/brief/*.md", "*.md") for page in folder.glob(place)
    )
    for path in (*_beside(folder), *pages):
        name = path.relative_to(folder).as_posix()
        try:
            text = read_text(folder, path)
            faults = [*_faults_of(name, text)]
        except NotPlain as error:
            text, faults = "", [(0, str(error))]
        found += [finding(READABLE, name, message, line=line) for line, message in faults]
        lines += [(name, number, line) for number, line in _lines_of_prose(text) if path in pages]
    too_long = [line for line in lines if len(line[2]) > LONGEST_LINE]
    found += [finding(READABLE, name, TOO_LONG, line=number, value=line) for name, number, line in too_long]
    lines = [line for line in lines if len(line[2]) <= LONGEST_LINE]
    terms = _terms([*lines, *_words_of_contract(subject)], subject)
    there = {row["role"]: line for line, row in enumerate(subject.package.rows("featured"), start=2)}
    of_roles = roles.faults(subject.uses_of_roles, there)
    return list(islice(chain(found, _figures(lines), terms, of_roles), MOST_OF_A_KIND))


def _beside(folder: Path) -> Iterator[Path]:
    """Settings and records that commands read, and that there are; a package of data alone has none."""
    yield from (path for name in BESIDE if (path := folder / name).exists() or path.is_symlink())


def _faults_of(name: str, text: str) -> Iterator[Fault]:
    """What stands against reading a file: marks of a merge, settings or a head of a page that are none."""
    head = HEAD.match(text) if name.endswith(".md") else None
    if name == record_file.NAME:
        yield from _faults_of_record(text)
    elif line := merge_mark(text):
        yield line, MERGED
    elif name == SETTINGS:
        yield from _faults_of_yaml(text, 0)
    elif head and "{{" not in head[1] and "{%" not in head[1]:
        yield from _faults_of_yaml(head[1], 1)


def _faults_of_record(text: str) -> Iterator[Fault]:
    try:
        record_file.entries(text)
    except record_file.NoRecord as error:
        yield error.line, error.message


def _faults_of_yaml(text: str, before: int) -> Iterator[Fault]:
    import yaml  # a package without settings is checked where there is none

    try:
        read: Any = yaml.safe_load(text.replace("!ENV ", ""))  # without a look at the environment
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 + before if error.problem_mark else 0
        yield line, f"This is no YAML: {error.problem}."
    except (yaml.YAMLError, ValueError, RecursionError, TypeError) as error:
        yield 0, f"This is no YAML: {type(error).__name__}."
    else:
        if not isinstance(read, dict) or not all(isinstance(key, str) for key in read):
            yield 1 + before, "These are no settings, a name and a value each."
        elif before and not all(isinstance(read.get(key, ""), str) for key in ("title", "description")):
            yield 1 + before, "The title and the description are text: put quotes around them."


def _words_of_contract(subject: Subject) -> list[Line]:
    text = read_text(subject.package.folder, subject.package.folder / DESCRIPTOR)
    lines = enumerate(text.splitlines(), start=1)
    return [(DESCRIPTOR, number, line) for number, line in lines if WORDS_OF_CONTRACT.match(line)]


def _lines_of_prose(text: str) -> Iterator[tuple[int, str]]:
    in_code = False
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("```"):
            in_code = not in_code
        elif not in_code:
            yield number, line


def _figures(lines: list[Line]) -> Iterator[Finding]:
    for name, number, line in lines:
        for match in A_FIGURE.finditer(NOT_FIGURES.sub(" ", line)):
            yield finding(FIGURE, name, "This figure is typed in.", line=number, value=match[0])


def _terms(lines: list[Line], subject: Subject) -> Iterator[Finding]:
    """Patterns are matched by DuckDB, whose time does not explode; those of Python can be made to."""
    with duckdb.connect() as connection:
        texts = [QUOTATION.sub(" ", line) for _, _, line in lines]
        table = "CREATE TABLE lines AS SELECT unnest(?) AS number, unnest(?) AS text"
        connection.execute(table, [[*range(len(texts))], texts])
        for term in subject.package.rows("terms"):
            for number, word in _matches(connection, f"(?i){term['pattern']}"):
                name, line, _ = lines[number]
                yield finding(TERM, name, f"Write: {term['use_instead']}.", line=line, value=word)


def _matches(connection: duckdb.DuckDBPyConnection, pattern: str) -> list[tuple[int, str]]:
    """Where a pattern matches; nowhere if it cannot be read, which the rules report."""
    readable = connection.execute("SELECT TRY(regexp_matches('', $1)) IS NOT NULL", [pattern]).fetchone()
    found = "SELECT number, unnest(regexp_extract_all(text, $1)) FROM lines WHERE regexp_matches(text, $1)"
    return (
        connection.execute(f"{found} ORDER BY number", [pattern]).fetchall() if readable == (True,) else []
    )
