"""The rules of the data: each one SQL file that returns the offending rows.

The header of a file holds `title`, `level`, `why`, `mend`, `message` and `example`; the file
name is the id. A query returns `file`, `line`, `field`, `value`, and whatever the message names
in braces. Rules judge our entry; what sources disagree about is never a finding.
"""

import json
import re
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import duckdb

from scripts.checks.warehouse import open_package
from scripts.findings import Finding, Rule, finding

HEADER_LINE = re.compile(r"-- ([a-z]+): (.*)")


@dataclass(frozen=True)
class SqlRule(Rule):
    """A rule with its query, its message, and a change of a sound row that breaks it."""

    message: str = ""
    example: str = ""
    query: str = ""

    @property
    def breaking_change(self) -> dict[str, Any]:
        """The example as an object: table, row, and the cells to set or to copy."""
        change: dict[str, Any] = json.loads(self.example)
        return change


class RuleCrash(Exception):
    """A query failed. The tool is at fault, never the data."""


def _read(name: str, text: str) -> SqlRule:
    lines = text.splitlines()
    matches = [match for line in lines if (match := HEADER_LINE.fullmatch(line))]
    head = {match[1]: match[2] for match in matches}
    query = "\n".join(lines[len(matches) :])
    return SqlRule(
        name,
        head["title"],
        head["why"],
        head["mend"],
        head["level"],
        head["message"],
        head["example"],
        query,
    )


def _load() -> tuple[SqlRule, ...]:
    folder = resources.files("scripts.checks") / "rules"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda f: f.name)
    return tuple(_read(file.name.removesuffix(".sql"), file.read_text(encoding="utf-8")) for file in files)


RULES = _load()


def check(package: Path) -> list[Finding]:
    """Run every rule. RuleCrash where a query fails."""
    with open_package(package) as connection:
        return [found for rule in RULES for found in offences(connection, rule)]


def _as_typed(cell: Any) -> Any:
    """A whole number as a person writes it: 38, not 38.0."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def offences(connection: duckdb.DuckDBPyConnection, rule: SqlRule) -> list[Finding]:
    """Run one rule and word its offending rows."""
    try:
        result = connection.execute(rule.query)
        columns = [column[0] for column in result.description]
        rows = [dict(zip(columns, map(_as_typed, row), strict=True)) for row in result.fetchall()]
    except duckdb.Error as error:
        raise RuleCrash(f"The rule {rule.id} failed: {error}") from error
    found = [
        finding(rule, row["file"], rule.message.format(**row), row["line"], row["field"], row["value"])
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.table, one.line, one.field))
