"""What rows are called: by name or by what they print, not by keys that an import may have made up."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from scripts.contribute.labels import Labels, name_of
from scripts.contribute.sheets import LINKS, SCOPES, VALUES, Entry, offered
from scripts.package.files import Row
from scripts.package.opening import Package

NAMED_ALIKE, ALIKE = ("organisations", "places"), 0.86  # tables, and how much of two names is one
MOST = 20  # rows of a table that are named
RELATIONS = {"numerator_of": "the count of", "denominator_of": "the base of"}
WITHOUT_NAMES = (VALUES, LINKS, SCOPES)


@dataclass(frozen=True)
class Names:
    """What the rows of one import are called, beside those of the package."""

    package: Package
    entries: Mapping[str, Mapping[int, Entry]] = field(default_factory=dict)  # by table and line

    def added(self) -> Iterator[str]:
        """How many rows of each sheet are new, and what they are called."""
        for table, entries in self.entries.items():
            rows = sorted(entries.values(), key=lambda one: one.line)
            count = f"{len(rows):,} {'row' if len(rows) == 1 else 'rows'}"
            named = "; ".join(self.row(table, one.cells) for one in rows[:MOST])
            more = f"; and {len(rows) - MOST:,} more" if len(rows) > MOST else ""
            yield f"{self.package.contract.table(table).title}: {count} ({named}{more})"

    def with_keys(self) -> dict[str, str]:
        """The keys of the new rows of each table, each with what its row is called."""
        return {
            name: "; ".join(self._with_key(name, one.cells) for one in entries.values())
            for name, entries in self.entries.items()
        }

    def _with_key(self, table: str, cells: Row) -> str:
        name = self.row(table, cells)
        return name if table == LINKS else f"{self.package.contract.table(table).key_of(cells)} ({name})"

    def like_those_of_the_package(self) -> Iterator[str]:
        """New bodies and places whose names are nearly those of others: one may be a slip."""
        for table in NAMED_ALIKE:
            known = {row["name"].casefold(): row["name"] for row in self.package.rows(table)}
            for entry in [*self.entries.get(table, {}).values()][:MOST]:
                name = entry.cells["name"]
                for close in difflib.get_close_matches(name.casefold(), known, 1, ALIKE):
                    yield f"“{name}” is new here. Did you mean {known[close]}, which the package has?"

    def row(self, table: str, cells: Row) -> str:
        """One row: by its name, by what it prints, or by the rows that it names."""
        labels = self.package.contract.labels
        if table == LINKS:
            relation = RELATIONS.get(cells["relation"], labels.get(cells["relation"], cells["relation"]))
            first, second = (self._printed(cells[end]) or cells[end] for end in ("from_id", "to_id"))
            return f"{first}, {relation} {second}"
        if name := name_of(cells) or cells.get("printed", ""):
            return f"“{name}”"
        keys = [cells[one.field] for one in self.package.contract.table(table).foreign_keys]
        named = [self._printed(key) or f"“{self.key(key)}”" for key in filter(None, keys)]
        return ", ".join([*dict.fromkeys(named), *filter(None, [labels.get(cells.get("attribute", ""))])])

    def _printed(self, key: str) -> str:
        """What a reading prints; blank where there is no such reading."""
        entry, row = self._own.get(key), self.package.index(VALUES).get(key)
        printed = entry.cells["printed"] if entry else row["printed"] if row else ""
        return f"“{printed}”" if printed else ""

    def reading(self, key: str, has: str) -> str:
        """A reading that another one contradicts: yours by its row, one of the package by its source."""
        entry, said = self._own.get(key), self._reading(key) or key
        said = f"“{entry.cells['printed']}” (yours{entry.in_row})" if entry else said
        return said if said.startswith(f"“{has}” ") else f"{said}, {has}"

    def _reading(self, key: str) -> str:
        """A reading of the package by what it prints, with its key and its source."""
        row = self.package.index(VALUES).get(key)
        source = self.package.index("sources").get(row["source_id"]) if row else None
        return f"“{row['printed']}” ({key}, in “{source['title']}”)" if row and source else ""

    @cached_property
    def _own(self) -> dict[str, Entry]:
        return {entry.cells["value_id"]: entry for entry in self.entries.get(VALUES, {}).values()}

    def key(self, key: str) -> str:
        """What the row with this key is called; any other word as it is."""
        return self._by_key.get(key) or self._reading(key) or key

    @cached_property
    def _by_key(self) -> Mapping[str, str]:
        """The names of rows; a reading that was sent without a key is known by its token and its row."""
        names: dict[str, str] = {}
        for table in offered(self.package.contract):
            if table.name not in WITHOUT_NAMES:
                names |= Labels(self.package, table).by_key
            names |= {
                table.key_of(one.cells): name_of(one.cells)
                for one in self.entries.get(table.name, {}).values()
                if name_of(one.cells)
            }
        return names | {
            key: f"“{one.cells['printed']}”{f' ({one.in_row[2:]})' if one.in_row else ''}"
            for key, one in self._own.items()
            if one.places and not one.typed.get("value_id")
        }
