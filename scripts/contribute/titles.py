"""The words of a finding for somebody who sees a workbook: its sheets and titles, not files and fields."""

import re
from collections.abc import Mapping
from dataclasses import replace

from scripts.checks.schema import REFERENCE, REQUIRED
from scripts.contribute.merge import FILLED_IN
from scripts.contribute.sheets import offered, sheet_name
from scripts.findings import Finding
from scripts.package.contract import Contract, Table

NEEDS_REASON = "blank-needs-a-reason"


def in_a_workbook(found: Finding, table: Table, contract: Contract) -> Finding:
    """The same finding in the words of the workbook."""
    names = {
        column.name: column.title
        for each in (*offered(contract), table)
        for column in each.fields
        if "_" in column.name  # other names are words of English too
    }
    sheets = {each.path: sheet_name(each) for each in offered(contract)}
    fix = _fix(found, table, sheets, contract)
    return replace(found, message=_said(found.message, names, sheets), fix=_said(fix, names, sheets))


def _said(text: str, names: Mapping[str, str], sheets: Mapping[str, str]) -> str:
    text = re.sub(r"in (data/\w+\.csv)", lambda match: _sheet(match, sheets), text)
    return re.sub(
        r"\b[a-z]+(?:_[a-z0-9]+)+\b",
        lambda match: f"“{names[match[0]]}”" if match[0] in names else match[0],
        text,
    )


def _sheet(match: re.Match[str], sheets: Mapping[str, str]) -> str:
    return f"on the sheet “{sheets[match[1]]}”" if match[1] in sheets else match[0]


def _fix(found: Finding, table: Table, sheets: Mapping[str, str], contract: Contract) -> str:
    targets = {key.field: contract.table(key.table).path for key in table.foreign_keys}
    if found.rule == REFERENCE.id and targets.get(found.field) in sheets:
        return f"Correct the key, or add its row on the sheet “{sheets[targets[found.field]]}”."
    if found.rule == NEEDS_REASON:
        fix = f"Fill the cell, or {found.field}_reason; never both."
    else:
        fix = found.fix
    if found.rule in (NEEDS_REASON, REQUIRED.id) and not found.value and found.field in FILLED_IN:
        sheet = sheets[contract.table(FILLED_IN[found.field]).path]
        fix = f"{fix} It may stay blank only where the sheet “{sheet}” has one row of yours."
    return fix
