"""Names in place of keys: what a drop-down shows for the key or the coded word that it means."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property

from scripts.contribute.sheets import reasons
from scripts.package.contract import Category, Field, Table
from scripts.package.files import Row
from scripts.package.opening import Package

SEVERAL = "; "  # between the names of one cell
NAMES = ("name", "title")  # the column that names a row


def word_of(text: str, categories: Iterable[Category]) -> str:
    """The coded word that somebody typed, or chose by its label; blank where it is none of these."""
    typed = _bare(text)
    return next((one.value for one in categories if typed in (_bare(one.value), _bare(one.label))), "")


def _bare(text: str) -> str:
    return text.strip().strip("()").casefold().replace("-", " ").replace("_", " ")


class Labels:
    """The names of the rows of one table, each for one row alone."""

    def __init__(self, package: Package, table: Table) -> None:
        self._table = table
        self._rows = package.rows(table.name)

    @cached_property
    def by_key(self) -> dict[str, str]:
        """The label of each row of the package; with its key where two rows have one name."""
        names = {self.key(row): name_of(row) for row in self._rows}
        times = Counter(name.casefold() for name in names.values())
        return {
            key: name if name and times[name.casefold()] == 1 else f"{name} ({key})".strip(" ()")
            for key, name in names.items()
        }

    @cached_property
    def _keys(self) -> dict[tuple[str, bool], set[str]]:
        """The keys by what may be typed for them, and whether it is spelt so."""
        keys: dict[tuple[str, bool], set[str]] = defaultdict(set)
        named = [(self.key(row), name_of(row)) for row in self._rows]
        for key, name in (*self.by_key.items(), *named):
            keys[name, True].add(key)
            keys[name.casefold(), False].add(key)
        return keys

    def key(self, row: Row) -> str:
        """The key of a row."""
        return row[self._table.primary_key[0]]

    def add(self, row: Row) -> None:
        """Learn the name of a new row."""
        name = name_of(row)
        self._keys[name, True].add(self.key(row))
        self._keys[name.casefold(), False].add(self.key(row))

    def key_of(self, text: str) -> str:
        """The key that a name means, spelt so if two rows fit; the text itself where it means not one."""
        typed = " ".join(text.split())
        fitting = self._keys.get((typed, True)) or self._keys.get((typed.casefold(), False)) or ()
        return next(iter(fitting)) if len(fitting) == 1 else text


def name_of(row: Row) -> str:
    """What a row is called; blank in a table whose rows have no name."""
    return next((row[name] for name in NAMES if name in row), "")


def shown(column: Field, table: Table, row: Row, labels: dict[str, Labels]) -> str:
    """A cell of the package as a workbook shows it: a name, words, or why it is blank."""
    if not row.get(column.name):
        why = row.get(f"{column.name}_reason", "")
        return next((one.label for one in reasons(table, column) if one.value == why), "")
    value = row[column.name]
    if column.words:
        return column.labels.get(value, value)
    target = next((key.table for key in table.foreign_keys if key.field == column.name), "")
    if target not in labels:
        return value
    return SEVERAL.join(labels[target].by_key.get(one, one) for one in value.split(SEVERAL))
