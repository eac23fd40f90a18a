"""The words of a finding for somebody who sees a workbook: its sheets and titles, not files and fields."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from scripts.checks.schema import ENUM, PATTERN, REFERENCE, REQUIRED, UNIQUE
from scripts.contribute.guesses import by_meaning, guess
from scripts.contribute.labels import Labels, name_of, of_reason, of_word
from scripts.contribute.merge import FILLED_IN
from scripts.contribute.notes import in_plain_words, meaning_of
from scripts.contribute.sheet_words import in_sheet_words
from scripts.contribute.sheets import Entry, columns, offered, reasons, sheet_name
from scripts.contribute.untold import what_to_type, why_untold
from scripts.findings import Finding
from scripts.package.contract import Field, Table
from scripts.package.opening import Package

NEEDS_REASON = "blank-needs-a-reason"
NO_ADDRESS = "This is no web address: one begins with https:// or http:// and holds no space."
FROM_THE_BROWSER = "Copy it from the address bar of the browser."
EXCEPTED = re.compile(
    r"[Rr]ecord (?:its|the) (?:row|study)s? in data/exceptions\.csv"
    r"(?: with (?:the|its|a) reason(?: that names [^.]*)?)?"
)
BESIDE = {"disclosure": "place_id"}  # columns that no sheet has, and the one to look at in their place
OF_THE_TOKEN = ("low", "high", "qualifier", "written_in")
KNOWN_BY_KEY = ("sources", "reported_values", "links", "limitation_studies", "limitation_examples")
A_KEY = r"(?<![\w./“-])[A-Za-z0-9.]+(?:-[A-Za-z0-9]+)+(?![\w-])"
MOST_HINTS, MOST_NAMES = 100, 1_000
NAMED = r"\b[a-z]+(?:_[a-z0-9]+)+\b"
ALONE = re.compile(  # a field whose name is a word of English, beside a title or before what it holds
    r"(?<=” or )([a-z]+)\b|(?<=”, )([a-z]+)\b(?=,| or)|\b([a-z]+)(?= (?:=|or|and) “)"
    r"|(?<=: )([a-z]+)(?= is )|\b([a-z]+)(?= = )"
    r"|\b(?:url|locator|disclosure|weighted)\b"
)


@dataclass(frozen=True)
class Wording:
    """How one package is spoken of to people who fill in sheets."""

    package: Package
    own: Mapping[str, Mapping[int, Entry]]  # contributed rows, by table and line
    _hints: dict[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        return {
            column.name: f"“{column.title}”"
            for table in reversed(offered(self.package.contract))
            for column in table.fields
        }

    @cached_property
    def _words(self) -> Mapping[str, str]:
        columns = [column for table in offered(self.package.contract) for column in table.fields]
        return {word: of_word(word) for column in columns for word in column.words}

    @cached_property
    def _sheets(self) -> Mapping[str, str]:
        return {table.path: f"“{sheet_name(table)}”" for table in offered(self.package.contract)}

    def of(self, found: Finding, entry: Entry, table: Table) -> Finding:
        """The same finding in the words of the workbook, at its cell."""
        own = {column.name: f"“{column.title}”" for column in columns(table)}
        names = {**self._titles, **own}
        whole = self._message(found, entry, table)
        message = whole.removeprefix(f"{table.key_of(entry.cells)}: ")  # of the row, which may be made up
        fix = self._fix(found, entry, table)
        typed = entry.typed.get(found.field, "")
        value = typed if typed and found.value == entry.cells.get(found.field) else found.value
        if typed and found.value and typed != found.value:
            message = re.sub(rf"(?<![\w.-]){re.escape(found.value)}(?![\w-])", lambda _: typed, message)
        words = self._listed(message) if found.rule == ENUM.id else self.said(message, names)
        message = self._with_place(words if message == whole else _sentence(words), entry)
        said = replace(found, message=message, fix=self.said(fix, names), value=value)
        column = self._column(found, entry)
        value = entry.typed.get(column) or self._names_of_keys.get(said.value, said.value)
        return replace(said, value=value).at(entry.place(column))

    def _with_place(self, message: str, entry: Entry) -> str:
        """The place of a row by its name, where its key is one word and looks like any other."""
        key = entry.cells.get("place_id", "")
        if not key or "-" in key:
            return message
        own = {one.cells["place_id"]: one.cells["name"] for one in self.own.get("places", {}).values()}
        row = self.package.index("places").get(key, {})
        name = own.get(key) or name_of(row) or key
        return re.sub(rf"\bin {re.escape(key)}\b", lambda _: f"in {name}", message)

    def _listed(self, message: str) -> str:
        """The words that a cell may hold, as the list of the sheet has them: none is a title here."""
        return re.sub(NAMED, lambda match: self._words.get(match[0], match[0]), message)

    def _column(self, found: Finding, entry: Entry) -> str:
        """The column to look at: a reading that nobody typed was read from its token."""
        is_read = found.field in OF_THE_TOKEN and not entry.typed.get(found.field)
        if found.field in BESIDE and not entry.asks(found.field):
            return BESIDE[found.field]
        return "printed" if is_read and entry.table == "reported_values" else found.field

    @cached_property
    def _names_of_keys(self) -> Mapping[str, str]:
        """What people see in place of a key; a reading that was sent without one by its token and row."""
        names: dict[str, str] = {}
        for table in offered(self.package.contract):
            if table.name not in KNOWN_BY_KEY:
                names |= {
                    key: name for key, name in Labels(self.package, table).by_key.items() if "-" in key
                }
            for entry in self.own.get(table.name, {}).values():
                key = table.key_of(entry.cells)
                if name_of(entry.cells):
                    names[key] = name_of(entry.cells)
                elif table.name == "reported_values" and entry.places and not entry.typed.get("value_id"):
                    names[key] = f"“{entry.cells['printed']}” (row {entry.line})"
        return names

    def said(self, text: str, names: Mapping[str, str] | None = None) -> str:
        """A sentence without names of files and fields."""
        titles = names or self._titles
        text = EXCEPTED.sub("tell the maintainer why it is right", text)
        text = in_sheet_words(text, titles)
        text = re.sub(
            r"(in|of|to) data/(\w+)\.csv", lambda match: f"{match[1]} {self._place(match[2])}", text
        )
        text = re.sub(A_KEY, lambda match: self._names_of_keys.get(match[0], match[0]), text)
        text = re.sub(NAMED, lambda match: self._named(match[0], titles), text)
        return ALONE.sub(lambda match: titles.get(match[0], match[0]), text)

    def _named(self, word: str, titles: Mapping[str, str]) -> str:
        if word in titles and word in self._shared_reasons:
            return titles[word.removesuffix("_reason")]
        return titles.get(word) or self._words.get(word, word)

    @cached_property
    def _shared_reasons(self) -> set[str]:
        """Columns of reasons that have no column of their own in a sheet."""
        names = set(self._titles)
        return {
            name for name in names if name.endswith("_reason") and name.removesuffix("_reason") in names
        }

    def _place(self, name: str) -> str:
        sheet = self._sheets.get(f"data/{name}.csv")
        return f"the sheet {sheet}" if sheet else f"the table “{of_word(name)}” of the package"

    def _message(self, found: Finding, entry: Entry, table: Table) -> str:
        column = next((one for one in table.fields if one.name == found.field), None)
        if found.rule == REFERENCE.id and column:
            target = next(key.table for key in table.foreign_keys if key.field == found.field)
            other = self.package.contract.table(target)
            close = self._close(entry.typed.get(found.field, found.value), other)
            return f"No row of {self._place(target)} or of the package has this name.{close}"
        if found.rule == PATTERN.id and column:
            meant = guess(column, found.value)
            message = NO_ADDRESS if column.is_address else found.message
            return f"{message}{f' Perhaps you mean: {meant}' if meant else ''}"
        if found.rule == ENUM.id and column and "Did you mean" not in found.message:
            meant = ", ".join(map(of_word, by_meaning(column, found.value)))
            return f"{found.message}{f' Perhaps you mean: {meant}.' if meant else ''}"
        if found.rule == REQUIRED.id and found.field == "qualifier":
            why = why_untold(entry.cells.get("printed", ""))
            return f"What the number is cannot be told from {self._titles['printed']}: {why}."
        if found.rule == NEEDS_REASON and column and not found.value:
            return (
                f"The cell is blank, and nothing says why. It takes an answer, or {_either(table, column)}."
            )
        return found.message

    def _close(self, text: str, table: Table) -> str:
        """A name that is close to this one; a file of nothing but slips must not take for ever."""
        if len(self._hints) < MOST_HINTS and (table.name, text) not in self._hints:
            by_key = Labels(self.package, table).by_key
            own = [name_of(entry.cells) for entry in self.own.get(table.name, {}).values()][:MOST_NAMES]
            names = {key.casefold(): label for key, label in by_key.items()}
            names = {name.casefold(): name for name in (*by_key.values(), *own)} | names
            close = difflib.get_close_matches(text.casefold(), names, 1)
            self._hints[table.name, text] = f" Did you mean {names[close[0]]}?" if close else ""
        return self._hints.get((table.name, text), "")

    def _fix(self, found: Finding, entry: Entry, table: Table) -> str:
        targets = {key.field: key.table for key in table.foreign_keys}
        if found.rule == REFERENCE.id and found.field in targets:
            return f"Choose a name of the list, or add its row on {self._place(targets[found.field])}."
        column = next((one for one in table.fields if one.name == found.field), None)
        fix = FROM_THE_BROWSER if found.rule == PATTERN.id and column and column.is_address else found.fix
        if found.rule == REQUIRED.id and column and not found.value:
            fix = f"{fix} {in_plain_words(column).partition('. ')[0].rstrip('.')}."
        if found.rule == NEEDS_REASON:
            fix = "Fill the cell, or choose why it is blank."
        if found.rule in (NEEDS_REASON, REQUIRED.id) and not found.value and found.field in FILLED_IN:
            sheet = self._place(FILLED_IN[found.field])
            fix = f"{fix} It may stay blank only where {sheet} has one row of yours."
        if found.rule == UNIQUE.id:
            fix = (
                "If it is the same, delete this row, and name that one elsewhere. If not, correct the cell."
            )
        if found.rule == REQUIRED.id and found.field == "qualifier":
            fix = what_to_type(entry.cells.get("printed", ""), self._titles, self._sheets)
        if found.rule == REQUIRED.id and found.field == "place_id" and not entry.cells.get("study_id", "-"):
            fix = f"Name the study under {self._titles['study_id']}, which tells the place. Or: {fix}"
        if found.field and not entry.asks(found.field) and not found.value:
            fix = (
                f"Add a column with the title {self._titles[found.field]} at the right of the sheet. {fix}"
            )
        return fix


def _either(table: Table, column: Field) -> str:
    """The words that a blank may have; where there is but one, what it means."""
    words = [*map(of_reason, reasons(table, column))]
    meaning = meaning_of(column, reasons(table, column)[0])
    return f"{words[0]} if {meaning}" if meaning and len(words) == 1 else f"one of: {', '.join(words)}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
