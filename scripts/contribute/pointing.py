"""Points what the check finds at the cells of a contribution, one finding for one slip."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from scripts.checks.exceptions import NEEDED
from scripts.checks.schema import UNIQUE
from scripts.checks.sql_rules import OPEN
from scripts.contribute.merge import VALUES, Merged
from scripts.contribute.sheets import Entry, sheet_name
from scripts.contribute.titles import Wording
from scripts.contribute.told_once import once
from scripts.findings import Finding
from scripts.package.contract import Table
from scripts.package.opening import Package

LINE = re.compile(r"in line (\d+)")
OF_ONE_ROW = {*OPEN, NEEDED.id}  # rules that judge a row by others like it, and may have exceptions
ENDS = ("low", "high")
WORD_AGAINST_CODE = "word-against-code"
OF_THE_STUDY = {"weighted": "weighting"}  # what the row of a study tells of each of its readings
AS_PRINTED = dict.fromkeys(  # what an import only warns of, because a source may print it so, and its mend
    ("share-against-counts", "share-to-its-last-digit"),
    "Read the three numbers again. If the document prints them so, leave them, and say so where you send "
    "the file: the maintainer records in data/exceptions.csv why they stay.",
)
NOTHING = "Nothing for you to do: the maintainer looks at that row."


def at_the_cells(findings: Iterable[Finding], merged: Merged, package: Package) -> tuple[Finding, ...]:
    """The same findings where a contributor looks for them."""
    sheet = f"sheet “{sheet_name(package.contract.table(VALUES))}”"
    shares = {(sheet, part): (sheet, share) for part, share in merged.of_share.items()}
    return tuple(once(_Pointer(merged, package).point(findings), shares))


class _Pointer:
    """Knows which line of the merged tables is whose row."""

    def __init__(self, merged: Merged, package: Package) -> None:
        self._package, self._wording = package, Wording(package, merged.added)
        self._tables = {table.path: table for table in package.contract.entered}
        self._merged = merged
        self._all = [entry for entries in merged.added.values() for entry in entries.values()]

    def point(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Each finding at a contributed row; one at a row of the package, at the row behind it."""
        new = self._new_names
        own: list[Finding] = []
        filled_in: list[Finding] = []
        others: list[Finding] = []
        for found in findings:
            if _misses_a_word(found, new):
                continue
            if entry := self._entry(found.table, found.line):
                if found.rule in AS_PRINTED:
                    found = replace(found, level="warning", fix=AS_PRINTED[found.rule])
                if not _is_filled_in(entry, found.field):
                    own.append(self._at(found, entry))
                    continue
                if not self._is_shown(entry, found.field):  # nobody can mend what they cannot see
                    found = replace(found, level="warning", fix=NOTHING)
                filled_in.append(self._at(found, entry))
            else:
                found = self._of_another(found)
                also = own if found.rule == UNIQUE.id else others  # what is there already is told first
                also.append(self._blamed(found) if self._is_workbook else replace(found, line=0))
        # What was filled in follows from what was typed: where that has an error, it has no news.
        yield from own if any(found.level == "error" for found in own) else (*own, *filled_in, *others)

    @property
    def _new_names(self) -> set[str]:
        """The keys of the groups and indicators that are contributed."""
        tables = map(self._package.contract.table, ("populations", "indicators"))
        added = self._merged.added
        return {one.key_of(entry.cells) for one in tables for entry in added.get(one.name, {}).values()}

    @property
    def _is_workbook(self) -> bool:
        return any(entry.places for entry in self._all)

    def _entry(self, path: str, line: int) -> Entry | None:
        table = self._tables.get(path)
        return self._merged.added.get(table.name, {}).get(line) if table else None

    def _is_shown(self, entry: Entry, name: str) -> bool:
        """Has the sheet a column for what the import filled in?"""
        return entry.asks(name) or (name in ENDS and entry.table == VALUES)

    def _at(self, found: Finding, entry: Entry) -> Finding:
        if not entry.places:
            return replace(found, table=entry.file, line=entry.line)
        if found.field in OF_THE_STUDY and not entry.asks(found.field):
            found, entry = self._of_the_study(found, entry)
        table = self._package.contract.table(entry.table)
        if found.rule == UNIQUE.id and (first := LINE.search(found.message)):
            found = replace(found, message=self._where(table, int(first[1])))
        return self._worded(found, entry, table)

    def _of_the_study(self, found: Finding, entry: Entry) -> tuple[Finding, Entry]:
        """The same where it was answered, if the study is contributed too."""
        key, name = entry.cells["study_id"], OF_THE_STUDY[found.field]
        studies = self._merged.added.get("studies", {}).values()
        of_it = next((study for study in studies if study.cells["study_id"] == key), None)
        if of_it is None:
            return found, entry
        return replace(found, field=name, value=of_it.cells[name]), of_it

    def _worded(self, found: Finding, entry: Entry, table: Table) -> Finding:
        """In the words of the sheet, at the row of the contributor."""
        return replace(self._wording.of(found, entry, table), table=entry.file, line=entry.line, row="")

    def _where(self, table: Table, line: int) -> str:
        """Which row holds the same: of the sheet, or of the package."""
        if other := self._entry(table.path, line):
            return f"Row {other.line} of the same sheet holds this already."
        key = table.key_of(self._merged.rows[table.name][line - 2])
        return f"The package holds this already, in its row {key}."

    def _blamed(self, found: Finding) -> Finding:
        """A row of the package that a contributed row puts wrong: the contributor sees the latter."""
        table = self._tables.get(found.table)
        line = LINE.search(found.message)
        first = self._entry(found.table, int(line[1])) if line and found.rule == UNIQUE.id else None
        entry = first or self._named(found)
        row = found.row or found.value
        message = f"Beside it, the row {row} of the package is no longer right: {found.message}"
        column = found.field if table and table.name == entry.table else ""
        if found.fix == NOTHING:
            column = ""
            message = f"This is about the row {row} of the package, not about yours: {found.message}"
        if first:
            message = f"The package holds this already, in its row {found.row}."
        value = entry.typed.get(column, "")
        found = replace(found, message=message, field=column, value=value)
        return self._worded(found, entry, self._package.contract.table(entry.table))

    def _of_another(self, found: Finding) -> Finding:
        """A row of the package that stands out among its like holds up nobody who does not name it."""
        if found.rule not in OF_ONE_ROW or self._names(found) or found.row in self._named_here:
            return found
        return replace(found, level="warning", fix=NOTHING)

    def _named(self, found: Finding) -> Entry:
        """The contributed row whose key the finding names; else one of the same table, else the first."""
        table, named = self._tables.get(found.table), self._names(found)
        alike = [*self._merged.added.get(table.name, {}).values()][:1] if table else []
        of_its_table = [entry for entry in named if table and entry.table == table.name]
        return (of_its_table or named or alike or self._all)[0]

    def _names(self, found: Finding) -> list[Entry]:
        """The contributed rows whose keys the finding names."""
        words = re.findall(r"[\w.-]+", f"{found.message} {found.value}".casefold())
        return [entry for word in words for entry in self._by_key.get(word.strip("."), ())]

    @cached_property
    def _named_here(self) -> set[str]:
        """All that contributed rows hold, which is where they name rows of the package."""
        return {cell for entry in self._all for cell in entry.cells.values()}

    @cached_property
    def _by_key(self) -> dict[str, list[Entry]]:
        """The contributed rows by their keys, of which one table may have the word of another."""
        rows: dict[str, list[Entry]] = {}
        for entry in self._all:
            key = self._package.contract.table(entry.table).key_of(entry.cells)
            rows.setdefault(key.casefold(), []).append(entry)
        return rows


def _is_filled_in(entry: Entry, name: str) -> bool:
    """Did the import write this cell, and nobody type it? An end that a token tells was typed with it."""
    name = "printed" if name in ENDS and entry.table == VALUES else name
    return bool(entry.places and entry.cells.get(name) and not entry.typed.get(name))


def _misses_a_word(found: Finding, new: Collection[str]) -> bool:
    """Does it only miss a word of a group, that the contributor named, in what a source prints?"""
    return found.rule == WORD_AGAINST_CODE and found.value in new and "do not tell of" in found.message
