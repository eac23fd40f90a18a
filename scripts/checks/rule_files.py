"""The rules of the data, read from their files, and how each is described.

The header of a file holds `title`, `level`, `why`, `fix`, `message`, `example` and `fixed`; the file name
is the id. A query returns `file`, `line`, `field`, `value`, and whatever the message names in braces;
columns and coded words stand in brackets there ([age_min]), for each audience calls them by another name;
so does the [cell], which is an answer in a form. A query may have two parts, with ; on a line between them:
the second reads what the first returns as the table `asked`, and only if that has a row. Where judgements
differ in words or codes alone, they are rows of a table in words/, which queries read as words.its_name. A
row may have a message and a level of its own, which the query returns as `says` and `level_of_row`: what
words say is an error only where they are surely read. Rules judge our entry; what sources disagree about is
never a finding. A rule of the level `hint` reads words or guesses: it is asked for reviewers alone.

A rule with the line `except` compares what two cells say: a row that is right all the same is recorded in
data/editorial/exceptions.csv.

Further lines are for the tests alone (tests/checks/rule_cases.py): `says` is where the rule finds something
in the example, or in the changes that `breaks` it: table, key and field; `passes` are changes that it lets
through. A rule of single cells `finds` some texts and `spares` others.
"""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from typing import Any

from scripts.findings import MARK, Rule, printable
from scripts.package.files import Row
from scripts.package.views import NAMING

THEN = "\n;\n"  # separates the two parts of a query
HEADER_LINE = re.compile(r"-- ([a-z]+): (.*)")
SAID = ("title", "why", "fix", "level", "message", "example", "fixed")
EXCEPT = "except"


@dataclass(frozen=True)
class SqlRule(Rule):
    """A rule with its query, its message, an example that breaks it, and the cells that fix the example."""

    message: str = ""
    example: str = ""
    fixed: str = ""
    query: str = ""
    may_be_excepted: bool = False  # it compares the meaning of two cells, so exceptions may be right

    @property
    def breaking_change(self) -> dict[str, Any]:
        """The failing example as an object: the table, the row, and the cells to set, copy or add."""
        change: dict[str, Any] = json.loads(self.example)
        return change

    @property
    def fixed_cells(self) -> Row:
        """The cells that the example sets, as in the valid row; empty if it copies a row."""
        cells: Row = json.loads(self.fixed)
        return cells

    @cached_property
    def query_words(self) -> frozenset[str]:
        """Every word of the query, which includes every column that it reads."""
        words = frozenset(re.findall(r"\w+", self.query))
        return words | frozenset(NAMING) if "FROM names " in self.query else words  # the view, not columns


def in_words_of_files(text: str) -> str:
    """A message or fix with column names as files spell them."""
    return MARK.sub(lambda mark: mark["name"] or mark[0], text)


def _read(name: str, text: str) -> SqlRule:
    lines = text.splitlines()
    head = {match[1]: match[2] for line in lines if (match := HEADER_LINE.fullmatch(line))}
    query = "\n".join(line for line in lines if not HEADER_LINE.fullmatch(line))
    cells = {key: head[key] for key in SAID}
    return SqlRule(id=name, query=query, may_be_excepted=EXCEPT in head, **cells)


def without_lines_for_tests(text: str) -> str:
    """The file of a rule without the header lines that only tests read."""
    heads = ((line, HEADER_LINE.fullmatch(line)) for line in text.splitlines())
    return "\n".join(line for line, head in heads if not head or head[1] in (*SAID, EXCEPT))


def _load() -> tuple[SqlRule, ...]:
    folder = resources.files("scripts.checks") / "rules"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda f: f.name)
    return tuple(_read(file.name.removesuffix(".sql"), file.read_text(encoding="utf-8")) for file in files)


RULES = _load()
BY_ID = {rule.id: rule for rule in RULES}


def query_words_of(rule: str) -> frozenset[str]:
    """The words of a rule's query; empty for a rule without one."""
    return BY_ID[rule].query_words if rule in BY_ID else frozenset()


def example_in_words(rule: SqlRule) -> tuple[str, str]:
    """Word the failing example of a rule and its fix."""
    change = rule.breaking_change
    key = " ".join(change["row"]) if isinstance(change["row"], list) else change["row"]
    row = f"{change['table']}.csv, row {key}"
    if "add" in change:
        return f"{row}, is added with {_cells(change['add'])}.", f"{_cells(rule.fixed_cells)}."
    if "copy" in change:
        return f"{row}, stands twice: the copy has {_cells(change['copy'])}.", "The copy is removed."
    return f"{row}: {_cells(change['set'])}.", f"{_cells(rule.fixed_cells)}."


def _cells(cells: Row) -> str:
    return ", ".join(
        f"{name} {f'“{printable(value)}”' if value else 'blank'}" for name, value in cells.items()
    )
