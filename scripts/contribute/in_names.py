"""Rows of a contribution as their sender knows them: by name or by what is printed, not by their keys."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from scripts.contribute.labels import name_of
from scripts.contribute.merge import LINKS, VALUES, Merged
from scripts.contribute.sheets import Entry
from scripts.package.files import Row
from scripts.package.opening import Package

NAMED_ALIKE, ALIKE = ("organisations", "places"), 0.86  # tables, and how much of two names is one
MOST = 20  # rows of a table that are named
RELATIONS = {"numerator_of": "the count of", "denominator_of": "the base of"}


@dataclass(frozen=True)
class Names:
    """What the rows of one import are called, beside those of the package."""

    package: Package
    merged: Merged

    def added(self) -> Iterator[str]:
        """How many rows of each sheet are new, and what they are called."""
        for table, entries in self.merged.added.items():
            rows = sorted(entries.values(), key=lambda one: one.line)
            count = f"{len(rows):,} {'row' if len(rows) == 1 else 'rows'}"
            named = "; ".join(self.row(table, one.cells) for one in rows[:MOST])
            more = f"; and {len(rows) - MOST:,} more" if len(rows) > MOST else ""
            yield f"{self.package.contract.table(table).title}: {count} ({named}{more})"

    def with_keys(self) -> dict[str, str]:
        """The keys of the new rows of each table, each with what its row is called."""
        return {
            name: "; ".join(self._with_key(name, one.cells) for one in entries.values())
            for name, entries in self.merged.added.items()
        }

    def _with_key(self, table: str, cells: Row) -> str:
        name = self.row(table, cells)
        return name if table == LINKS else f"{self.package.contract.table(table).key_of(cells)} ({name})"

    def like_those_of_the_package(self) -> Iterator[str]:
        """New bodies and places whose names are nearly those of others: one may be a slip."""
        for table in NAMED_ALIKE:
            known = {row["name"].casefold(): row["name"] for row in self.package.rows(table)}
            for entry in [*self.merged.added.get(table, {}).values()][:MOST]:
                name = entry.cells["name"]
                for close in difflib.get_close_matches(name.casefold(), known, 1, ALIKE):
                    yield f"“{name}” is new here. Did you mean {known[close]}, which the package has?"

    def row(self, table: str, cells: Row) -> str:
        """One row: by its name, by what it prints, or by the rows that it names."""
        labels = self.package.contract.labels
        if table == LINKS:
            relation = RELATIONS.get(cells["relation"], labels.get(cells["relation"], cells["relation"]))
            first, second = (self._of_key(VALUES, cells[end]) for end in ("from_id", "to_id"))
            return f"{first}, {relation} {second}"
        if name := name_of(cells) or cells.get("printed", ""):
            return f"“{name}”"
        keys = self.package.contract.table(table).foreign_keys
        named = [self._of_key(one.table, cells[one.field]) for one in keys if cells[one.field]]
        return ", ".join([*dict.fromkeys(named), *filter(None, [labels.get(cells.get("attribute", ""))])])

    def reading(self, key: str, has: str, is_form: bool) -> str:
        """A reading that another one contradicts: yours by its row, one of the package by its source."""
        entry = self._own.get(key)
        printed = entry.cells["printed"] if entry else self._printed(key)
        place = self._place(key) if entry is None else "yours" if is_form else f"yours, row {entry.line}"
        said = f"“{printed}” ({place})" if printed else key
        return said if has == printed else f"{said}, {has}"

    @cached_property
    def _own(self) -> dict[str, Entry]:
        entries = self.merged.added.get(VALUES, {}).values()
        return {entry.cells["value_id"]: entry for entry in entries}

    def _printed(self, key: str) -> str:
        return self.package.index(VALUES).get(key, {}).get("printed", "")

    def _place(self, key: str) -> str:
        source = self.package.index("sources").get(
            self.package.index(VALUES).get(key, {}).get("source_id", "")
        )
        return f"{key}, in “{source['title']}”" if source else key

    def _of_key(self, table: str, key: str) -> str:
        """What another row is called; its key, where nobody knows it by another name."""
        of_table = self.package.contract.table(table)
        own = (entry.cells for entry in self.merged.added.get(table, {}).values())
        cells = next((row for row in own if of_table.key_of(row) == key), None)
        if cells is None:
            cells = self.package.index(table).get(key, {})
        name = name_of(cells) or cells.get("printed", "")
        return f"“{name}”" if name else key
