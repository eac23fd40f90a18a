"""The contract, `datapackage.json`, as typed objects: the only place where the code reads it."""

import json
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property
from typing import Any

EDITORIAL = "editorial"  # the group of settings of this site
METHOD = "method"  # the group of records of how the data were made
WITH_A_FOLDER = (EDITORIAL, METHOD)  # groups whose tables are in a folder of data/ with the group's name
GROUPS = {  # the groups of released tables, in the order in which readers see them
    "results": "Results: what was reported, and what its counts give",
    "core": "Core: the figures and what they are of",
    "context": "Context: what was said and what happened",
    "computed": "Compared: where figures differ, and what could explain it",
    "scenarios": "Scenarios: what would follow if something were so; nothing of it was measured",
    METHOD: "Method: records of how the data were made",
}

Part = tuple[str, str]  # a place in the contract, and its description in words

# How to tell, for these constraints, that the new value is looser; any other is looser if it differs.
LOOSER: dict[str, Callable[[Any, Any], bool]] = {
    **dict.fromkeys(("minimum", "minLength"), operator.lt),
    **dict.fromkeys(("maximum", "maxLength"), operator.gt),
    "enum": lambda now, asked: not set(now) <= set(asked),
}
LISTS = {"categories", "listOf"}  # the properties that list the coded words of a column
NOT_RELEASED = "-dev0"  # suffix of a version not yet released; SemVer sorts it before the release

Value = str | int | float | date  # in Python a boolean is an integer

# the function that converts a filled cell, by the type of its column
CONVERT: dict[str, Callable[[str], Value]] = {
    "string": str,
    "integer": int,
    "number": float,
    "date": date.fromisoformat,
    "boolean": "true".__eq__,
}


@dataclass(frozen=True)
class Category:
    """A coded word, its label for readers, and the criterion for choosing it for a source."""

    value: str
    label: str
    description: str = ""  # blank if the label is enough

    @property
    def meaning(self) -> str:
        """The explanation of the code, preceded by its label unless the two are the same."""
        is_word = self.description and self.label == self.value.replace("_", " ")
        return self.description if is_word else f"{self.label}. {self.description}".strip()


@dataclass(frozen=True)
class Field:
    """A column: its name, type, text for readers, and constraints."""

    name: str
    type: str
    title: str
    description: str
    constraints: dict[str, Any]
    unit: str = ""
    example: str = ""
    blank: str = ""  # what a blank cell means, if blanks are allowed
    categories: tuple[Category, ...] = ()  # its coded words, with labels and descriptions
    is_list: bool = False  # a cell may hold several of these words, separated by semicolons

    @cached_property
    def labels(self) -> dict[str, str]:
        """The label that readers see for each code."""
        return {category.value: category.label for category in self.categories}

    @property
    def words(self) -> list[str]:
        """The codes that a cell may hold; empty for a column without a fixed list."""
        return list(self.constraints.get("enum", ()))

    @property
    def is_free_text(self) -> bool:
        """Is this text that a person types, and not a code from a fixed list?"""
        return self.type == "string" and "enum" not in self.constraints

    @property
    def is_date_or_period(self) -> bool:
        """Is this a day, a partial date or a period? Its pattern begins with the four digits of a year."""
        return self.type == "date" or str(self.constraints.get("pattern", "")).startswith("^[0-9]{4}")

    @property
    def is_address(self) -> bool:
        """Is this a web address, judged by its pattern?"""
        return str(self.constraints.get("pattern", "")).startswith("^https?:")

    @property
    def holds_source_words(self) -> bool:
        """Does the column hold a source's own words, such as a title, a quoted number or an address?"""
        quoted = {"printed", "title", "source_title", "url", "archived_url", "creator", "publisher"}
        return self.name in quoted or self.name.endswith(("_as_printed", "_as_typed"))


@dataclass(frozen=True)
class ForeignKey:
    """A column whose cells must each match a cell in a column of another table."""

    field: str
    table: str
    key: str


@dataclass(frozen=True)
class Table:
    """A CSV file and the meaning of its columns."""

    name: str
    path: str
    title: str
    description: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    group: str = "context"

    @property
    def is_derived(self) -> bool:
        """Is the table computed by scripts, and kept in data/derived?"""
        return self.path.startswith("data/derived/")

    @property
    def is_editorial(self) -> bool:
        """Does the table hold settings of this site? Such tables are checked but not released."""
        return self.path.startswith(f"data/{EDITORIAL}/")

    @cached_property
    def header(self) -> list[str]:
        """The column names, in order. Callers must not modify the list."""
        return [field.name for field in self.fields]

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The columns by name. Callers must not modify the dict."""
        return {field.name: field for field in self.fields}

    def typed(self, row: Mapping[str, str]) -> dict[str, Value | None]:
        """Convert a row to the types of the contract; a blank cell becomes None."""
        return {
            field.name: CONVERT[field.type](row[field.name]) if row[field.name] else None
            for field in self.fields
        }

    def key_of(self, row: Mapping[str, str]) -> str:
        """The primary key of a row, its parts joined by a space."""
        return " ".join(row[column] for column in self.primary_key)


@dataclass(frozen=True)
class Contract:
    """The whole of `datapackage.json`."""

    title: str
    description: str
    version: str
    tables: tuple[Table, ...]

    @property
    def entered_tables(self) -> list[Table]:
        """The tables that people edit."""
        return [table for table in self.tables if not table.is_derived]

    @property
    def derived(self) -> list[Table]:
        """The tables that scripts compute."""
        return [table for table in self.tables if table.is_derived]

    @cached_property
    def released(self) -> "Contract":
        """The part of the contract that is released, ordered by group."""
        order = list(GROUPS)
        released = [table for table in self.tables if not table.is_editorial]
        return replace(self, tables=tuple(sorted(released, key=lambda table: order.index(table.group))))

    @cached_property
    def table(self) -> Callable[[str], Table]:
        """Look a table up by name. KeyError if there is none."""
        return {table.name: table for table in self.tables}.__getitem__

    @cached_property
    def labels(self) -> dict[str, str]:
        """The label of every code in any list; a code has the same label everywhere."""
        every = (field for table in self.tables for field in table.fields)
        return {word: label for field in every for word, label in field.labels.items()}


def read(descriptor: dict[str, Any]) -> Contract:
    """Read a descriptor that has passed the check."""
    return Contract(
        descriptor["title"],
        descriptor["description"],
        descriptor["version"],
        tuple(_table(resource) for resource in descriptor["resources"]),
    )


def expand_word_lists(descriptor: dict[str, Any]) -> dict[str, Any]:
    """The descriptor with each shared list of codes copied to every column that uses it.

    That is `commonWords` for a word that means the same in any column, the column that `sameWordsAs` names,
    or the `categories` of the column itself; `enum` repeats them for readers who know no categories. A cell
    of a column with `listOf` in place of `categories` may hold several words, which its `pattern` repeats.
    """
    whole: dict[str, Any] = json.loads(json.dumps(descriptor))  # a copy, made faster than by deepcopy
    common = {category["value"]: category for category in whole.get("commonWords", ())}
    columns = {
        f"{table['name']}.{field['name']}": field
        for table in whole["resources"]
        for field in table["schema"]["fields"]
    }
    for column in columns.values():
        told = columns.get(column.get("sameWordsAs", ""), column)
        for name in LISTS & told.keys():
            words = [word["value"] for word in told[name]]
            column[name] = [common.get(word["value"], word) for word in told[name]]
            allowed = {"enum": words} if name == "categories" else {"pattern": _several(words)}
            column["constraints"] = column.get("constraints", {}) | allowed
    return whole


def _several(words: Sequence[str]) -> str:
    """A pattern for a cell that holds one or more of these codes, separated by semicolons."""
    either = f"({'|'.join(words)})"
    return f"^{either}(;{either})*$"


def _table(resource: dict[str, Any]) -> Table:
    schema = resource["schema"]
    keys = schema.get("foreignKeys", [])
    told = {
        attribute.name: resource[attribute.name]
        for attribute in fields(Table)
        if attribute.name in resource
    }
    return Table(
        **told,
        fields=tuple(map(_field, schema["fields"])),
        primary_key=tuple(schema["primaryKey"]),
        foreign_keys=tuple(_foreign_key(key, resource["name"]) for key in keys),
    )


def _field(field: dict[str, Any]) -> Field:
    told = {"constraints": {}} | {
        attribute.name: field[attribute.name] for attribute in fields(Field) if attribute.name in field
    }
    words = field.get("categories") or field.get("listOf", ())
    told |= {"categories": tuple(Category(**word) for word in words), "is_list": "listOf" in field}
    return Field(**told | {"example": str(field.get("example", ""))})


def _foreign_key(key: dict[str, Any], own_table: str) -> ForeignKey:
    reference = key["reference"]
    return ForeignKey(key["fields"][0], reference.get("resource", own_table), reference["fields"][0])


# Differences between two contracts: the tables, columns, keys and constraints that one of them lacks. The
# check refuses a lost part unless the major version rises, and a release lists all of them in its record.


def removed_parts(before: Sequence[Table], after: Sequence[Table]) -> Iterator[Part]:
    """The parts of the first contract that the second lacks.

    A table that is gone is reported by name alone.
    """
    names = {table.name for table in after}
    kept = {part for table in after for part in _columns_and_key(table)}
    for table in before:
        if table.name not in names:
            yield table.name, f"table {table.name}"
        else:
            yield from (part for part in _columns_and_key(table) if part not in kept)


def structure_changes(before: Sequence[Table], now: Sequence[Table]) -> Iterator[str]:
    """Changes of tables, columns, types, keys and constraints between two contracts, in words."""
    yield from (f"gone: {words}" for words in sorted(words for _, words in removed_parts(before, now)))
    yield from (f"new: {words}" for words in sorted(words for _, words in removed_parts(now, before)))
    yield from (f"asks less: {place}, {words}" for place, words in loosened_constraints(before, now))
    yield from (f"asks more: {place}, {words}" for place, words in loosened_constraints(now, before))


def loosened_constraints(before: Sequence[Table], after: Sequence[Table]) -> Iterator[Part]:
    """Constraints of the first contract that the second drops, for columns that both have."""
    now = {table.name: table for table in after}
    for table in before:
        if table.name in now:
            yield from (
                (f"{table.name}.{column}", words) for column, words in _loosened(table, now[table.name])
            )


def _loosened(before: Table, after: Table) -> Iterator[Part]:
    """The same for one table, by column: constraints first, then foreign keys."""
    for field in before.fields:
        if field.name in after.by_name:
            given_up = _given_up(field.constraints, after.by_name[field.name].constraints)
            yield from ((field.name, words) for words in given_up)
    for key in before.foreign_keys:
        if key.field in after.by_name and key not in after.foreign_keys:
            yield key.field, f"a key of {key.table}"


def _given_up(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for name, asked in before.items():
        now = after.get(name)
        is_looser: Callable[[Any, Any], bool] = LOOSER.get(name, operator.ne)
        if now is None or is_looser(now, asked):
            yield f"the constraint {name}"


def _columns_and_key(table: Table) -> Iterator[Part]:
    """The columns (with types) and the key of a table, on which other programs rely."""
    for field in table.fields:
        yield f"{table.name}.{field.name}", f"column {table.name}.{field.name} ({field.type})"
    yield table.name, f"key of {table.name}: {', '.join(table.primary_key)}"
