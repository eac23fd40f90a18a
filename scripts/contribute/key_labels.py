"""Names instead of keys: what a sheet shows for a key, and what messages call contributed rows.

Since the import may have made up the keys of contributed rows, messages call these rows by their names or
by what they report.
"""

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from scripts.contribute.contribution_layout import (
    LINKS,
    SCOPES,
    VALUES,
    Entry,
    blank_reasons,
    contribution_tables,
)
from scripts.package.contract import Field, Table
from scripts.package.files import Row
from scripts.package.package import Package

SEVERAL = "; "  # separates names in a cell
NAMES = ("name", "title")  # columns that may contain the name of a row
NAMED_ALIKE, ALIKE = ("organisations", "places"), 0.86  # the tables, and how alike names must be (0 to 1)
MOST = 20  # the most rows listed by name
WITHOUT_NAMES = (VALUES, LINKS, SCOPES)
ORGANISATIONS, SHORT_AND_LONG = "organisations", re.compile(r"([A-Z]{2,}) \((.+)\)|(.+) \(([A-Z]{2,})\)")
NO_QUOTES = dict.fromkeys(map(ord, "“”„\"‘’'"))
RELATIONS = {"numerator_of": "the count of", "denominator_of": "the denominator of"}


class Labels:
    """Unique labels for the rows of one table."""

    def __init__(self, package: Package, table: Table) -> None:
        self._table = table
        self._rows = package.rows(table.name)

    @cached_property
    def by_key(self) -> dict[str, str]:
        """The label of each row in the package: its name, with its key added if the name is not unique."""
        times = Counter(row_name(row).casefold() for row in self._rows)
        return {
            self._table.key_of(row): name
            if (name := row_name(row)) and times[name.casefold()] == 1
            else f"{name} ({self._table.key_of(row)})".strip(" ()")
            for row in self._rows
        }

    def name_suggestions(self) -> list[str]:
        """Everything that may be typed to name a row: labels, and short and long names of organisations."""
        parts = [part for name in self.by_key.values() for part in self._short_and_long_name(name)]
        return sorted({*self.by_key.values(), *parts})

    @cached_property
    def _rows_by_typed_text(self) -> dict[str, set[tuple[str, str]]]:
        """The name and key of each row, by every text that may be typed for the row."""
        fitting: dict[str, set[tuple[str, str]]] = defaultdict(set)
        named = [(self._table.key_of(row), row_name(row)) for row in self._rows]
        for key, name in (*self.by_key.items(), *named):
            for typed in (name, *self._short_and_long_name(name)):
                fitting[_normalise_name(typed)].add((name, key))
        return fitting

    def _short_and_long_name(self, name: str) -> list[str]:
        """Both names of an organisation written as “UN (United Nations)”; otherwise none."""
        both = SHORT_AND_LONG.fullmatch(name) if self._table.name == ORGANISATIONS else None
        return [*filter(None, both.groups())] if both else []

    def add(self, row: Row) -> None:
        """Add the name of a new row."""
        self.add_name(row_name(row), self._table.key_of(row))

    def add_name(self, name: str, key: str) -> None:
        """Add a name that may be typed for the row with this key."""
        self._rows_by_typed_text[_normalise_name(name)].add((name, key))

    def key_of(self, text: str) -> str:
        """The key of the row with this name; the text itself if no row has it, or several do.

        If names only differ in capitals or quotation marks, the exact spelling decides.
        """
        typed = " ".join(text.split())
        fitting = self._rows_by_typed_text.get(_normalise_name(typed), set())
        keys = {key for name, key in fitting if name == typed} or {key for _, key in fitting}
        return next(iter(keys)) if len(keys) == 1 else text


def _normalise_name(name: str) -> str:
    """A name in lower case, without quotation marks, as phones type others than keyboards do."""
    return name.casefold().translate(NO_QUOTES)


def row_name(row: Row) -> str:
    """The name of a row; blank in a table without names."""
    return next((row[name] for name in NAMES if name in row), "")


def displayed_cell(column: Field, table: Table, row: Row, labels: dict[str, Labels]) -> str:
    """A cell as a workbook shows it: names for keys, labels for codes, or the reason for a blank."""
    if not row.get(column.name):
        why = row.get(f"{column.name}_reason", "")
        return next((reason.label for reason in blank_reasons(table, column) if reason.value == why), "")
    value = row[column.name]
    target = next((key.table for key in table.foreign_keys if key.field == column.name), "")
    if target not in labels:
        return column.label_by_code.get(value, value)
    return SEVERAL.join(labels[target].by_key.get(key, key) for key in value.split(SEVERAL))


@dataclass(frozen=True)
class Names:
    """What messages call the rows of an import and those of the package."""

    package: Package
    entries: Mapping[str, Mapping[int, Entry]] = field(default_factory=dict)  # by table and line

    def new_row_sentences(self) -> Iterator[str]:
        """Yield a line for each table with new rows: how many there are, and what they are called."""
        for table, entries in self.entries.items():
            rows = sorted(entries.values(), key=lambda entry: entry.line)
            count = f"{len(rows):,} {'row' if len(rows) == 1 else 'rows'}"
            named = "; ".join(self.name_of_row(table, entry.cells) for entry in rows[:MOST])
            more = f"; and {len(rows) - MOST:,} more" if len(rows) > MOST else ""
            yield f"{self.package.contract.table(table).title}: {count} ({named}{more})"

    def questions_on_similar_names(self) -> Iterator[str]:
        """Yield a question for each new organisation or place whose name is much like an existing name."""
        for table in NAMED_ALIKE:
            known = {row["name"].casefold(): row["name"] for row in self.package.rows(table)}
            for entry in [*self.entries.get(table, {}).values()][:MOST]:
                name = entry.cells["name"]
                for close in difflib.get_close_matches(name.casefold(), known, 1, ALIKE):
                    yield f"“{name}” is new here. Did you mean {known[close]}, which the package has?"

    def name_of_row(self, table: str, cells: Row) -> str:
        """What to call a row: its name, what it reports, or the rows that it refers to."""
        labels = self.package.contract.label_by_code
        if table == LINKS:
            relation = RELATIONS.get(cells["relation"], labels.get(cells["relation"], cells["relation"]))
            first, second = (
                self._quoted_number_of(cells[end]) or cells[end] for end in ("from_id", "to_id")
            )
            return f"{first}, {relation} {second}"
        if name := row_name(cells) or cells.get("printed", ""):
            return f"“{name}”"
        keys = [cells[key.field] for key in self.package.contract.table(table).foreign_keys]
        named = [self._quoted_number_of(key) or f"“{self.name_of_key(key)}”" for key in filter(None, keys)]
        return ", ".join([*dict.fromkeys(named), *filter(None, [labels.get(cells.get("attribute", ""))])])

    def _quoted_number_of(self, key: str) -> str:
        """The number that a reading reports, quoted; blank if there is no such reading."""
        row = (
            self._contributed_readings_by_key[key].cells
            if key in self._contributed_readings_by_key
            else self.package.rows_by_key(VALUES).get(key)
        )
        return f"“{row['printed']}”" if row and row["printed"] else ""

    def name_of_reading(self, key: str, has: str) -> str:
        """What to call a reading in a contradiction: its number, and its row or, if not new, its source."""
        entry = self._contributed_readings_by_key.get(key)
        name = (
            f"{self._quoted_number_of(key)} (yours{entry.row_suffix})"
            if entry
            else self._name_of_package_reading(key) or key
        )
        return name if name.startswith(f"“{has}” ") else f"{name}, {has}"

    def _name_of_package_reading(self, key: str) -> str:
        """What to call a reading of the package: its number, key and source; blank if there is none."""
        row = self.package.rows_by_key(VALUES).get(key)
        source = self.package.rows_by_key("sources").get(row["source_id"]) if row else None
        return f"“{row['printed']}” ({key}, in “{source['title']}”)" if row and source else ""

    @cached_property
    def _contributed_readings_by_key(self) -> dict[str, Entry]:
        return {entry.cells["value_id"]: entry for entry in self.entries.get(VALUES, {}).values()}

    def name_of_key(self, key: str) -> str:
        """The name of the row with this key; a word that is not a key is unchanged."""
        return self._names_by_key.get(key) or self._name_of_package_reading(key) or key

    @cached_property
    def _names_by_key(self) -> Mapping[str, str]:
        """The names of rows by key; a reading sent without a key is called by its number and row."""
        names: dict[str, str] = {}
        for table in (
            table for table in contribution_tables(self.package.contract) if table.name not in WITHOUT_NAMES
        ):
            names |= Labels(self.package, table).by_key
            contributed = (entry.cells for entry in self.entries.get(table.name, {}).values())
            names |= {table.key_of(cells): row_name(cells) for cells in contributed if row_name(cells)}
        return names | {
            key: f"“{entry.cells['printed']}”{f' ({entry.row_suffix[2:]})' if entry.row_suffix else ''}"
            for key, entry in self._contributed_readings_by_key.items()
            if not entry.typed.get("value_id")
        }
