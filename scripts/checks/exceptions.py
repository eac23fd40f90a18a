"""Rows that a rule would find and that are right: data/exceptions.csv records each with its reason."""

import re
from collections.abc import Mapping
from dataclasses import replace

import duckdb

from scripts.findings import Finding, Rule, did_you_mean, finding

PATH = "data/exceptions.csv"
NEEDED = Rule(
    "exception-needed",
    "An exception names a row that its rule would find",
    "An exception for nothing would hide the next slip in that row.",
    "Remove the row, or correct the rule, the table or the key that it names.",
)
RULES = (NEEDED,)
BY_WORD = {"words-borne-out"}  # an exception of these excuses only what its reason names
Place = tuple[str, str, str]  # rule, file and key of the row


def _recorded(connection: duckdb.DuckDBPyConnection) -> dict[Place, tuple[int, str]]:
    """The lines of the exceptions and their reasons; none where a package has no such table."""
    try:
        rows = connection.execute(
            "SELECT rule_id, table_name, row_key, line, coalesce(reason, '') FROM raw.exceptions"
        ).fetchall()
    except duckdb.CatalogException:
        return {}
    return {(rule, f"data/{table}.csv", key): (line, reason) for rule, table, key, line, reason in rows}


def left(
    found: list[Finding], connection: duckdb.DuckDBPyConnection, open_rules: Mapping[str, str]
) -> list[Finding]:
    """The findings without an exception; only rules on meaning may have one."""
    recorded = {place: told for place, told in _recorded(connection).items() if place[0] in open_rules}
    return [one for one in found if not _excused(one, recorded)]


def _excused(one: Finding, recorded: Mapping[Place, tuple[int, str]]) -> bool:
    """Is its row recorded, with a reason that names what is found where the rule asks for that?"""
    _, reason = recorded.get((one.rule, one.table, one.row), (0, None))
    if reason is None or one.rule not in BY_WORD:
        return reason is not None
    words = re.findall("“([^”]+)”", one.message)
    return all(re.search(rf"(?<![\w.,]){re.escape(word)}(?!\w)", reason, re.I) for word in words)


def not_needed(
    found: list[Finding], connection: duckdb.DuckDBPyConnection, open_rules: Mapping[str, str]
) -> list[Finding]:
    """A finding for each exception that holds nothing back, of the level of its rule.

    A rule that warns compares rows with others, and another contribution may have mended the comparison.
    """
    used = {(one.rule, one.table, one.row) for one in found if one.rule in open_rules}
    return [
        finding(
            replace(NEEDED, level=open_rules.get(place[0], NEEDED.level)),
            PATH,
            _words(place, open_rules),
            line=line,
            field="rule_id",
            value=place[0],
        )
        for place, (line, _) in _recorded(connection).items()
        if place not in used
    ]


def _words(place: Place, open_rules: Mapping[str, str]) -> str:
    rule, file, key = place
    if rule not in open_rules:
        return f"The rule {rule} is not one that may have exceptions.{did_you_mean(rule, open_rules)}"
    return f"The rule {rule} finds nothing in {file}, row {key}."
