"""Run each rule's query and turn the rows it returns into findings, except for recorded exceptions."""

from dataclasses import replace
from pathlib import PurePath
from typing import Any

import duckdb

from scripts.checks import finding_causes, rule_files
from scripts.checks.context import CheckContext, add_row_keys
from scripts.checks.descriptor import TABLES
from scripts.checks.python_rule_texts import rule_from_table
from scripts.checks.rule_files import THEN, SqlRule
from scripts.findings import HINT, MOST_OF_A_KIND, Finding, did_you_mean, make_finding

RULES = rule_files.RULES
OF_THE_CONTRACT = (  # errors in a query if a table, column or type is not as the rule expects
    duckdb.CatalogException,
    duckdb.BinderException,
    duckdb.ConversionException,
    duckdb.OutOfRangeException,
)


class RuleCrash(Exception):
    """Raised if a query fails; the fault is in the tool, never in the data."""


EXCEPTIONS = "data/editorial/exceptions.csv"
NEEDED = rule_from_table("exception-needed")
OPEN = {rule.id: rule.level for rule in RULES if rule.may_be_excepted}


def check(context: CheckContext) -> list[Finding]:
    """Run every rule; raises RuleCrash if a query fails."""
    connection = context.database
    found: list[Finding] = []
    asked = context.asked.rules
    for number, rule in enumerate(RULES, start=1):
        if (asked is not None and rule.id not in asked) or (rule.level == HINT and not context.asked.hints):
            continue
        context.at(f"Layer rules, {rule.id} ({number} of {len(RULES)})")
        found += findings_of_rule(connection, rule)
    gone = [fault for fault in found if fault.rule == TABLES.id]
    if gone:
        return gone
    found = add_row_keys(found, connection, context.package.tables)
    found = finding_causes.add_keys_of_named_rows(found, connection, context.package.tables)
    unneeded = (
        findings_on_unused_exceptions(found, connection) if asked is None else []
    )  # only if all rules ran
    return drop_excepted_findings(found, connection) + add_row_keys(
        unneeded, connection, context.package.tables
    )


Place = tuple[str, str, str]  # the rule, table and key of a row


def _exceptions_with_lines(connection: duckdb.DuckDBPyConnection) -> dict[Place, int]:
    """The recorded exceptions to rules, with their line numbers; empty if the package has no such table."""
    query = "SELECT rule_id, table_name, row_key, line FROM raw.exceptions"
    try:
        return {(rule, table, key): line for rule, table, key, line in connection.execute(query).fetchall()}
    except duckdb.CatalogException:
        return {}


def _exception_key_of_finding(found: Finding) -> Place:
    return found.rule, PurePath(found.table).stem, found.row


def drop_excepted_findings(found: list[Finding], connection: duckdb.DuckDBPyConnection) -> list[Finding]:
    """The findings that no recorded exception covers.

    Only rules with an `except` line can have exceptions.
    """
    recorded = {place for place in _exceptions_with_lines(connection) if place[0] in OPEN}
    return [fault for fault in found if _exception_key_of_finding(fault) not in recorded]


def findings_on_unused_exceptions(
    found: list[Finding], connection: duckdb.DuckDBPyConnection
) -> list[Finding]:
    """A finding for each exception whose rule does not report its row, at the level of that rule.

    If the rule only warns, the exception may be needed again, since such a rule compares a row with others,
    and these may have changed.
    """
    used = {_exception_key_of_finding(fault) for fault in found if fault.rule in OPEN}
    unneeded = []
    for (rule, table, key), line in _exceptions_with_lines(connection).items():
        if (rule, table, key) not in used:
            message = f"The rule {rule} finds nothing in {table}, row {key}."
            if rule not in OPEN:
                message = f"The rule {rule} is not one that may have exceptions.{did_you_mean(rule, OPEN)}"
            needed = replace(NEEDED, level=OPEN.get(rule, NEEDED.level))
            unneeded.append(
                make_finding(needed, EXCEPTIONS, message, line=line, field="rule_id", value=rule)
            )
    return unneeded


def _drop_decimals_of_whole_number(cell: Any) -> Any:
    """Return a whole number without decimals (38, not 38.0), and anything else as it is."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def findings_of_rule(connection: duckdb.DuckDBPyConnection, rule: SqlRule) -> list[Finding]:
    """Run one rule and turn the rows that break it into findings."""
    try:
        rows = _query_rows_as_dicts(connection, rule.query)
    except OF_THE_CONTRACT as error:  # tests make sure that the names in the query are right
        words = str(error).splitlines()[0].partition(": ")[2].rstrip("!.") or "a column is of another kind"
        message = f"The rule {rule.id} cannot work with the tables as they are described: {words}."
        return [make_finding(TABLES, "datapackage.json", message, field="resources")]
    except duckdb.Error as error:
        raise RuleCrash(f"The rule {rule.id} failed: {error}") from error
    found = [
        _finding_for_row(rule, {name: _drop_decimals_of_whole_number(fact) for name, fact in row.items()})
        for row in rows
    ]
    return sorted(found, key=lambda found: (found.table, found.line, found.field))


def _query_rows_as_dicts(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    """The rows that a query returns, up to MOST_OF_A_KIND.

    If the query has two parts, the first fills the table `asked`; if that is empty, no rows are returned.
    """
    first, _, then = query.rpartition(THEN)
    if first and connection.execute(f"CREATE OR REPLACE TEMP TABLE asked AS {first}").fetchall() == [(0,)]:
        return []
    result = connection.execute(then)
    columns = [column[0] for column in result.description]
    return [dict(zip(columns, row, strict=True)) for row in result.fetchmany(MOST_OF_A_KIND)]


def _finding_for_row(rule: SqlRule, row: dict[str, Any]) -> Finding:
    """A finding for a row that breaks a rule, with the rule's message or the row's own."""
    is_own = row.get("says") and "{says}" not in rule.message
    cell = {name: row[name] for name in ("line", "field", "value")}
    levelled = replace(rule, level=row.get("level_of_row") or rule.level)
    return make_finding(
        levelled, row["file"], row["says"] if is_own else rule.message, **cell, parameters=row
    )
