"""Rows that a rule would find and that are right: data/editorial/exceptions.csv has each, and why."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath

import duckdb

from scripts.findings import Finding, Rule, did_you_mean, finding

PATH = "data/editorial/exceptions.csv"
NEEDED = Rule(
    "exception-needed",
    "An exception names a row that its rule would find",
    "An exception for nothing would hide the next slip in that row.",
    "Remove the row, or correct the rule, the table or the key that it names.",
)
RULES = (NEEDED,)
Place = tuple[str, str, str]  # rule, table and key of the row


def _recorded(connection: duckdb.DuckDBPyConnection) -> dict[Place, int]:
    """The lines of the exceptions; none where a package has no such table."""
    try:
        rows = connection.execute(
            "SELECT rule_id, table_name, row_key, line FROM raw.exceptions"
        ).fetchall()
    except duckdb.CatalogException:
        return {}
    return {(rule, table, key): line for rule, table, key, line in rows}


def _place(one: Finding) -> Place:
    return one.rule, PurePath(one.table).stem, one.row


def left(
    found: list[Finding], connection: duckdb.DuckDBPyConnection, open_rules: Mapping[str, str]
) -> list[Finding]:
    """The findings without an exception; only rules on meaning may have one."""
    recorded = {place for place in _recorded(connection) if place[0] in open_rules}
    return [one for one in found if _place(one) not in recorded]


def not_needed(
    found: list[Finding], connection: duckdb.DuckDBPyConnection, open_rules: Mapping[str, str]
) -> list[Finding]:
    """A finding for each exception that holds nothing back, of the level of its rule.

    A rule that warns compares rows with others, and another contribution may have mended the comparison.
    """
    used = {_place(one) for one in found if one.rule in open_rules}
    return [
        finding(
            replace(NEEDED, level=open_rules.get(place[0], NEEDED.level)),
            PATH,
            _words(place, open_rules),
            line=line,
            field="rule_id",
            value=place[0],
        )
        for place, line in _recorded(connection).items()
        if place not in used
    ]


def _words(place: Place, open_rules: Mapping[str, str]) -> str:
    rule, table, key = place
    if rule not in open_rules:
        return f"The rule {rule} is not one that may have exceptions.{did_you_mean(rule, open_rules)}"
    return f"The rule {rule} finds nothing in {table}, row {key}."
