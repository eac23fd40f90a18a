"""The layout of a contribution: the tables and columns that it may fill, and the entries that it has."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import resources
from typing import Any

from scripts.findings import Cell, Finding, Rule, make_finding
from scripts.package.contract import Category, Contract, Field, Table
from scripts.package.files import Row, rows_of_csv

VALUES, LINKS, LIMITS, SCOPES = "reported_values", "links", "limitations", "scopes"
# In the order in which contributors fill them.
MAIN = ("sources", "studies", "reported_values", "limitations")
NEW_WORDS = ("organisations", "places", "populations", "indicators")
FURTHER = (*NEW_WORDS, "study_facts", "links", SCOPES)
ALWAYS = (*MAIN, *NEW_WORDS, "links")  # in every template; other sheets only with rows
# Columns that are not in the workbook: they follow from other cells, or editors decide them.
NOT_ASKED = {
    "sources": ("archived_url", "date_copy_read", "search_id", "fact_ids"),
    "studies": ("frame_as_printed", "observation_mode", "venue_types_as_printed"),
    "reported_values": (
        *("place_basis", "period_as_printed", "period_basis", "written_in", "weighted", "evidence"),
        *("show", "series", "denominator_reason", "also_fact_ids"),
    ),
    "limitations": ("handled_by",),
    "populations": ("about_group",),
    "indicators": ("stage", "about_group", "ages_of"),
}
FROM_OTHERS = {  # columns that usually follow from others, so that they may be blank
    "sources": ("decimal_mark",),
    "reported_values": ("study_id", "source_id", "place_id", "qualifier", "credited_to"),
    "limitations": ("study_id", "source_id", "handled_by"),
}
CLAIMS_LEAST = ("unknown", "not_read", "not_stated", "unclear")  # codes for no answer
REASONS = ("not_recorded", "not_read")  # codes for a blank without an answer
WHOLE, NOT_REPORTED, NOT_READ = "whole", "not_reported", "not_read"
BESIDE_A_LIMIT = ("study_id", "value_id")  # columns in its sheet that become rows of `scopes`


# Columns in the row of a share that become rows of `links`, by relation.
_LISTED: list[Any] = [*rows_of_csv((resources.files("scripts.contribute") / "parts.csv").read_bytes())]
PARTS = {row["name"]: Field(**row, type="string", constraints={}) for row in _LISTED}


@dataclass(frozen=True)
class Entry:
    """One contributed row: its cells by field, and where the row and its cells are in the file."""

    table: str
    cells: Row
    file: str
    line: int
    places: Mapping[str, Cell] = field(default_factory=dict)  # cell of each column
    parts: Mapping[str, str] = field(default_factory=dict)  # on a share: count and denominator as typed
    typed: Mapping[str, str] = field(default_factory=dict)  # field: text typed
    beside: Mapping[str, Cell] = field(default_factory=dict)  # in a form: cells of fields not asked
    noun: str = "row"  # row of a sheet, or line of a CSV file

    @property
    def row_suffix(self) -> str:
        """The words that follow a row's name, such as “, row 5”; blank for the form, which has no rows."""
        return "" if self.beside else f", {self.noun} {self.line}"

    @property
    def row_reference(self) -> str:
        """What to call this row when another row refers to it."""
        return f"{self.noun} {self.line} of the same {'sheet' if self.noun == 'row' else 'file'}"

    def place(self, name: str) -> Cell:
        """The cell where people look for this field; the row's first cell if there is no such column."""
        first = next(iter(self.places.values()), Cell(""))
        cells = {**self.beside, **self.places}
        return cells.get(name) or cells.get(_explained_column(name)) or first

    def finding(self, rule: Rule, message: str, name: str, value: str = "", fix: str = "") -> Finding:
        """A finding at the cell of a field."""
        found = make_finding(rule, self.file, message, line=self.line, field=name, value=value, fix=fix)
        return found.located_at(self.place(name))

    def has_column(self, name: str) -> bool:
        """Return whether the file has a column for this field."""
        return name in self.places or _explained_column(name) in self.places


def _explained_column(name: str) -> str:
    """The column that a reason column explains; both share one column in a sheet."""
    return name.removesuffix("_reason")


@dataclass(frozen=True)
class Contribution:
    """The rows read from a file, and the findings on what could not be read."""

    entries: Sequence[Entry]
    findings: Sequence[Finding]


def contribution_tables(contract: Contract) -> list[Table]:
    """The tables that a contribution may fill."""
    return [contract.table(name) for name in (*MAIN, *FURTHER)]


def sheet_tables(contract: Contract) -> list[Table]:
    """The tables as sheets of a workbook; the sheet of limitations also says what each applies to."""
    return [
        _replace_reach_with_scope_columns(table, contract.table(SCOPES)) if table.name == LIMITS else table
        for table in contribution_tables(contract)
        if table.name != SCOPES
    ]


def _replace_reach_with_scope_columns(table: Table, scopes: Table) -> Table:
    """Replace the column `reach` with a column for studies and a column for values.

    All codes of `reach` but the first become reasons why no study is named.
    """
    key, reach, *others = table.fields
    study, value = (field for field in scopes.fields if field.name in BESIDE_A_LIMIT)
    study = replace(study, description="The study that it bears on; several with semicolons.")
    why = replace(reach, name="study_id_reason", categories=reach.categories[1:])
    keys = [key for key in scopes.foreign_keys if key.field in BESIDE_A_LIMIT]
    fields = (key, study, why, *others, value)
    return replace(table, fields=fields, foreign_keys=(*table.foreign_keys, *keys))


def sheet_name(table: Table) -> str:
    """The title of a table as a sheet name: at most 31 characters, with spaces for forbidden characters."""
    return re.sub(r"[\\/*?:\[\]]", " ", table.title)[:31]


def sheet_columns(table: Table) -> list[Field]:
    """The columns that a sheet may have; reasons are typed into the columns that they explain."""
    names = set(table.column_names)
    columns = [
        field
        for field in table.fields
        if not field.name.endswith("_reason") or _explained_column(field.name) not in names
    ]
    return [*columns, *(PARTS.values() if table.name == "reported_values" else ())]


def required_columns(table: Table) -> list[Field]:
    """The columns that every sheet must have."""
    return [column for column in sheet_columns(table) if column.name not in NOT_ASKED.get(table.name, ())]


def blank_reasons(table: Table, column: Field) -> tuple[Category, ...]:
    """The codes for reasons why a column may be blank, with labels in brackets, as a cell shows them."""
    reason_column = table.field_by_name.get(f"{column.name}_reason")
    return tuple(
        replace(why, label=f"({why.label})") for why in (reason_column.categories if reason_column else ())
    )


def matching_code(text: str, categories: Iterable[Category]) -> str:
    """The code whose value or label was typed, ignoring case and hyphens; blank if there is none."""
    typed = _normalise_code(text)
    return next(
        (
            category.value
            for category in categories
            if typed in (_normalise_code(category.value), _normalise_code(category.label))
        ),
        "",
    )


def _normalise_code(text: str) -> str:
    return text.strip().strip("()").casefold().replace("-", " ").replace("_", " ")


def column_description(column: Field) -> str:
    """The description of a column, with each code replaced by the label that the drop-down shows."""
    text = column.description
    for word, label in column.label_by_code.items():
        text = text.replace(word, label)
    return text


def is_needed(table: Table, column: Field) -> bool:
    """Return whether a contributor must fill in this column, because nothing else supplies it.

    In the row of a count or a denominator, the cell may still be blank if it can be taken from the share.
    """
    proposed = table.primary_key if len(table.primary_key) == 1 else ()
    reason = table.field_by_name.get(f"{column.name}_reason")
    is_required = _is_required(column) or (reason is not None and not code_for_no_answer(reason))
    supplied = (*proposed, *FROM_OTHERS.get(table.name, ()))
    return is_required and column.name not in supplied and not code_for_no_answer(column)


def code_for_no_answer(column: Field) -> str:
    """The code to record if there is no answer; blank if the column needs none or has none."""
    is_reason = column.name.endswith("_reason")
    # Who counted must always be answered.
    may_be_blank = column.name == "credited_to_reason" if is_reason else not _is_required(column)
    words = REASONS if is_reason else CLAIMS_LEAST
    return next((word for word in words if word in column.allowed_codes and not may_be_blank), "")


def _is_required(column: Field) -> bool:
    return bool(column.constraints.get("required"))
