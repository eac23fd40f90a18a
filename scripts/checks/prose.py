"""Does the prose keep the rules of the house: no typed-in figures, no words to avoid?

Prose is docs/*.md, the *.md files at the root, and the words of the contract.

Links, anchors and unknown ids are checked by the build of the site, which fails on them.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from scripts.checks.subject import Subject
from scripts.files import read_rows
from scripts.findings import Finding, Rule, finding

FIGURE = Rule(
    "prose-figure",
    "A figure in prose comes from the data",
    "A typed-in figure stays when the data change.",
    "Write {{ printed('KH010') }} or another macro with the id of the value.",
)
TERM = Rule(
    "prose-term",
    "Prose follows the Terminology Guidelines",
    "Words can blame a child or hide an offence.",
    "Write the words that the message proposes, or mark a quotation with <q>.",
)
RULES = (FIGURE, TERM)

# A share, a decimal or a number of two digits and more is a figure, unless it is one of these.
NOT_FIGURES = re.compile(
    "|".join(
        (
            r"\{\{.*?\}\}|\{%.*?%\}",  # macros
            r"`[^`]*`|<[^>]*>|\]\([^)]*\)|https?://\S+",  # code, tags, addresses
            r"\b(?:19|20)\d\d\b(?:-\d\d)*",  # years and dates
            r"\b(?:under|aged?|ages|judged) \d+(?:,? (?:and|to|or) \d+)?\b",  # ages
            r"\bCC-BY-4\.0\b|\bISO \d+|\bPython 3\.\d+|\bversion \d+(?:\.\d+)*|\b\d+\.\d+\.\d+\b",
        )
    ),
    re.IGNORECASE,
)
A_FIGURE = re.compile(r"\b\d+(?:[.,]\d+)?\s?(?:%|per\s?cent)|\b\d+[.,]\d+\b|\b\d{2,}\b", re.IGNORECASE)
WORDS_OF_CONTRACT = re.compile(r'\s*"(title|description)":')
QUOTATION = re.compile(r"<q>.*?</q>")


def check(subject: Subject) -> list[Finding]:
    """Read every hand-written page and the contract."""
    package = subject.folder
    terms = [(row["pattern"], row["use_instead"]) for row in read_rows(package / "data/terms.csv")]
    found: list[Finding] = []
    for page in sorted([*package.glob("docs/*.md"), *package.glob("*.md")]):
        name = page.relative_to(package).as_posix()
        for number, line in _lines_of_prose(page):
            found += [*_figures(name, number, line), *_terms(name, number, line, terms)]
    for number, line in enumerate(_lines(package / "datapackage.json"), start=1):
        if WORDS_OF_CONTRACT.match(line):
            found += _terms("datapackage.json", number, line, terms)
    return found


def _lines(page: Path) -> list[str]:
    return page.read_text(encoding="utf-8").splitlines()


def _lines_of_prose(page: Path) -> Iterator[tuple[int, str]]:
    in_code = False
    for number, line in enumerate(_lines(page), start=1):
        if line.startswith("```"):
            in_code = not in_code
        elif not in_code:
            yield number, line


def _figures(name: str, number: int, line: str) -> Iterator[Finding]:
    for match in A_FIGURE.finditer(NOT_FIGURES.sub(" ", line)):
        yield finding(FIGURE, name, "This figure is typed in.", number, value=match[0])


def _terms(name: str, number: int, line: str, terms: list[tuple[str, str]]) -> Iterator[Finding]:
    for pattern, instead in terms:
        for match in re.finditer(pattern, QUOTATION.sub(" ", line), re.IGNORECASE):
            yield finding(TERM, name, f"Write: {instead}.", number, value=match[0])
