"""Puts contributed rows among those of the package, in memory: keys proposed, rows sorted, none changed."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scripts.checks.contribution_rules import TWICE
from scripts.contribute.sheets import EXAMPLE, Entry, offered
from scripts.findings import Finding, finding
from scripts.package.contract import Table
from scripts.package.files import Row
from scripts.package.opening import Package

# A blank key of a source or a study means the only one of the contribution, where there is only one.
# The example of the template is nobody's contribution.
FILLED_IN = {"source_id": "sources", "study_id": "studies"}


@dataclass(frozen=True)
class Merged:
    """The rows of each table with the new ones, which lines are contributed, and what is in the way."""

    rows: Mapping[str, Sequence[Row]]
    added: Mapping[str, Mapping[int, Entry]]  # by table and line of the file that would be written
    unchanged: Mapping[str, Sequence[str]]  # keys of contributed rows that are there already, by table
    findings: Sequence[Finding]


def merge(entries: Sequence[Entry], package: Package) -> Merged:
    """Add the entries to the tables. Those that are there already, cell by cell, change nothing."""
    desk = _Desk(package)
    for table in offered(package.contract):
        for entry in (entry for entry in entries if entry.table == table.name):
            desk.take(entry, table)
    return desk.merged()


class _Desk:
    """What has been taken in so far."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._by_cells: dict[str, dict[tuple[str, ...], list[Row]]] = {}
        self._new: dict[str, dict[str, Entry]] = {}
        self._seen: dict[str, set[str]] = defaultdict(set)  # keys of the contribution, new or not
        self._unchanged: dict[str, list[str]] = defaultdict(list)
        self._findings: list[Finding] = []

    def take(self, entry: Entry, table: Table) -> None:
        """Add one entry, or find that it is there, or say why it cannot be added."""
        entry = replace(entry, cells=self._with_key(self._with_references(entry.cells, table), table))
        key, present = table.key_of(entry.cells), self._package.index(table.name)
        self._seen[table.name].add(key)
        if present.get(key) == entry.cells:
            self._unchanged[table.name].append(key)
        elif key in present:
            self._findings.append(_differs(entry, table, key, present[key]))
        elif first := self._new.get(table.name, {}).get(key):
            self._findings.append(_twice(entry, table, key, first))
        else:
            self._new.setdefault(table.name, {})[key] = entry

    def _with_references(self, cells: Row, table: Table) -> Row:
        """Fill in the only source and the only study of the contribution where they are left blank."""
        filled = dict(cells)
        for name, other in FILLED_IN.items():
            needed = name in cells and name not in table.primary_key and not cells.get(f"{name}_reason")
            theirs = self._seen[other] - {EXAMPLE[other]}
            if needed and not cells[name] and len(theirs) == 1:
                (filled[name],) = theirs
        return filled

    def _with_key(self, cells: Row, table: Table) -> Row:
        """Propose a key where it is blank: that of an equal row, else the next that is free."""
        name, *others = table.primary_key
        if cells[name] or others:
            return cells
        for row in self._equal(table, cells):
            if row[name] not in self._seen[table.name]:
                return row
        taken = {*self._package.index(table.name), *self._new.get(table.name, {})}
        return cells | {name: next(key for key in proposals(table.name, cells) if key not in taken)}

    def _equal(self, table: Table, cells: Row) -> list[Row]:
        """The rows of the package that are equal but for their key."""
        if table.name not in self._by_cells:
            self._by_cells[table.name] = defaultdict(list)
            for row in self._package.rows(table.name):
                self._by_cells[table.name][_without_key(row, table)].append(row)
        return self._by_cells[table.name][_without_key(cells, table)]

    def merged(self) -> Merged:
        """All tables that get new rows, sorted by their keys."""
        rows: dict[str, list[Row]] = {}
        added: dict[str, dict[int, Entry]] = {}
        for name, new in self._new.items():
            table = self._package.contract.table(name)
            sent = [entry.cells for entry in new.values()]
            rows[name] = _sorted([*self._package.rows(name), *sent], table)
            keys = enumerate(map(table.key_of, rows[name]), start=2)
            added[name] = {line: new[key] for line, key in keys if key in new}
        return Merged(rows, added, self._unchanged, self._findings)


def _without_key(row: Row, table: Table) -> tuple[str, ...]:
    return tuple(row[name] for name in table.header if name not in table.primary_key)


def _sorted(rows: list[Row], table: Table) -> list[Row]:
    return sorted(rows, key=lambda row: [row[column] for column in table.primary_key])


def _differs(entry: Entry, table: Table, key: str, present: Row) -> Finding:
    name = next(name for name in table.header if present[name] != entry.cells[name])
    message = f"The package has {key} already, and there {name} is “{present[name]}”."
    return _at(entry, name, message)


def _twice(entry: Entry, table: Table, key: str, first: Entry) -> Finding:
    return _at(entry, table.primary_key[0], f"{key} stands in row {first.line} of the same sheet already.")


def _at(entry: Entry, name: str, message: str) -> Finding:
    found = finding(TWICE, entry.file, message, line=entry.line, field=name, value=entry.cells[name])
    return found.at(entry.place(name))


def slug(*words: str) -> str:
    """Make a short name of words: small letters of the Latin alphabet, digits and hyphens."""
    text = unicodedata.normalize("NFKD", " ".join(words)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")[:60].strip("-") or "unnamed"


def _slugs(*words: str) -> Iterator[str]:
    yield slug(*words)
    yield from (f"{slug(*words)}-{number}" for number in range(2, 1_000_000))


def _numbers(prefix: str, digits: int) -> Iterator[str]:
    return (f"{prefix}{number:0{digits}}" for number in range(1, 1_000_000))


def _capitals(word: str) -> str:
    letters = word.upper().replace(".", "-")
    return letters if letters[:1].isalpha() else f"N-{letters}"


PROPOSED: dict[str, Callable[[Row], Iterator[str]]] = {
    "sources": lambda row: _slugs(row["publisher"], row["date_published"][:4]),
    "studies": lambda row: _slugs(row["organisation_id"], row["place_id"], row["fieldwork"][:4]),
    "reported_values": lambda row: _numbers(f"{_capitals(row['source_id'])}-", 3),
    "limitations": lambda row: _numbers("L", 2),
    "study_facts": lambda row: _numbers(f"{_capitals(row['study_id'])}-F", 2),
}


def proposals(table: str, row: Row) -> Iterator[str]:
    """Keys for a row without one, the best first."""
    return PROPOSED[table](row) if table in PROPOSED else _slugs(row["name"])
