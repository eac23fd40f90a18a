"""Run frictionless, the public validator, over the package.

It runs alongside the other layers in a process of its own, to use a second core and so that a crash is not
mistaken for a fault in the data. It starts after the byte check, because it takes minutes to read one huge
cell. Its findings come last, except for those on lines where another layer found an error.
"""

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from scripts.checks.context import CheckContext, add_row_keys
from scripts.checks.python_rule_texts import rule_from_table
from scripts.findings import LONGEST_MESSAGE, Finding, make_finding, to_one_printable_line
from scripts.package.contract import Table
from scripts.package.package import DESCRIPTOR

FRICTIONLESS = rule_from_table("frictionless")
RULES = (FRICTIONLESS,)
SAID = "frictionless says: {message}."
OF_THE_CONTRACT = ("package", "resource", "dialect", "schema", "field")
MOST_ERRORS = 10_000  # per table, about 5 kB each; frictionless stops at 1,000 by default
SECONDS = 3_600  # time limit, enough for a million rows
# -P keeps Python from importing modules from the package being checked instead of libraries.
COMMAND = (sys.executable, "-P", "-m", "frictionless", "validate", DESCRIPTOR, "--json", "--limit-errors")
THERE_MAY_BE_MORE = "There may be more: frictionless stopped at {most:,} errors in {path}."
WITHOUT_IT = "“--skip frictionless” checks without it."


class ValidatorFailed(Exception):
    """Raised if frictionless gives no answer; the fault is in the tool, never in the data."""


def check(context: CheckContext) -> list[Finding]:
    """Start frictionless on the tables; its findings are collected at the end."""
    context.beside = partial(
        _findings_from_frictionless, context, start_frictionless(context, context.package.folder)
    )
    return []


def start_frictionless(context: CheckContext, folder: Path) -> subprocess.Popen[bytes]:
    """Start frictionless in a process that ends with the check, however the check ends."""
    pipe = subprocess.PIPE
    process = subprocess.Popen([*COMMAND, str(MOST_ERRORS)], cwd=folder, stdout=pipe, stderr=pipe)
    context.at_the_end.callback(process.communicate)
    context.at_the_end.callback(process.kill)
    return process


def _findings_from_frictionless(
    context: CheckContext, process: subprocess.Popen[bytes], ours: Sequence[Finding]
) -> list[Finding]:
    """The errors of frictionless as findings, except on lines where another layer found an error.

    Raises ValidatorFailed if frictionless gave no answer.
    """
    tables = {table.name: table for table in context.package.contract.tables}
    told = {(fault.table, fault.line) for fault in ours if fault.level == "error"}
    report = _report_of_frictionless(process)
    found = [finding_from_frictionless_error(error, None) for error in report["errors"]]
    for task in report["tasks"]:
        table = tables[task["name"]]
        found += [finding_from_frictionless_error(error, table) for error in task["errors"]]
        if len(task["errors"]) >= MOST_ERRORS:
            context.notes.append(THERE_MAY_BE_MORE.format(most=MOST_ERRORS, path=table.path))
    found = [fault for fault in found if (fault.table, fault.line) not in told]
    in_rows = [fault for fault in found if fault.line > 1]
    named = add_row_keys(in_rows, context.database, context.package.tables) if in_rows else []
    return [*(fault for fault in found if fault.line <= 1), *named]


def finding_from_frictionless_error(error: dict[str, Any], table: Table | None) -> Finding:
    """One error from frictionless as a finding on its cell, or on `datapackage.json` if it has no cell."""
    parameters = {"message": to_one_printable_line(error["message"].rstrip("."), LONGEST_MESSAGE)}
    if table is None or error["type"].removesuffix("-error") in OF_THE_CONTRACT:
        named = re.search(r"""(?:property|field) ["'](.+?)["']""", error["message"])
        field = named[1] if named else table.name if table else ""
        return make_finding(FRICTIONLESS, DESCRIPTOR, SAID, field=field, parameters=parameters)
    cells = dict(zip(table.column_names, error.get("cells", ()), strict=False))
    key = table.primary_key if error["type"] == "primary-key" else error.get("fieldNames", ())
    of_key = error.get("fieldCells") or [cells.get(name, "") for name in key]
    return make_finding(
        FRICTIONLESS,
        table.path,
        SAID,
        line=error.get("rowNumber", 0),
        field=error.get("fieldName") or next(iter(key), ""),
        value=error.get("cell") or ", ".join(of_key),
        parameters=parameters,
    )


def _report_of_frictionless(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    """The report of frictionless, which exits with 0 for no findings and with 1 for findings or a crash."""
    try:
        answer, complaint = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        raise ValidatorFailed(f"frictionless gave no answer in {SECONDS:,} s. {WITHOUT_IT}") from None
    try:
        report: dict[str, Any] = json.loads(answer)
    except ValueError:
        last = complaint.decode("utf-8", "replace").strip().rpartition("\n")[2]
        words = to_one_printable_line(last, 300) or "no word"
        said = f"frictionless ended with code {process.returncode}: {words}."
        raise ValidatorFailed(f"{said} {WITHOUT_IT}") from None
    return report
