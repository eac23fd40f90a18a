"""The rules on the data, read from their files, and a description of each.

The header of a file has the lines `title`, `level`, `why`, `fix`, `message`, `example` and `fixed`; the
file's name is the rule's id. A query returns `file`, `line`, `field`, `value` and everything in {braces} in
the message. Names of columns and codes are written in [brackets], because each audience knows them by other
names; so is [cell], since a form calls a cell an answer. A query may have two parts, separated by a line
with `;`. The second part runs only if the first returns rows, and reads these as the table `asked`. Rules
that differ only in words or codes share a query, and each is a row of a table in words/; a query reads the
table `x` as words.x. A row that a query returns may have a message and level of its own, in the columns
`says` and `level_of_row`. A finding on a text is an error only if the text's meaning is certain.

Rules judge what we entered; disagreement between sources is never a finding. A rule of level `hint`
interprets words or guesses; it runs for reviewers only.

A rule with an `except` line compares two cells. If the rule reports a row that is nevertheless correct, the
row is listed in data/editorial/exceptions.csv.

The other header lines are for tests only. `says` gives the table, key and field of the finding in the
example. `breaks` lists changes that the rule must find, `passes` changes that it must not; unlike
`example`, both are lists even if there is only one change. All changes in `breaks` are made at once, so
each needs a row of its own, and the `says` lines for them follow the order of the findings. A rule on
single cells lists texts that it must report (`finds`) and texts that it must not (`spares`).
"""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from typing import Any

from scripts.findings import MARK, Rule, to_one_printable_line
from scripts.package.files import Row
from scripts.package.sql_views import NAMING

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
    may_be_excepted: bool = False  # it compares the meaning of two cells, so there may be exceptions

    @property
    def breaking_change(self) -> dict[str, Any]:
        """The example that breaks the rule: the table, the row, and the cells to set, copy or add."""
        change: dict[str, Any] = json.loads(self.example)
        return change

    @property
    def fixed_cells(self) -> Row:
        """The cells that make the example valid; empty if the example copies a row."""
        cells: Row = json.loads(self.fixed)
        return cells

    @cached_property
    def query_words(self) -> frozenset[str]:
        """Every word in the query, which includes the name of every column that it reads."""
        words = frozenset(re.findall(r"\w+", self.query))
        return words | frozenset(NAMING) if "FROM names " in self.query else words  # the view, not columns


def spell_columns_as_in_files(text: str) -> str:
    """A message or fix, with column names spelt as in the files."""
    return MARK.sub(lambda mark: mark["name"] or mark[0], text)


def _parse_rule_file(name: str, text: str) -> SqlRule:
    lines = text.splitlines()
    head = {match[1]: match[2] for line in lines if (match := HEADER_LINE.fullmatch(line))}
    query = "\n".join(line for line in lines if not HEADER_LINE.fullmatch(line))
    cells = {key: head[key] for key in SAID}
    return SqlRule(id=name, query=query, may_be_excepted=EXCEPT in head, **cells)


def rule_text_without_test_lines(text: str) -> str:
    """The text of a rule's file, without the header lines that only tests read."""
    heads = ((line, HEADER_LINE.fullmatch(line)) for line in text.splitlines())
    return "\n".join(line for line, head in heads if not head or head[1] in (*SAID, EXCEPT))


def _read_all_rule_files() -> tuple[SqlRule, ...]:
    folder = resources.files("scripts.checks") / "rules"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda f: f.name)
    return tuple(
        _parse_rule_file(file.name.removesuffix(".sql"), file.read_text(encoding="utf-8")) for file in files
    )


RULES = _read_all_rule_files()
BY_ID = {rule.id: rule for rule in RULES}


def words_in_query_of_rule(rule: str) -> frozenset[str]:
    """The words in a rule's query; empty if the rule has no query."""
    return BY_ID[rule].query_words if rule in BY_ID else frozenset()


def example_in_words(rule: SqlRule) -> tuple[str, str]:
    """A sentence that describes the example that breaks a rule, and another that describes its fix."""
    change = rule.breaking_change
    key = " ".join(change["row"]) if isinstance(change["row"], list) else change["row"]
    row = f"{change['table']}.csv, row {key}"
    if "add" in change:
        return (
            f"{row}, is added with {_cells_as_sentence(change['add'])}.",
            f"{_cells_as_sentence(rule.fixed_cells)}.",
        )
    if "copy" in change:
        return (
            f"{row}, stands twice: the copy has {_cells_as_sentence(change['copy'])}.",
            "The copy is removed.",
        )
    return f"{row}: {_cells_as_sentence(change['set'])}.", f"{_cells_as_sentence(rule.fixed_cells)}."


def _cells_as_sentence(cells: Row) -> str:
    return ", ".join(
        f"{name} {f'“{to_one_printable_line(value)}”' if value else 'blank'}"
        for name, value in cells.items()
    )
