"""A finding in the words of whoever fills in a workbook: sheets and titles, names and what was typed."""

import difflib
import re
from collections.abc import Mapping
from functools import cached_property

from scripts.checks.schema import ENUM, PATTERN, REFERENCE, REQUIRED, UNIQUE
from scripts.contribute.labels import Labels, name_of
from scripts.contribute.merge import FILLED_IN
from scripts.contribute.names import Names
from scripts.contribute.notes import in_plain_words
from scripts.contribute.printed_result import what_to_type, why_untold
from scripts.contribute.sheets import Entry, columns, reasons, sheet_name, sheets
from scripts.contribute.taken_as import by_meaning, guess
from scripts.findings import Finding, Words
from scripts.package.contract import Field, Table

NEEDS_REASON = "blank-needs-a-reason"
NO_ADDRESS = "This is no web address: one begins with https:// or http:// and holds no space."
MENDS = {
    NEEDS_REASON: "Fill the cell, or choose why it is blank.",
    UNIQUE.id: "If it is the same, delete this row, and name that one elsewhere. If not, correct the cell.",
}
MOST_HINTS, MOST_NAMES = 100, 1_000
KEY = re.compile(r"(?<![\w./“-])[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*(?![\w-])")
WANTED = "wanted"  # the parameter that lists coded words


class Sheets:
    """What the sheets of one contribution show in place of files, fields and keys."""

    own_row, own_rows = "Give {} a row of its own.", "Give each number a row of its own."

    def __init__(self, names: Names) -> None:
        self.names, self._tables = names, sheets(names.package.contract)
        self._hints: dict[tuple[str, str], str] = {}
        self._of_table: dict[str, Mapping[str, str]] = {}

    @cached_property
    def _titles(self) -> dict[str, str]:
        """The columns of all tables; a reason is told under the column that it explains."""
        titles = {one.name: one.title for table in reversed(self._tables) for one in table.fields}
        return {
            name: f"“{titles.get(name.removesuffix('_reason'), title)}”" for name, title in titles.items()
        }

    def titles(self, table: Table) -> Mapping[str, str]:
        """What columns are called, those of this table first."""
        if table.name not in self._of_table:
            own = {column.name: f"“{column.title}”" for column in columns(table)}
            self._of_table[table.name] = self._titles | own
        return self._of_table[table.name]

    @cached_property
    def words(self) -> Mapping[str, str]:
        """The coded words of all lists, as a cell shows them."""
        return self.names.package.contract.labels

    def table(self, name: str) -> str:
        """What a table is called."""
        name = name.rpartition("/")[2]
        table = next((one for one in self._tables if one.name == name), None)
        words = name.replace("_", " ")
        return f"the sheet “{sheet_name(table)}”" if table else f"the table “{words}” of the package"

    def no_row(self, text: str, table: Table) -> str:
        """No row has this name, or several; a file of nothing but slips must not take for ever."""
        none = f"No row of {self.table(table.name)} or of the package has this name."
        if len(self._hints) < MOST_HINTS and (table.name, text) not in self._hints:
            own = [*self.names.entries.get(table.name, {}).values()][:MOST_NAMES]
            rows = (*self.names.package.rows(table.name), *(entry.cells for entry in own))
            alike = [table.key_of(row) for row in rows if name_of(row).casefold() == text.casefold()]
            by_key = Labels(self.names.package, table).by_key
            names = {name.casefold(): name for name in (*by_key.values(), *map(name_of, rows))}
            names |= {key.casefold(): label for key, label in by_key.items()}
            close = difflib.get_close_matches(text.casefold(), names, 1)
            meant = f" Did you mean {names[close[0]]}?" if close else ""
            several = f"Several rows have this name: {', '.join(alike)}. Type the one that you mean."
            self._hints[table.name, text] = several if len(alike) > 1 else f"{none}{meant}"
        return self._hints.get((table.name, text), none)


class InSheet(Words):
    """The words of what is found in one row of a sheet."""

    def __init__(self, sheets: Sheets, entry: Entry) -> None:
        self.sheets, self.entry = sheets, entry
        self._table = sheets.names.package.contract.table(entry.table)
        self._titles = sheets.titles(self._table)

    def filled(self, found: Finding, template: str) -> str:
        """A template; a row is not called by its key, which the import may have made up."""
        first = re.match(r"\{(\w+)\}: ", template)
        if first and dict(found.parameters).get(first[1]) == self._table.key_of(self.entry.cells):
            template = template[first.end() :]
        text = super().filled(found, template)
        return text[:1].upper() + text[1:]

    def name(self, name: str) -> str:
        """A column by its title, a coded word as the cell shows it."""
        return self._titles.get(name) or self.sheets.words.get(name, name)

    def table(self, name: str) -> str:
        """A table by its sheet."""
        return self.sheets.table(name)

    def value(self, parameter: str, value: str) -> str:
        """A key by the name of its row, a coded word as the cell shows it; so in a sentence too."""
        if parameter == WANTED:  # a list of words, none of which is a title
            return ", ".join(self.sheets.words.get(word, word) for word in value.split(", "))
        if " " in value:
            return KEY.sub(lambda one: self._word(one[0]), value)
        return self.name(value) if parameter.endswith("field") else self._word(value, is_alone=True)

    def _word(self, word: str, is_alone: bool = False) -> str:
        """In a sentence, what looks like a name of the contract, or like a key."""
        if "_" in word:
            return self.name(word)
        return self.sheets.names.key(word) if is_alone or re.search("[0-9.-]", word) else word

    def message(self, found: Finding) -> str:
        """What is wrong, as somebody can see it who has the sheet alone."""
        said, column = super().message(found), self._column(found)
        if column is None:
            return said
        if found.rule == REFERENCE.id:
            return self.sheets.no_row(self.entry.typed.get(found.field, found.value), self._target(found))
        if found.rule == PATTERN.id:
            meant = guess(column, found.value)
            said = NO_ADDRESS if column.is_address else said
            return f"{said}{f' Perhaps you mean: {meant}' if meant else ''}"
        if found.rule == ENUM.id and "Did you mean" not in said:
            meant = ", ".join(column.labels[word] for word in by_meaning(column, found.value))
            return f"{said}{f' Perhaps you mean: {meant}.' if meant else ''}"
        if found.rule == REQUIRED.id and found.field == "qualifier":
            why = why_untold(self.entry.cells.get("printed", ""))
            return f"What the number is cannot be told from {self.name('printed')}: {why}."
        if found.rule == NEEDS_REASON and not found.value:
            either = _either(self._table, column)
            return f"The cell is blank, and nothing says why. It takes an answer, or {either}."
        return said

    def _column(self, found: Finding) -> Field | None:
        return self._table.by_name.get(found.field)

    def _target(self, found: Finding) -> Table:
        """The table that a key leads to."""
        keys = self._table.foreign_keys
        return self.sheets.names.package.contract.table(
            next(key.table for key in keys if key.field == found.field)
        )

    def fix(self, found: Finding) -> str:
        """What to type, and where."""
        fix, name = self._fix(found), found.field
        if found.rule in (NEEDS_REASON, REQUIRED.id) and not found.value and name in FILLED_IN:
            fix += f" It may stay blank only where {self.table(FILLED_IN[name])} has one row of yours."
        if found.rule == REQUIRED.id and name == "place_id" and not self.entry.cells.get("study_id", "-"):
            fix = f"Name the study under {self.name('study_id')}, which tells the place. Or: {fix}"
        if name and not self.entry.asks(name) and not found.value:
            fix = f"Add a column with the title {self.name(name)} at the right of the sheet. {fix}"
        return fix

    def _fix(self, found: Finding) -> str:
        fix, column = super().fix(found), self._column(found)
        if column is None:
            return fix
        if found.rule == REFERENCE.id:
            return f"Choose a name of the list, or add its row on {self.table(self._target(found).name)}."
        if found.rule == REQUIRED.id and found.field == "qualifier":
            return what_to_type(self.entry.cells.get("printed", ""), self.name, self.sheets)
        if found.rule == REQUIRED.id and not found.value:
            return f"{fix} {in_plain_words(column).partition('. ')[0].rstrip('.')}."
        if found.rule == PATTERN.id and column.is_address:
            return "Copy it from the address bar of the browser."
        return MENDS.get(found.rule, fix)


def _either(table: Table, column: Field) -> str:
    """The words that a blank may have; where there is but one, what it means."""
    first, *others = reasons(table, column)
    if not others:
        return f"{first.label}: {first.description.removesuffix('.')}"
    return f"one of: {', '.join(one.label for one in (first, *others))}"
