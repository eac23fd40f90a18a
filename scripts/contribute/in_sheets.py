"""A finding in the words of whoever fills in a workbook: sheets and titles, names and what was typed."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from scripts.checks.schema import ENUM, PATTERN, REFERENCE, REQUIRED, UNIQUE
from scripts.contribute.guesses import by_meaning, guess
from scripts.contribute.labels import Labels, name_of
from scripts.contribute.merge import FILLED_IN, VALUES
from scripts.contribute.notes import in_plain_words
from scripts.contribute.sheets import Entry, columns, offered, reasons, sheet_name
from scripts.contribute.untold import ENDS, what_to_type, why_untold
from scripts.findings import Finding, Words
from scripts.package.contract import Field, Table
from scripts.package.opening import Package

NEEDS_REASON = "blank-needs-a-reason"
NO_ADDRESS = "This is no web address: one begins with https:// or http:// and holds no space."
FROM_THE_BROWSER = "Copy it from the address bar of the browser."
HELD = "If it is the same, delete this row, and name that one elsewhere. If not, correct the cell."
EXCEPTED = re.compile(
    r"[Rr]ecord (?:its|the) (?:row|study)s? in data/editorial/exceptions\.csv"
    r"(?: with (?:the|its|a) reason(?: that names [^.]*)?)?"
)
KNOWN_BY_KEY = ("sources", VALUES, "links", "limitation_studies")
MOST_HINTS, MOST_NAMES = 100, 1_000
BARE = re.compile(r"(?<![\w./“-])[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)+(?![\w-])")
WANTED = "wanted"  # the parameter that lists coded words
TERMS = {  # in templates of rules that do not mark their columns yet: what a sheet has in place of them
    "whose name ends in _as_printed": "whose title ends in “as printed”",
    "; where a column of the same name with _reason stands beside it, fill that": ", or say why it is",
    r"\b(?:[Tt]he|its) token (?=“)": "",
    r"\bThe same token\b": "The same number",
    r"\bCopy the token\b": "Copy the number",
    r"\bthe token\b": "[printed]",
    r"\bThe reading \{value\}": "The number {value}",
    r"With the qualifier \{value\} the ends \{low\} to \{high\} do not fit": (
        "The qualifier is {value}, which does not fit [low] {low} and [high] {high}"
    ),
    r"\broots of one indicator": "first printings of one indicator",
    r"\bmake the row a root of its own\b": "leave [printing_of] blank",
    r"\bthe root that the source restates\b": "the first printing, which the source restates",
    r", its root (\S+) has\b": r", and \1, which it restates, has",
    r" on the root\b": "",
    r"\b(?:a|the) root\b": "the first printing",
    r"(?<![\w\[{])(?:low|high|url|locator|disclosure|weighted)(?![\w\]}])": r"[\g<0>]",
    r"(?<![\w\[{])id(s?)(?![\w\]}])": r"short name\1",
}


@dataclass(frozen=True)
class Sheets:
    """What the sheets of one contribution show in place of files, fields and keys."""

    package: Package
    own: Mapping[str, Mapping[int, Entry]]  # contributed rows, by table and line
    _hints: dict[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The titles of columns by their names; a reason is told under the column that it explains."""
        names = {
            column.name: column.title
            for table in reversed(offered(self.package.contract))
            for column in table.fields
        }
        return {
            name: f"“{names.get(name.removesuffix('_reason'), title)}”" for name, title in names.items()
        }

    @cached_property
    def words(self) -> Mapping[str, str]:
        """The coded words of all lists, as a cell shows them."""
        return self.package.contract.labels

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What people see in place of a key; a reading that was sent without one by its token and row."""
        names: dict[str, str] = {}
        for table in offered(self.package.contract):
            if table.name not in KNOWN_BY_KEY:
                names |= Labels(self.package, table).by_key
            for entry in self.own.get(table.name, {}).values():
                key = table.key_of(entry.cells)
                if name_of(entry.cells):
                    names[key] = name_of(entry.cells)
                elif table.name == VALUES and entry.places and not entry.typed.get("value_id"):
                    names[key] = f"“{entry.cells['printed']}” (row {entry.line})"
        return names

    def place(self, name: str) -> str:
        """What a table is called."""
        name = name.rpartition("/")[2]
        table = next((one for one in offered(self.package.contract) if one.name == name), None)
        words = name.replace("_", " ")
        return f"the sheet “{sheet_name(table)}”" if table else f"the table “{words}” of the package"

    def close(self, text: str, table: Table) -> str:
        """A name that is close to this one; a file of nothing but slips must not take for ever."""
        if len(self._hints) < MOST_HINTS and (table.name, text) not in self._hints:
            by_key = Labels(self.package, table).by_key
            own = [name_of(entry.cells) for entry in self.own.get(table.name, {}).values()][:MOST_NAMES]
            names = {key.casefold(): label for key, label in by_key.items()}
            names = {name.casefold(): name for name in (*by_key.values(), *own)} | names
            close = difflib.get_close_matches(text.casefold(), names, 1)
            self._hints[table.name, text] = f" Did you mean {names[close[0]]}?" if close else ""
        return self._hints.get((table.name, text), "")


class InSheet(Words):
    """The words of what is found in one row of a sheet."""

    def __init__(self, sheets: Sheets, entry: Entry, table: Table) -> None:
        self.sheets, self.entry, self.contract_table = sheets, entry, table
        self._own = {column.name: f"“{column.title}”" for column in columns(table)}
        self._key = table.key_of(entry.cells)

    def filled(self, found: Finding, template: str) -> str:
        """A template; a row is not called by its key, which the import may have made up."""
        for words, instead in TERMS.items():
            template = re.sub(words, instead, template)
        first = re.match(r"\{(\w+)\}: ", template)
        if first and dict(found.parameters).get(first[1]) == self._key:
            template = template[first.end() :]
        text = super().filled(found, EXCEPTED.sub("tell the maintainer why it is right", template))
        return text[:1].upper() + text[1:]

    def name(self, name: str) -> str:
        """A column by its title, a coded word as the cell shows it."""
        return self._own.get(name) or self.sheets.titles.get(name) or self.sheets.words.get(name, name)

    def table(self, name: str) -> str:
        """A table by its sheet."""
        return self.sheets.place(name)

    def value(self, parameter: str, value: str) -> str:
        """A key by the name of its row, a coded word as the cell shows it; in a sentence, what is bare."""
        if parameter == WANTED:  # a list of words, none of which is a title
            return ", ".join(self.sheets.words.get(word, word) for word in value.split(", "))
        if parameter == "field" or "_" in value:
            return self.name(value) if " " not in value else self._sentence(value)
        return self.key(value) if " " not in value else self._sentence(value)

    def key(self, key: str) -> str:
        """What the row with this key is called; any other word as it is."""
        return self.sheets.names.get(key, key)

    def _sentence(self, text: str) -> str:
        return BARE.sub(lambda one: self.name(one[0]) if "_" in one[0] else self.key(one[0]), text)

    def _column(self, found: Finding) -> Field | None:
        return next((one for one in self.contract_table.fields if one.name == found.field), None)

    def message(self, found: Finding) -> str:
        """What is wrong, as somebody can see it who has the sheet alone."""
        column, entry = self._column(found), self.entry
        said = super().message(found)
        if found.rule == REFERENCE.id and column:
            target = self._target(found)
            close = self.sheets.close(entry.typed.get(found.field, found.value), target)
            return f"No row of {self.table(target.name)} or of the package has this name.{close}"
        if found.rule == PATTERN.id and column:
            meant = guess(column, found.value)
            said = NO_ADDRESS if column.is_address else said
            return f"{said}{f' Perhaps you mean: {meant}' if meant else ''}"
        if found.rule == ENUM.id and column and "Did you mean" not in said:
            meant = ", ".join(column.labels[word] for word in by_meaning(column, found.value))
            return f"{said}{f' Perhaps you mean: {meant}.' if meant else ''}"
        if found.rule == REQUIRED.id and found.field == "qualifier":
            why = why_untold(entry.cells.get("printed", ""))
            return f"What the number is cannot be told from {self.name('printed')}: {why}."
        if found.rule == NEEDS_REASON and column and not found.value:
            either = _either(self.contract_table, column)
            return f"The cell is blank, and nothing says why. It takes an answer, or {either}."
        return said

    def _target(self, found: Finding) -> Table:
        """The table that a key leads to."""
        keys = self.contract_table.foreign_keys
        return self.sheets.package.contract.table(
            next(key.table for key in keys if key.field == found.field)
        )

    def fix(self, found: Finding) -> str:
        """What to type, and where."""
        column = self._column(found)
        fix = self._fix(found, column)
        if found.rule in (NEEDS_REASON, REQUIRED.id) and not found.value and found.field in FILLED_IN:
            fix += (
                f" It may stay blank only where {self.table(FILLED_IN[found.field])} has one row of yours."
            )
        if (
            found.rule == REQUIRED.id
            and found.field == "place_id"
            and not self.entry.cells.get("study_id", "-")
        ):
            fix = f"Name the study under {self.name('study_id')}, which tells the place. Or: {fix}"
        if found.field and not self.entry.asks(found.field) and not found.value:
            fix = f"Add a column with the title {self.name(found.field)} at the right of the sheet. {fix}"
        return fix

    def _fix(self, found: Finding, column: Field | None) -> str:
        fix = super().fix(found)
        if column is None:
            return fix
        if found.rule == REFERENCE.id:
            return f"Choose a name of the list, or add its row on {self.table(self._target(found).name)}."
        if found.rule == REQUIRED.id and found.field == "qualifier":
            files = {"data/sources.csv": self.table("sources").removeprefix("the sheet ")}
            titles = {name: self.name(name) for name in (*ENDS, "decimal_mark")}
            return what_to_type(self.entry.cells.get("printed", ""), titles, files)
        if found.rule == REQUIRED.id and not found.value:
            return f"{fix} {in_plain_words(column).partition('. ')[0].rstrip('.')}."
        if found.rule == PATTERN.id and column.is_address:
            return FROM_THE_BROWSER
        own = {NEEDS_REASON: "Fill the cell, or choose why it is blank.", UNIQUE.id: HELD}
        return own.get(found.rule, fix)


def _either(table: Table, column: Field) -> str:
    """The words that a blank may have; where there is but one, what it means."""
    first, *others = reasons(table, column)
    if not others:
        return f"{first.label}: {first.description.removesuffix('.')}"
    return f"one of: {', '.join(one.label for one in (first, *others))}"
