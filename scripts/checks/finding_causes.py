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


def _may_result_from_row_errors(behind: Finding, own: Sequence[Finding]) -> bool:
    """Return whether a finding that names a row may result from an error in that row.

    It may if its rule reads a column in which that row's cell is filled in but wrong.
    """
    fields = {found.field for found in own if found.level == "error" and found.value}
    reads = words_in_query_of_rule(behind.rule)
    return bool(fields & reads) or bool(fields & NUMBER and reads & NUMBER)


def sort_causes_first(
    found: Sequence[Finding],
    may_be_cause: Callable[[str], bool],
    make_cause_finding: Callable[[str], Finding | None],
) -> list[Finding]:
    """Sort findings: errors first, and each finding that names a row after the findings on that row.

    If a row has no error but many findings name it, they follow the finding that `make_cause_finding`
    returns for that row, if it returns one.
    """
    own, naming = _positions_of_findings_by_row(found)
    left = dict.fromkeys(range(len(found)))
    told: list[Finding] = []
    most_named_first = sorted(filter(may_be_cause, naming), key=lambda row: -len(naming[row]))
    for row in most_named_first:
        of_row = own.get(row, [])
        if not left.keys() >= {*of_row}:
            continue  # some of these already follow another row
        behind = [at for at in naming[row] if at in left and at not in of_row]
        begins, behind = _causes_and_positions_of_consequences(
            found, of_row, behind, partial(make_cause_finding, row)
        )
        if behind and begins:
            followers = [replace(found[at], follows=row) for at in behind]
            told += [_add_disagreeing_rows(begins[0], followers), *begins[1:], *followers]
            for at in (*of_row, *behind):
                del left[at]
    return sorted([*told, *(found[at] for at in left)], key=lambda found: found.level != "error")


def _causes_and_positions_of_consequences(
    found: Sequence[Finding], of_row: list[int], behind: list[int], head: Callable[[], Finding | None]
) -> tuple[list[Finding], list[int]]:
    """The findings to put first for one row, and the positions of the findings that follow from them."""
    begins = [found[at] for at in of_row]
    if any(fault.level == "error" for fault in begins):
        return begins, [at for at in behind if _may_result_from_row_errors(found[at], begins)]
    return _findings_led_by_suspected_cause(head(), [found[at] for at in behind], begins), behind


def _positions_of_findings_by_row(
    found: Sequence[Finding],
) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """The positions of the findings on each row and of the findings that name each row, errors first."""
    own: dict[str, list[int]] = defaultdict(list)
    naming: dict[str, list[int]] = defaultdict(list)
    for at in sorted(range(len(found)), key=lambda at: found[at].level != "error"):
        own[found[at].row].append(at)
        for name in found[at].names:
            naming[name].append(at)
    return own, naming


def _findings_led_by_suspected_cause(
    head: Finding | None, behind: Sequence[Finding], own: Sequence[Finding]
) -> list[Finding]:
    """The findings to put first for a row without errors; empty unless many findings name the row.

    These findings must come from several rules.
    """
    if head is None or len(behind) < MANY or len({found.rule for found in behind}) < RULES_OF_MANY:
        return []
    level = "error" if any(found.level == "error" for found in behind) else "warning"
    return [replace(head, level=level), *own]


def _add_disagreeing_rows(head: Finding, behind: Sequence[Finding]) -> Finding:
    """Add to the leading finding the rows that disagree with its own row."""
    rows = list(
        dict.fromkeys(name for found in behind for name in _rows_disagreeing_with_cause(found, head.row))
    )
    listed = ", ".join(rows[:LISTED]) + (f" and {len(rows) - LISTED:,} more" if len(rows) > LISTED else "")
    return replace(
        head,
        template=f"{head.template} Found wrong beside it: {{rows}}.".strip(),
        parameters=(*head.parameters, ("rows", listed)),
        names=tuple(dict.fromkeys((*head.names, *rows))),
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

    def head(row: str) -> Finding | None:
        asked = f"SELECT line, printed FROM raw.{table.name} WHERE {quote_name(table.primary_key[0])} = ?"
        [line, printed] = connection.execute(asked, [row]).fetchone() or (0, "")
        place = {"line": line, "field": "printed", "row": row}
        return make_finding(CAUSE, table.path, "", value=printed, parameters={}, **place) if line else None

    return sort_causes_first(found, lambda row: row not in held, head)
