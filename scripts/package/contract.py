"""The contract, `datapackage.json`, as typed objects: the only place where the code reads it."""

import json
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property
from typing import Any

from scripts.package.unknown_value_errors import value_or_key_error

EDITORIAL = "editorial"  # the group of settings of this site
METHOD = "method"  # the group of records of how the data were made
WITH_A_FOLDER = (EDITORIAL, METHOD)  # groups whose tables are in a folder of the same name in data/
GROUPS = {  # the groups of released tables, in the order in which readers see them
    "results": "Results: what was reported, and what its counts give",
    "core": "Core: the figures and what they are of",
    "context": "Context: what was said and what happened",
    "computed": "Compared: where figures differ, and what could explain it",
    "scenarios": "Scenarios: what would follow if something were so; nothing of it was measured",
    METHOD: "Method: records of how the data were made",
}

Part = tuple[str, str]  # a place in the contract, and its description in words

# How to tell that a new value of these constraints is looser; any other constraint counts as looser if it
# differs.
LOOSER: dict[str, Callable[[Any, Any], bool]] = {
    **dict.fromkeys(("minimum", "minLength"), operator.lt),
    **dict.fromkeys(("maximum", "maxLength"), operator.gt),
    "enum": lambda now, asked: not set(now) <= set(asked),
}
LISTS = {"categories", "listOf"}  # the properties that list the coded words of a column
NOT_RELEASED = "-dev0"  # suffix of a version not yet released; SemVer sorts it before the release

Value = str | int | float | date  # in Python a boolean is an integer

# The functions that convert a cell that is not blank, by the type of its column.
CONVERT: dict[str, Callable[[str], Value]] = {
    "string": str,
    "integer": int,
    "number": float,
    "date": date.fromisoformat,
    "boolean": "true".__eq__,
}


@dataclass(frozen=True)
class Category:
    """A code, its label for readers, and the criterion for choosing it."""

    value: str
    label: str
    description: str = ""  # blank if the label is enough

    @property
    def label_and_description(self) -> str:
        """The explanation of the code, preceded by its label unless the label is the code itself."""
        is_word = self.description and self.label == self.value.replace("_", " ")
        return self.description if is_word else f"{self.label}. {self.description}".strip()


@dataclass(frozen=True)
class Field:
    """A column: its name, type, explanations for readers, and constraints."""

    name: str
    type: str
    title: str
    description: str
    constraints: dict[str, Any]
    unit: str = ""
    example: str = ""
    blank: str = ""  # what a blank cell means, if blanks are allowed
    categories: tuple[Category, ...] = ()  # its coded words, with labels and descriptions
    is_list: bool = False  # whether a cell may hold several of these words, separated by semicolons

    @cached_property
    def label_by_code(self) -> dict[str, str]:
        """The label that readers see for each code."""
        return {category.value: category.label for category in self.categories}

    @property
    def allowed_codes(self) -> list[str]:
        """The codes that a cell may hold; empty for a column without a fixed list."""
        return list(self.constraints.get("enum", ()))

    @property
    def is_free_text(self) -> bool:
        """Whether people type free text in this column, rather than a code from a fixed list."""
        return self.type == "string" and "enum" not in self.constraints

    @property
    def is_date_or_period(self) -> bool:
        """Whether the column holds days, partial dates or periods: its pattern then starts with a year."""
        return self.type == "date" or str(self.constraints.get("pattern", "")).startswith("^[0-9]{4}")

    @property
    def is_web_address(self) -> bool:
        """Whether the column holds web addresses, judging by its pattern."""
        return str(self.constraints.get("pattern", "")).startswith("^https?:")

    @property
    def holds_source_words(self) -> bool:
        """Whether the column holds a source's own words, such as a title, a quoted number or an address."""
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
    """A CSV file and the meanings of its columns."""

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
        """Whether the table is computed by scripts and kept in data/derived."""
        return self.path.startswith("data/derived/")

    @property
    def is_editorial(self) -> bool:
        """Whether the table holds settings of this site, which are checked but not released."""
        return self.path.startswith(f"data/{EDITORIAL}/")

    @cached_property
    def column_names(self) -> list[str]:
        """The column names, in order. Callers must not modify the list."""
        return [field.name for field in self.fields]

    @cached_property
    def field_by_name(self) -> dict[str, Field]:
        """The columns by name. Callers must not modify the dict."""
        return {field.name: field for field in self.fields}

    def typed_row(self, row: Mapping[str, str]) -> dict[str, Value | None]:
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
    """The contents of `datapackage.json` as typed objects."""

    title: str
    description: str
    version: str
    tables: tuple[Table, ...]

    @property
    def entered_tables(self) -> list[Table]:
        """The tables that people edit, rather than scripts."""
        return [table for table in self.tables if not table.is_derived]

    @property
    def derived_tables(self) -> list[Table]:
        """The tables that scripts compute."""
        return [table for table in self.tables if table.is_derived]

    @cached_property
    def released_contract(self) -> "Contract":
        """The contract without editorial tables, which are not released, and ordered by group."""
        order = list(GROUPS)
        released = [table for table in self.tables if not table.is_editorial]
        return replace(self, tables=tuple(sorted(released, key=lambda table: order.index(table.group))))

    @cached_property
    def _tables_by_name(self) -> dict[str, Table]:
        return {table.name: table for table in self.tables}

    def table(self, name: str) -> Table:
        """The table of this name; for an unknown name, raises KeyError, which lists the known ones."""
        return value_or_key_error(self._tables_by_name, name, f"table “{name}”")

    @cached_property
    def label_by_code(self) -> dict[str, str]:
        """The label of each code in all lists of codes; a code has the same label everywhere."""
        every = (field for table in self.tables for field in table.fields)
        return {word: label for field in every for word, label in field.label_by_code.items()}


def parse_contract(descriptor: dict[str, Any]) -> Contract:
    """Turn a descriptor that has passed the check into a contract."""
    return Contract(
        descriptor["title"],
        descriptor["description"],
        descriptor["version"],
        tuple(_parse_table(resource) for resource in descriptor["resources"]),
    )


def expand_word_lists(descriptor: dict[str, Any]) -> dict[str, Any]:
    """A copy of the descriptor in which each column that uses a shared list of codes has that list.

    The codes come from `commonWords` if they mean the same in every column, from the column that
    `sameWordsAs` names, or from the column's own `categories`; `enum` repeats them for programs that do not
    know `categories`. A column whose cells may hold several codes has `listOf` instead of `categories`; its
    `pattern` then repeats the codes.
    """
    whole: dict[str, Any] = json.loads(json.dumps(descriptor))  # a copy; faster than deepcopy
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
            allowed = (
                {"enum": words} if name == "categories" else {"pattern": _semicolon_list_pattern(words)}
            )
            column["constraints"] = column.get("constraints", {}) | allowed
    return whole


def _semicolon_list_pattern(words: Sequence[str]) -> str:
    """A pattern for a cell that holds one or more of these codes, separated by semicolons."""
    either = f"({'|'.join(words)})"
    return f"^{either}(;{either})*$"


def _parse_table(resource: dict[str, Any]) -> Table:
    schema = resource["schema"]
    keys = schema.get("foreignKeys", [])
    told = {
        attribute.name: resource[attribute.name]
        for attribute in fields(Table)
        if attribute.name in resource
    }
    return Table(
        **told,
        fields=tuple(map(_parse_field, schema["fields"])),
        primary_key=tuple(schema["primaryKey"]),
        foreign_keys=tuple(_parse_foreign_key(key, resource["name"]) for key in keys),
    )


def _parse_field(field: dict[str, Any]) -> Field:
    told = {"constraints": {}} | {
        attribute.name: field[attribute.name] for attribute in fields(Field) if attribute.name in field
    }
    words = field.get("categories") or field.get("listOf", ())
    told |= {"categories": tuple(Category(**word) for word in words), "is_list": "listOf" in field}
    return Field(**told | {"example": str(field.get("example", ""))})


def _parse_foreign_key(key: dict[str, Any], own_table: str) -> ForeignKey:
    reference = key["reference"]
    return ForeignKey(key["fields"][0], reference.get("resource", own_table), reference["fields"][0])


# Differences between two contracts: the tables, columns, keys and constraints that are in only one of them.
# The check refuses a contract that has lost any unless the major version rises, and a release records all
# of them.


def removed_contract_parts(before: Sequence[Table], after: Sequence[Table]) -> Iterator[Part]:
    """The parts of the first contract that are missing from the second.

    A missing table is reported by name only.
    """
    names = {table.name for table in after}
    kept = {part for table in after for part in _columns_and_key(table)}
    for table in before:
        if table.name not in names:
            yield table.name, f"table {table.name}"
        else:
            yield from (part for part in _columns_and_key(table) if part not in kept)


def structure_changes(before: Sequence[Table], now: Sequence[Table]) -> Iterator[str]:
    """Yield a description of each change of a table, column, type, key or constraint between contracts."""
    yield from (
        f"gone: {words}" for words in sorted(words for _, words in removed_contract_parts(before, now))
    )
    yield from (
        f"new: {words}" for words in sorted(words for _, words in removed_contract_parts(now, before))
    )
    yield from (f"asks less: {place}, {words}" for place, words in loosened_constraints(before, now))
    yield from (f"asks more: {place}, {words}" for place, words in loosened_constraints(now, before))


def loosened_constraints(before: Sequence[Table], after: Sequence[Table]) -> Iterator[Part]:
    """The constraints that the second contract drops or loosens in columns that both contracts have."""
    now = {table.name: table for table in after}
    for table in before:
        if table.name in now:
            yield from (
                (f"{table.name}.{column}", words)
                for column, words in _loosened_in_table(table, now[table.name])
            )


def _loosened_in_table(before: Table, after: Table) -> Iterator[Part]:
    """The constraints that a table has dropped or loosened, then its dropped foreign keys, by column."""
    for field in before.fields:
        if field.name in after.field_by_name:
            given_up = _dropped_constraints(field.constraints, after.field_by_name[field.name].constraints)
            yield from ((field.name, words) for words in given_up)
    for key in before.foreign_keys:
        if key.field in after.field_by_name and key not in after.foreign_keys:
            yield key.field, f"a key of {key.table}"


def _dropped_constraints(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
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
