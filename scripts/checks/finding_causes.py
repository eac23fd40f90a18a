"""Sort findings by cause: those on a row come before those that merely name that row."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from functools import partial

import duckdb

from scripts.checks.python_rule_texts import rule_from_table
from scripts.checks.rule_files import words_in_query_of_rule
from scripts.findings import Finding, make_finding
from scripts.package.contract import Contract, Table
from scripts.package.sql_quoting import quote_name

CAUSE = rule_from_table("one-row-behind-several")
MANY, RULES_OF_MANY = 3, 2  # how many findings, and rules, must name a sound row to make it suspect
LISTED = 10  # the most rows that a message names
WORD = re.compile(r"[\w][\w.-]*[\w]")
READINGS = "reported_values"
NUMBER = {"printed", "low", "high", "qualifier", "number", "numbers"}  # the columns of a reading's number


def add_keys_of_named_rows(
    findings: Iterable[Finding], connection: duckdb.DuckDBPyConnection, tables: Sequence[Table]
) -> list[Finding]:
    """Add to each finding the keys of the other rows that it names."""
    group = [*findings]
    told = {
        fact
        for found in group
        for fact in (found.value, *dict(found.parameters).values(), *found.row.split())
    }
    words = told.union(*map(WORD.findall, told))
    keys = _words_that_are_row_keys(connection, tables, words) if group else set()
    return [replace(found, names=_row_keys_named_by(found, keys)) for found in group]


def _words_that_are_row_keys(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[Table], words: set[str]
) -> set[str]:
    """Those of the words that are keys of rows, in entered tables whose key is a single column."""
    single = [table for table in tables if len(table.primary_key) == 1 and not table.is_derived]
    found = "SELECT {} AS key FROM raw.{} WHERE key IN (FROM words)".format
    asked = " UNION ALL ".join(
        found(quote_name(table.primary_key[0]), quote_name(table.name)) for table in single
    )
    told = f"WITH words AS (SELECT unnest(?::VARCHAR[])) {asked}"
    return {key for (key,) in connection.execute(told, [[*words]]).fetchall()}


def _row_keys_named_by(found: Finding, keys: Collection[str]) -> tuple[str, ...]:
    """The keys of other rows that a finding names, either as a whole value or within a list or sentence.

    Within a sentence, only a key with a digit or hyphen counts, since others may be ordinary words.
    """
    told = [found.value, *(fact for _, fact in found.parameters), *found.row.split()]
    named = [fact for fact in told if fact in keys]
    words = WORD.findall("\n".join(fact for fact in told if " " in fact))
    # The name of a place may be an ordinary word.
    named += [word for word in words if word in keys and re.search(r"[0-9-]", word)]
    return tuple(dict.fromkeys(name for name in named if name != found.row))


def tables_shared_by_many_readings(contract: Contract) -> list[Table]:
    """The tables to which readings refer, such as studies.

    Many findings may name the same row of such a table, which does not suggest an error in that row.
    """
    keys = contract.table(READINGS).foreign_keys
    return [contract.table(name) for name in {key.table for key in keys} - {READINGS}]


def _may_result_from_row_errors(finding: Finding, on_row: Sequence[Finding]) -> bool:
    """Return whether a finding that names a row may result from an error in that row.

    It may if its rule reads a column in which that row's cell is filled in but wrong.
    """
    fields = {found.field for found in on_row if found.level == "error" and found.value}
    reads = words_in_query_of_rule(finding.rule)
    return bool(fields & reads) or bool(fields & NUMBER and reads & NUMBER)


def sort_causes_first(
    found: Sequence[Finding],
    may_be_cause: Callable[[str], bool],
    make_cause_finding: Callable[[str], Finding | None],
) -> list[Finding]:
    """Sort findings: errors first; within a level, causes and their consequences before all others.

    If a row has an error, its consequences are the findings that name it, by rules that read the faulty
    cells. If it has none, but at least MANY findings by RULES_OF_MANY rules name it, these are all its
    consequences, and a finding that `make_cause_finding` makes for the row comes first; if it makes none,
    the row is no cause. The rows that most findings name are tried first.
    """
    positions_on_row, positions_naming_row = _positions_of_findings_by_row(found)
    remaining = dict.fromkeys(range(len(found)))
    placed: list[Finding] = []
    most_named_first = sorted(
        filter(may_be_cause, positions_naming_row), key=lambda row: -len(positions_naming_row[row])
    )
    for row in most_named_first:
        on_row = positions_on_row.get(row, [])
        if not remaining.keys() >= {*on_row}:
            continue  # some of these already follow another row
        naming = [
            position
            for position in positions_naming_row[row]
            if position in remaining and position not in on_row
        ]
        causes, following = _causes_and_positions_of_consequences(
            found, on_row, naming, partial(make_cause_finding, row)
        )
        if causes and following:
            consequences = [replace(found[position], follows=row) for position in following]
            placed += [_add_disagreeing_rows(causes[0], consequences), *causes[1:], *consequences]
            for position in (*on_row, *following):
                del remaining[position]
    everything = [*placed, *(found[position] for position in remaining)]
    return sorted(everything, key=lambda finding: finding.level != "error")


def _causes_and_positions_of_consequences(
    found: Sequence[Finding],
    on_row: list[int],
    naming: list[int],
    make_cause_finding: Callable[[], Finding | None],
) -> tuple[list[Finding], list[int]]:
    """The findings to put first for one row, and the positions of the findings that follow from them."""
    causes = [found[position] for position in on_row]
    if any(cause.level == "error" for cause in causes):
        return causes, [
            position for position in naming if _may_result_from_row_errors(found[position], causes)
        ]
    consequences = [found[position] for position in naming]
    return _findings_led_by_suspected_cause(make_cause_finding(), consequences, causes), naming


def _positions_of_findings_by_row(
    found: Sequence[Finding],
) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """The positions of the findings on each row and of the findings that name each row, errors first."""
    on_row: dict[str, list[int]] = defaultdict(list)
    naming_row: dict[str, list[int]] = defaultdict(list)
    for position in sorted(range(len(found)), key=lambda position: found[position].level != "error"):
        on_row[found[position].row].append(position)
        for name in found[position].names:
            naming_row[name].append(position)
    return on_row, naming_row


def _findings_led_by_suspected_cause(
    cause: Finding | None, consequences: Sequence[Finding], on_row: Sequence[Finding]
) -> list[Finding]:
    """For a row without errors, the suspected cause and the row's findings.

    Empty unless many findings, from several rules, name the row.
    """
    rules = {finding.rule for finding in consequences}
    if cause is None or len(consequences) < MANY or len(rules) < RULES_OF_MANY:
        return []
    level = "error" if any(finding.level == "error" for finding in consequences) else "warning"
    return [replace(cause, level=level), *on_row]


def _add_disagreeing_rows(cause: Finding, consequences: Sequence[Finding]) -> Finding:
    """Add to the leading finding the rows that disagree with its own row."""
    rows = list(
        dict.fromkeys(
            name for finding in consequences for name in _rows_disagreeing_with_cause(finding, cause.row)
        )
    )
    listed = ", ".join(rows[:LISTED]) + (f" and {len(rows) - LISTED:,} more" if len(rows) > LISTED else "")
    return replace(
        cause,
        template=f"{cause.template} Found wrong beside it: {{rows}}.".strip(),
        parameters=(*cause.parameters, ("rows", listed)),
        names=tuple(dict.fromkeys((*cause.names, *rows))),
    )


def _rows_disagreeing_with_cause(found: Finding, cause: str) -> Sequence[str]:
    """The rows that disagree with the row called the cause.

    For a finding on another row, this is that row; for a finding on the cause, the rows that it names.
    """
    return [name for name in found.names if name != cause] if cause in found.row.split() else [found.row]


def sort_package_findings_causes_first(
    found: Sequence[Finding], connection: duckdb.DuckDBPyConnection, contract: Contract
) -> list[Finding]:
    """The findings on a package, causes first; a row that many readings share is not taken for a cause."""
    if not found or READINGS not in {table.name for table in contract.tables}:
        return [*found]
    held = _words_that_are_row_keys(
        connection,
        tables_shared_by_many_readings(contract),
        {name for fault in found for name in fault.names},
    )
    table = contract.table(READINGS)

    def make_cause_finding(row: str) -> Finding | None:
        asked = f"SELECT line, printed FROM raw.{table.name} WHERE {quote_name(table.primary_key[0])} = ?"
        [line, printed] = connection.execute(asked, [row]).fetchone() or (0, "")
        place = {"line": line, "field": "printed", "row": row}
        return make_finding(CAUSE, table.path, "", value=printed, parameters={}, **place) if line else None

    return sort_causes_first(found, lambda row: row not in held, make_cause_finding)
