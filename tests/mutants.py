"""Proof that the check bites: the frozen package, broken in many ways, and who notices.

A mutant is one fault, put into a copy of the package. It names the rule that must find it, at its line.
`make mutants` runs them all and prints who finds them; `tests/test_mutants.py` runs a
sample. Faults of cells that do not touch one another share a run, and each is looked for at its own line.
"""

import csv
import json
import random
import shutil
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import frictionless
from frictionless import Error, Report, system

from scripts import checks
from scripts.checks import sql_rules
from scripts.package.contract import Field, Table
from scripts.package.files import Row, csv_text
from scripts.package.opening import Package
from scripts.package.write import write_text
from tests.conftest import FROZEN, ROOT, copy_package, read_csv

HEADER = ("operator", "named_rule", "mutants", "by_the_named", "by_another", "survived", "frictionless")
LAYERS = ("descriptor", "bytes", "schema", "rules", "published")
PROSE = (
    "derived-reproduced",
    "prose-readable",
    "prose-figure",
    "prose-term",
    "role-known",
    "role-used",
)  # the rules of the two last layers
PER_OPERATOR = 12  # rows that an operator of one table touches; more would prove no more
Json = dict[str, Any]
CONTRACT = Package(FROZEN).contract
TABLES = {table.name: table for table in CONTRACT.tables}


@dataclass(frozen=True)
class Mutant:
    """One fault. A fault of a cell has a line; one of a whole file, or of the contract, an edit."""

    operator: str
    rule: str  # that must find it
    table: str
    line: int = 0
    field: str = ""
    cells: tuple[tuple[str, str], ...] = ()  # what the row at that line gets
    copies: bool = False  # the row is a copy of the one at `line`, put at the end
    edit: Callable[[bytes], bytes] | None = None
    contract: Callable[[Json], None] | None = None
    path: str = ""  # of the file that is edited, where it is no table
    published: Callable[[Path], None] | None = None  # makes the published version differ from the package

    @property
    def file(self) -> str:
        """The file that holds the fault."""
        return self.path or (TABLES[self.table].path if self.table else "datapackage.json")

    @property
    def is_schema(self) -> bool:
        """A fault that a schema alone can show, so that two judges can be compared."""
        return self.rule.startswith("schema-")


@cache
def rows(table: str) -> list[Row]:
    """The rows of a table as published."""
    return read_csv(FROZEN / TABLES[table].path)


def place_of(file: str) -> Path:
    """A sound file: of the frozen package, or a page beside it."""
    return next(home / file for home in (FROZEN, ROOT) if (home / file).exists())


def filled(table: str, field: str) -> list[int]:
    """The lines on which a column is filled."""
    return [line for line, row in enumerate(rows(table), start=2) if row[field]]


def some(lines: Iterable[int], seed: str, number: int = 1) -> list[int]:
    """Some of the lines, the same ones on each machine."""
    pool = sorted(lines)
    return sorted(random.Random(seed).sample(pool, min(number, len(pool))))


# Files as they come: name of the operator, rule, what happens to the bytes.
def _first_row(data: bytes, new: Callable[[bytes], bytes]) -> bytes:
    header, row, rest = data.split(b"\n", 2)
    return b"\n".join([header, new(row), rest])


def _header(data: bytes, new: Callable[[bytes], bytes]) -> bytes:
    header, rest = data.split(b"\n", 1)
    return new(header) + b"\n" + rest


FILES: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "byte order mark": ("bytes-encoding", lambda data: b"\xef\xbb\xbf" + data),
    "UTF-16": ("bytes-encoding", lambda data: data.decode().encode("utf-16")),
    "a letter in Windows-1252": (
        "bytes-encoding",
        lambda data: _first_row(data, lambda row: row + b"\x92"),
    ),
    "a NUL byte": ("bytes-encoding", lambda data: _first_row(data, lambda row: row + b"\0")),
    "a workbook saved as CSV": ("bytes-encoding", lambda data: b"PK\x03\x04" + data),
    "Windows line ends": ("bytes-line-ends", lambda data: data.replace(b"\n", b"\r\n")),
    "old Macintosh line ends": ("bytes-line-ends", lambda data: data.replace(b"\n", b"\r")),
    "one line end of another kind": (
        "bytes-line-ends",
        lambda data: _first_row(data, lambda row: row + b"\r"),
    ),
    "no last line end": ("bytes-line-ends", lambda data: data[:-1]),
    "a blank line": ("bytes-line-ends", lambda data: _first_row(data, lambda row: row + b"\n")),
    "semicolons": ("bytes-header", lambda data: data.replace(b",", b";")),
    "header in another order": (
        "bytes-header",
        lambda data: _header(data, lambda line: b",".join(reversed(line.split(b",")))),
    ),
    "header in capitals": ("bytes-header", lambda data: _header(data, bytes.upper)),
    "a column named twice": (
        "bytes-header",
        lambda data: _header(data, lambda line: b",".join([line.split(b",")[0]] * len(line.split(b",")))),
    ),
    "a column without a name": (
        "bytes-header",
        lambda data: _header(data, lambda line: b"," + line.split(b",", 1)[1]),
    ),
    "no header": ("bytes-header", lambda data: data.split(b"\n", 1)[1]),
    "ten thousand columns": ("bytes-header", lambda data: _header(data, lambda line: b"," * 9_999)),
    "a cell too few": ("bytes-cells", lambda data: _first_row(data, lambda row: row.split(b",")[0])),
    "a cell too many": ("bytes-cells", lambda data: _first_row(data, lambda row: row + b",x")),
    "a quote that does not end": ("bytes-cells", lambda data: _first_row(data, lambda row: b'"' + row)),
    "a line break in a cell": (
        "bytes-cells",
        lambda data: _first_row(data, lambda row: b'"a\nb",' + row.split(b",", 1)[1]),
    ),
    "an empty file": ("bytes-file", lambda data: b""),
    "a header without rows": ("bytes-file", lambda data: data.split(b"\n")[0] + b"\n"),
    "a huge cell": ("bytes-line-length", lambda data: _first_row(data, lambda row: row + b"x" * 30_000)),
}


def of_files() -> Iterator[Mutant]:
    """Every table, saved in each of these ways."""
    for table in (table for table in TABLES.values() if rows(table.name)):
        for operator, (rule, edit) in FILES.items():
            may_be_empty = table.may_be_empty or table.is_derived
            if not (may_be_empty and operator == "a header without rows"):
                yield Mutant(operator, rule, table.name, edit=edit)


# What a schema alone can show: name, rule, the fields it applies to, the new cell.
def _is_number(field: Field) -> bool:
    return field.type in ("number", "integer")


CELLS: dict[str, tuple[str, Callable[[Field], bool], Callable[[Field, str], str]]] = {
    "a required cell is blank": (
        "schema-required",
        lambda field: bool(field.constraints.get("required")),
        lambda field, old: "",
    ),
    "a word that is not in the list": (
        "schema-enum",
        lambda field: "enum" in field.constraints,
        lambda field, old: "no_such_word",
    ),
    "a word of the list in capitals": (
        "schema-enum",
        lambda field: "enum" in field.constraints,
        lambda field, old: old.upper(),
    ),
    "a word of the list with a space": (
        "schema-enum",
        lambda field: "enum" in field.constraints,
        lambda field, old: old + " ",
    ),
    "an id, date or address in another form": (
        "schema-pattern",
        lambda field: "pattern" in field.constraints,
        lambda field, old: "~ " + old,
    ),
    "a word in place of a number": ("schema-type", _is_number, lambda field, old: "many"),
    "a decimal comma": ("schema-type", _is_number, lambda field, old: "2,5"),
    "a percent sign": ("schema-type", _is_number, lambda field, old: old + " %"),
    "a space before a number": ("schema-type", _is_number, lambda field, old: " " + old),
    "an underscore in a number": ("schema-type", _is_number, lambda field, old: "1_000"),
    "digits of another script": ("schema-type", _is_number, lambda field, old: "٢"),
    "an exponent": ("schema-type", _is_number, lambda field, old: "1e3"),
    "not a number": ("schema-type", _is_number, lambda field, old: "NaN"),
    "a number below its bound": (
        "schema-bound",
        lambda field: "minimum" in field.constraints,
        lambda field, old: str(int(field.constraints["minimum"]) - 1),
    ),
    "a number above its bound": (
        "schema-bound",
        lambda field: "maximum" in field.constraints,
        lambda field, old: str(int(field.constraints["maximum"]) + 1),
    ),
}
# Where frictionless sees another thing than we do, and why: operator, reason.
JUDGES_DIFFER = {
    "a space before a number": "frictionless strips spaces; other readers take the cell for text",
    "an underscore in a number": "only Python reads 1_000 as 1000",
    "digits of another script": "only Python reads digits of other scripts",
    "an exponent": "frictionless reads 1e3 as 1000; no source prints a number so",
    "not a number": "frictionless takes NaN for a number",
}


def of_schema() -> Iterator[Mutant]:
    """Every field that has the constraint."""
    for table in TABLES.values():
        for field in table.fields:
            for operator, (rule, applies, new) in CELLS.items():
                if not applies(field):
                    continue
                for line in some(filled(table.name, field.name), f"{operator}{table.name}{field.name}"):
                    value = new(field, rows(table.name)[line - 2][field.name])
                    yield Mutant(operator, rule, table.name, line, field.name, ((field.name, value),))
        yield from _of_keys(table)


def _of_keys(table: Table) -> Iterator[Mutant]:
    if not rows(table.name):
        return
    key = table.primary_key[0]
    (line,) = some(range(2, len(rows(table.name)) + 2), f"twice{table.name}")
    yield Mutant("a row stands twice", "schema-unique", table.name, line, key, copies=True)
    for foreign in table.foreign_keys:
        for line in some(filled(table.name, foreign.field), f"key{table.name}{foreign.field}"):
            pattern_keeper = rows(table.name)[line - 2][foreign.field] + "999"
            cells = ((foreign.field, pattern_keeper),)
            yield Mutant(
                "a key that leads nowhere", "schema-reference", table.name, line, foreign.field, cells
            )


# Hygiene of text: name, rule, the new cell.
TEXTS: dict[str, tuple[str, Callable[[str], str]]] = {
    "a space at the end": ("spaces-at-the-ends", lambda old: old + " "),
    "two spaces in a row": ("spaces-at-the-ends", lambda old: f"a  b {old}"),
    "a character without width": ("control-characters", lambda old: f"a\u200b{old}"),
    "text that turns its direction": ("control-characters", lambda old: f"a\u202e{old}"),
    "a letter in two characters": ("unicode-not-composed", lambda old: f"Pe\u0301nh {old}"),
    "a tag": ("markup", lambda old: f"<img src=x onerror=alert(1)> {old}"),
    "an entity": ("markup", lambda old: f"a &#60; {old}"),
    "a link that runs a script": ("markup", lambda old: f"a javascript:alert(1) {old}"),
    "template syntax": ("template-syntax", lambda old: f"a {{{{ 7 * 7 }}}} {old}"),
    "a formula": ("formula-cell", lambda old: f"=1+1 {old}"),
    "a cell that begins with @": ("formula-cell", lambda old: f"@SUM(A1) {old}"),
    "letters broken by an encoding": ("broken-letters", lambda old: f"a â€™ {old}"),
    "a word for missing": ("words-for-missing", lambda old: "N/A"),
    "a term to avoid": ("term-to-avoid", lambda old: f"a child prostitute {old}"),
}


def of_texts() -> Iterator[Mutant]:
    """Every column of free text in data/; terms only in those that hold our own words."""
    for table in TABLES.values():
        for field in (field for field in table.fields if field.is_free_text and not table.is_derived):
            for operator, (rule, new) in TEXTS.items():
                if rule == "term-to-avoid" and (field.speaks_for_a_source or table.name == "terms"):
                    continue
                if "pattern" in field.constraints:
                    continue  # the schema refuses all of these first
                for line in some(filled(table.name, field.name), f"{operator}{table.name}{field.name}"):
                    cells = ((field.name, new(rows(table.name)[line - 2][field.name])),)
                    yield Mutant(operator, rule, table.name, line, field.name, cells)


# Meaning: each operator looks for rows that it can break and gives the cells to set.
VALUES = "reported_values"
Broken = Iterator[tuple[int, dict[str, str]]]


def _lines() -> list[tuple[int, Row]]:
    return list(enumerate(rows(VALUES), start=2))


def _kinds() -> dict[str, str]:
    return {row["indicator_id"]: row["kind"] for row in rows("indicators")}


def _roots() -> dict[str, Row]:
    return {row["value_id"]: row for row in rows(VALUES) if not row["printing_of"]}


def _digit() -> Broken:
    for line, row in _lines():
        if row["written_in"] == "digits" and row["low"] == row["high"] and row["qualifier"] == "exact":
            yield line, {"low": row["low"] + "7", "high": row["high"] + "7"}


def _turned() -> Broken:
    for line, row in _lines():
        if row["low"] and row["high"] and float(row["low"]) < float(row["high"]):
            yield line, {"low": row["high"], "high": row["low"]}


def _open_end() -> Broken:
    return ((line, {"qualifier": "more_than"}) for line, row in _lines() if row["qualifier"] == "exact")


def _no_range() -> Broken:
    return ((line, {"high": ""}) for line, row in _lines() if row["qualifier"] in ("exact", "range"))


def _above_100() -> Broken:
    for line, row in _lines():
        if _kinds()[row["indicator_id"]] == "share" and row["qualifier"] == "exact":
            yield line, {"low": "250", "high": "250", "printed": "250", "written_in": "digits"}


def _half_a_person() -> Broken:
    for line, row in _lines():
        if _kinds()[row["indicator_id"]] == "count" and row["qualifier"] == "exact":
            yield line, {"low": "3.5", "high": "3.5", "printed": "3.5", "written_in": "digits"}


def _chain() -> Broken:
    printing = next(row["value_id"] for row in rows(VALUES) if row["printing_of"])
    return ((line, {"printing_of": printing}) for line, row in _lines() if row["printing_of"])


def _another_indicator() -> Broken:
    other = "venues-visited"
    return (
        (line, {"indicator_id": other})
        for line, row in _lines()
        if row["printing_of"] and row["indicator_id"] != other
    )


def _another_topic() -> Broken:
    for line, row in _lines():
        if row["printing_of"]:
            yield line, {"topic": "assumptions" if row["topic"] == "response" else "response"}


def _of_whom() -> Broken:
    for line, row in _lines():
        if _kinds()[row["indicator_id"]] == "share" and not row["printing_of"]:
            yield line, {"population_id": "", "population_id_reason": "not_reported"}


def _ages() -> Broken:
    for line, row in _lines():
        if row["age_min"] and row["age_max"] and row["age_max"] < "90":
            yield line, {"age_min": str(int(row["age_max"]) + 1)}


def _backwards() -> Broken:
    return ((line, {"period": "2016/2012"}) for line, row in _lines() if row["period"])


def _month_13() -> Broken:
    return ((line, {"period": row["period"][:4] + "-13"}) for line, row in _lines() if row["period"])


def _future() -> Broken:
    return ((line, {"period": "2999"}) for line, row in _lines() if row["period"])


def _basis() -> Broken:
    return ((line, {"period_basis": "not_stated"}) for line, row in _lines() if row["period"])


def _interval() -> Broken:
    outside = {"interval_low": "0.0001", "interval_high": "0.0002", "interval_level": "95"}
    for line, row in _lines():
        if row["low"] and float(row["low"]) > 1:
            yield line, outside | {"interval_level_reason": ""}


def _newspaper() -> Broken:
    papers = {row["source_id"] for row in rows("sources") if row["kind"] == "newspaper"}
    papers -= {row["source_id"] for row in rows("sources") if row["organisation_id"] or row["creator"]}
    return ((line, {"evidence": "primary"}) for line, row in _lines() if row["source_id"] in papers)


def _in_words() -> Broken:
    return ((line, {"written_in": "words"}) for line, row in _lines() if row["written_in"] == "digits")


def _in_digits() -> Broken:
    return ((line, {"written_in": "digits"}) for line, row in _lines() if row["written_in"] == "words")


def _two_rows_one_fact() -> Broken:
    first = rows(VALUES)[0]["value_id"]
    return ((line, {"also_fact_ids": first}) for line, row in _lines() if row["value_id"] != first)


def _linked(relation: str, partner: str) -> Iterator[tuple[int, Row, float]]:
    """Rows at the near end of a link, with the number at its far end or at that of its partner."""
    place = {row["value_id"]: (line, row) for line, row in _lines()}
    far = defaultdict(list)
    for link in rows("links"):
        if link["relation"] == partner:
            far[link["to_id"]].append(link["from_id"])
    for link in rows("links"):
        others = far[link["to_id"]] if partner != relation else [link["to_id"]]
        if link["relation"] == relation and others:
            line, row = place[link["from_id"]]
            number = place[others[0]][1]["high"]
            if number and row["qualifier"] == "exact":
                yield line, row, float(number)


def _too_large(relation: str, partner: str) -> Broken:
    for line, row, number in _linked(relation, partner):
        larger = f"{number + 1:.10g}"
        if _kinds()[row["indicator_id"]] != "share" or number < 99:
            yield line, {"low": larger, "high": larger, "printed": larger, "written_in": "digits"}


MEANINGS: dict[str, tuple[str, Callable[[], Broken]]] = {
    "a digit too many": ("reading-against-token", _digit),
    "a range turned round": ("low-above-high", _turned),
    "a point called a bound": ("qualifier-fits-bounds", _open_end),
    "an end left out": ("qualifier-fits-bounds", _no_range),
    "a share above 100": ("share-above-100", _above_100),
    "half a person": ("count-not-whole", _half_a_person),
    "a printing of a printing": ("printing-points-at-root", _chain),
    "a printing with another indicator": ("printing-as-its-root", _another_indicator),
    "a printing with another topic": ("printing-as-its-root", _another_topic),
    "a share of nobody": ("share-has-population", _of_whom),
    "ages turned round": ("low-above-high", _ages),
    "a period that runs backwards": ("dates-out-of-order", _backwards),
    "a month 13": ("date-does-not-exist", _month_13),
    "a period to come": ("date-does-not-exist", _future),
    "a period without its basis": ("period-has-its-basis", _basis),
    "an interval beside its value": ("printed-interval-holds-value", _interval),
    "a newspaper as primary source": ("evidence-fits-speaker", _newspaper),
    "digits called words": ("words-without-digits", _in_words),
    "words called digits": ("words-without-digits", _in_digits),
    "one fact in two rows": ("fact-id-used-once", _two_rows_one_fact),
    "a numerator above its denominator": (
        "part-above-whole",
        lambda: _too_large("numerator_of", "denominator_of"),
    ),
    "a part above its whole": ("part-above-whole", lambda: _too_large("part_of", "part_of")),
}


def of_meaning() -> Iterator[Mutant]:
    """Some rows of the ledger for each operator, and the reasons of every table."""
    for operator, (rule, broken) in MEANINGS.items():
        cells = dict(broken())
        for line in some(cells, operator, PER_OPERATOR):
            yield Mutant(operator, rule, VALUES, line, next(iter(cells[line])), tuple(cells[line].items()))
    for line in some(range(2, len(rows(VALUES)) + 2), "same reading", PER_OPERATOR):
        cells_of_copy = (("value_id", f"ZZ-{line}"),)
        yield Mutant(
            "a reading entered twice", "same-reading-twice", VALUES, line, "printed", cells_of_copy, True
        )
    yield from _of_reasons()


def _of_reasons() -> Iterator[Mutant]:
    for table in (table for table in TABLES.values() if not table.is_derived):
        for name in (name for name in table.header if f"{name}_reason" in table.header):
            yield from _of_one_reason(table, name)


def _of_one_reason(table: Table, name: str) -> Iterator[Mutant]:
    fields = {field.name: field for field in table.fields}
    reason = f"{name}_reason"
    word = fields[reason].constraints["enum"][0]
    for line in some(filled(table.name, name), f"reason{table.name}{name}"):
        cells = ((reason, word),)
        yield Mutant("a reason beside a value", "blank-needs-a-reason", table.name, line, name, cells)
    if fields[name].constraints.get("required"):
        return
    for line in some(filled(table.name, reason), f"none{table.name}{name}"):
        yield Mutant(
            "a blank without a reason", "blank-needs-a-reason", table.name, line, name, ((reason, ""),)
        )


def of_examples() -> Iterator[Mutant]:
    """The change in the header of each rule, which is a fault by its own words."""
    for rule in sql_rules.RULES:
        change = rule.breaking_change
        if "add" in change:
            row = [change["add"].get(name, "") for name in TABLES[change["table"]].header]
            line = csv_text(row, []).encode()
            yield Mutant(
                "the example of the rule",
                rule.id,
                change["table"],
                edit=lambda data, line=line: data + line,
            )
            continue
        key = [change["row"]] if isinstance(change["row"], str) else change["row"]
        lines = [
            line
            for line, row in enumerate(rows(change["table"]), start=2)
            if list(row.values())[: len(key)] == key
        ]
        cells = tuple((change.get("copy") or change["set"]).items())
        yield Mutant(
            "the example of the rule", rule.id, change["table"], lines[0], "", cells, "copy" in change
        )


def _misspell(part: Json, old: str, new: str) -> None:
    part[new] = part.pop(old)


def _set(part: Json, name: str, value: object) -> None:
    part[name] = value


def of_contract() -> Iterator[Mutant]:
    """The descriptor, resource by resource."""
    for number, table in enumerate(CONTRACT.tables):
        for operator, (rule, edit) in RESOURCES.items():

            def change(whole: Json, number: int = number, edit: Any = edit) -> None:
                edit(whole["resources"][number])

            if operator == "a foreign key that leads nowhere" and not table.foreign_keys:
                continue
            yield Mutant(operator, rule, table.name, contract=change)
    for operator, (rule, edit) in PACKAGES.items():
        yield Mutant(operator, rule, "", contract=edit)


RESOURCES: dict[str, tuple[str, Callable[[Json], None]]] = {
    "a property of a resource misspelt": (
        "descriptor-property",
        lambda one: _set(one, "checklist", {}),
    ),
    "a property of a schema misspelt": (
        "descriptor-property",
        lambda one: _set(one["schema"], "foreignKey", []),
    ),
    "constraints misspelt": (
        "descriptor-property",
        lambda one: _misspell(one["schema"]["fields"][0], "constraints", "constraint"),
    ),
    "a constraint misspelt": (
        "descriptor-property",
        lambda one: _set(one["schema"]["fields"][0]["constraints"], "minimun", 1),
    ),
    "a list of words that no reader enforces": (
        "descriptor-property",
        lambda one: _set(one["schema"]["fields"][0], "categories", ["a"]),
    ),
    "a key that no reader enforces": (
        "descriptor-property",
        lambda one: _set(one["schema"], "uniqueKeys", [[one["schema"]["fields"][0]["name"]]]),
    ),
    "no words for a column": (
        "descriptor-complete",
        lambda one: _set(one["schema"]["fields"][0], "description", ""),
    ),
    "no dialect": ("descriptor-complete", lambda one: _set(one, "dialect", {})),
    "no licence of a table": ("descriptor-complete", lambda one: one.pop("licenses") and None),
    "another delimiter": ("descriptor-form", lambda one: _set(one["dialect"], "delimiter", ";")),
    "another word for missing": (
        "descriptor-form",
        lambda one: _set(one["schema"], "missingValues", ["", "NA"]),
    ),
    "a primary key that leads nowhere": (
        "descriptor-keys",
        lambda one: _set(one["schema"], "primaryKey", ["nowhere"]),
    ),
    "a foreign key that leads nowhere": (
        "descriptor-keys",
        lambda one: _set(one["schema"]["foreignKeys"][0], "fields", ["nowhere"]),
    ),
    "a file that is not there": ("descriptor-files", lambda one: _set(one, "path", "data/nowhere.csv")),
    "a path that leaves the folder of the tables": (
        "descriptor-profile",
        lambda one: _set(one, "path", "data/../" + one["path"]),
    ),
}
PACKAGES: dict[str, tuple[str, Callable[[Json], None]]] = {
    "no licence": ("descriptor-complete", lambda whole: whole.pop("licenses") and None),
    "no version": ("descriptor-complete", lambda whole: whole.pop("version") and None),
    "no sources": ("descriptor-complete", lambda whole: whole.pop("sources") and None),
    "no profile": ("descriptor-profile", lambda whole: whole.pop("$schema") and None),
    "a table named twice": (
        "descriptor-files",
        lambda whole: whole["resources"].append(whole["resources"][0]),
    ),
    "a table left out": ("descriptor-files", lambda whole: whole["resources"].pop() and None),
    "a table that rules read under another name": (
        "descriptor-tables",
        lambda whole: _set(
            next(one for one in whole["resources"] if one["name"] == "terms"), "name", "words"
        ),
    ),
    "a property of the package misspelt": (
        "descriptor-property",
        lambda whole: _misspell(whole, "keywords", "keyword"),
    ),
}


def of_the_rest() -> Iterator[Mutant]:
    """The contract as text, derived tables changed by hand, and every page of prose."""
    yield Mutant("a contract that is no JSON", "descriptor-readable", "", edit=lambda data: data[:-3])
    yield Mutant(
        "a property that stands twice",
        "descriptor-readable",
        "",
        edit=lambda data: b'{"name": "a",' + data[1:],
    )
    for table in (table for table in CONTRACT.tables if table.is_derived):
        yield Mutant(
            "a row of a derived table removed", "derived-reproduced", table.name, edit=_without_last_row
        )
    for page in sorted([*(ROOT / "docs").glob("*.md"), *ROOT.glob("*.md")]):
        path = page.relative_to(ROOT).as_posix()
        for operator, rule, words in PAGES:
            yield Mutant(operator, rule, "", edit=lambda data, words=words: data + words, path=path)

    for name in ("docs/index.md", "docs/results.md", "docs/what-if.md"):
        yield Mutant("a role that is not there", "role-known", "", edit=_ask_for_no_role, path=name)
    yield Mutant("a role for nothing", "role-used", "featured", edit=lambda data: data + A_ROLE)
    line = b"words-against-reading,reported_values,zz,For no row.\n"
    yield Mutant(
        "an exception for nothing", "exception-needed", "exceptions", edit=lambda data: data + line
    )


def _ask_for_no_role(data: bytes) -> bytes:
    return data + b'\n\n{{ v("no-such-role") }}\n'


A_ROLE = b"zero-use,share,KH010,,,,,For no page.\n"


def _without_last_row(data: bytes) -> bytes:
    return data[: data[:-1].rindex(b"\n") + 1]


PAGES = (
    ("a figure typed into prose", "prose-figure", b"\n\nIt was 17.3 percent.\n"),
    ("a page in another encoding", "prose-readable", b"\n\nA caf\xe9.\n"),
    ("a term to avoid in prose", "prose-term", b"\n\nChild prostitutes were seen.\n"),
)


# The published version gets what the package lacks: to the check, the package has lost it.
def _edit_rows(name: str, change: Callable[[list[Row]], None]) -> Callable[[Path], None]:
    def edit(base: Path) -> None:
        lines = [dict(row) for row in rows(name)]
        change(lines)
        text = csv_text(TABLES[name].header, [list(row.values()) for row in lines])
        write_text(base / TABLES[name].path, text)

    return edit


def _other_cell(table: Table) -> Callable[[Path], None]:
    """The last cell of the first row is another one."""
    field = table.header[-1]
    return _edit_rows(table.name, lambda lines: lines[0].update({field: lines[0][field] + "x"}))


def _more_rows(table: Table) -> Callable[[Path], None]:
    key = table.primary_key[0]
    return _edit_rows(table.name, lambda lines: lines.append(lines[-1] | {key: lines[-1][key] + "z"}))


def _another_column(table: Table) -> Callable[[Path], None]:
    """The last column has another name."""
    old, new = table.header[-1], f"{table.header[-1]}_old"

    def edit(base: Path) -> None:
        path = base / table.path
        write_text(path, path.read_text(encoding="utf-8").replace(old, new, 1))
        whole = json.loads((base / "datapackage.json").read_text(encoding="utf-8"))
        (one,) = (one for one in whole["resources"] if one["name"] == table.name)
        one["schema"]["fields"][-1]["name"] = new
        write_text(base / "datapackage.json", json.dumps(whole))

    return edit


def _later_version(base: Path) -> None:
    whole = json.loads((base / "datapackage.json").read_text(encoding="utf-8"))
    write_text(base / "datapackage.json", json.dumps(whole | {"version": "9.9.9"}))


def _stricter(base: Path) -> None:
    """The published version had a bound that the package no longer has."""
    whole = json.loads((base / "datapackage.json").read_text(encoding="utf-8"))
    (one,) = (one for one in whole["resources"] if one["name"] == VALUES)
    (field,) = (field for field in one["schema"]["fields"] if field["name"] == "age_max")
    field["constraints"]["maximum"] = 119
    write_text(base / "datapackage.json", json.dumps(whole))


A_CORRECTION = dict.fromkeys(TABLES["corrections"].header, "") | {
    "correction_id": "C101",
    "version": "1.1.0",
    "date": "2026-11-25",
    "kind": "correction",
    "table_name": "places",
    "row_key": "phnom-penh",
    "field": "name",
    "was": "Phnom Pen",
    "became": "Phnom Penh",
    "reason": "A slip.",
}


def of_published() -> Iterator[Mutant]:
    """Every table with rows, against a published version that had something else."""
    operators = (
        ("a published cell changed", "published-cell-stays", _other_cell),
        ("a published row taken out", "published-row-stays", _more_rows),
        ("a published column taken out", "published-column-stays", _another_column),
    )
    released = [table for table in TABLES.values() if not table.is_derived and not table.is_editorial]
    for table in (table for table in released if rows(table.name)):
        for operator, rule, edit in operators:
            if edit is not _more_rows and table.header[-1] in table.primary_key:
                continue
            only_grows = table.name == "corrections" and edit is not _another_column
            named = "corrections-only-grow" if only_grows else rule
            yield Mutant(operator, named, table.name, published=edit(table))
    yield Mutant(
        "a published correction taken out",
        "corrections-only-grow",
        "corrections",
        published=_edit_rows("corrections", lambda lines: lines.append(A_CORRECTION)),
    )
    line = csv_text(list(A_CORRECTION.values()), []).encode()
    yield Mutant(
        "a correction of what was not so",
        "correction-tells-a-change",
        "corrections",
        edit=lambda data: data + line,
        published=lambda base: None,
    )
    yield Mutant("a version that goes back", "version-goes-on", "", published=_later_version)
    yield Mutant("a constraint loosened", "published-constraint-stays", "", published=_stricter)


def all_mutants() -> list[Mutant]:
    """Every mutant, in the order of the layers."""
    makers = (
        of_contract,
        of_files,
        of_schema,
        of_texts,
        of_meaning,
        of_examples,
        of_the_rest,
        of_published,
    )
    return [mutant for maker in makers for mutant in maker()]


# What a whole rule must find, and a part whose whole may be too large a part of another.
ALONE = ("the example of the rule", "a part above its whole")


def runs(mutants: Iterable[Mutant]) -> list[list[Mutant]]:
    """Put together what cannot hide one another: faults of one layer and table in different rows."""
    alone: list[list[Mutant]] = []
    shared: dict[tuple[str, str], list[list[Mutant]]] = defaultdict(list)
    for mutant in mutants:
        if not mutant.line or mutant.copies or mutant.operator in ALONE:
            alone.append([mutant])
            continue
        layer = "schema" if mutant.is_schema else mutant.operator if mutant.operator in MEANINGS else "text"
        places = shared[layer, mutant.table]
        free = (run for run in places if not any(_touch(mutant, one) for one in run))
        run = next(free, None)
        if run is None:
            run = []
            places.append(run)
        run.append(mutant)
    return alone + [run for places in shared.values() for run in places]


def _touch(left: Mutant, right: Mutant) -> bool:
    """Two faults of one row, or of one column of the key, where one can make a double of the other."""
    in_key = left.field in TABLES[left.table].primary_key
    return left.line == right.line or (in_key and left.field == right.field)


@dataclass(frozen=True)
class Verdict:
    """Who found a mutant: the rules at its line, and whether frictionless said anything there."""

    mutant: Mutant
    found: frozenset[str]
    fields: frozenset[str]  # in which the schema layer found something at that line
    frictionless: frozenset[str] | None  # fields at that line, "" for the whole row; None where not asked


def mutate(package: Path, run: list[Mutant]) -> dict[Mutant, int]:
    """Put the faults of a run into a copy of the package; say at which line each now is."""
    (table,) = {mutant.table for mutant in run}
    first = run[0]
    if first.contract:
        whole = deepcopy(json.loads((FROZEN / "datapackage.json").read_text(encoding="utf-8")))
        first.contract(whole)
        write_text(package / "datapackage.json", json.dumps(whole))
        return {first: 0}
    path = package / first.file
    if first.published:
        publish(package)
    if first.edit:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(first.edit((place_of(first.file)).read_bytes()))
        return {first: 0}
    if first.published:
        return {first: 0}
    lines = [dict(row) for row in rows(table)]
    places: dict[Mutant, int] = {}
    for mutant in run:
        row = dict(lines[mutant.line - 2]) if mutant.copies else lines[mutant.line - 2]
        row.update(mutant.cells)
        if mutant.copies:
            lines.append(row)
        places[mutant] = len(lines) + 1 if mutant.copies else mutant.line
    path.write_bytes(csv_text(TABLES[table].header, [list(row.values()) for row in lines]).encode())
    return places


def publish(package: Path) -> None:
    """Give a copy the version from which on rows stay."""
    whole = json.loads((FROZEN / "datapackage.json").read_text(encoding="utf-8"))
    write_text(package / "datapackage.json", json.dumps(whole | {"version": "1.0.0"}))


@contextmanager
def published_version(mutant: Mutant) -> Iterator[Path | None]:
    """The published version that a mutant is compared with, where it is compared with one."""
    if mutant.published is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        base = copy_package(Path(folder) / "base")
        publish(base)
        mutant.published(base)
        yield base


def restore(package: Path, run: list[Mutant]) -> None:
    """Make the copy sound again."""
    for name in {"datapackage.json", *(one.file for one in run)}:
        shutil.copyfile(place_of(name), package / name)


def judge(package: Path, run: list[Mutant]) -> list[Verdict]:
    """Run the check, and frictionless, over a copy that holds the faults of a run."""
    try:
        places = mutate(package, run)
        layers = checks.OUR_OWN if run[0].rule in PROSE else LAYERS
        with published_version(run[0]) as base:
            found = checks.run(
                Package(package),
                layers,
                lambda text: None,
                base=base and Package(base),
                asked=checks.Asked(hints=True),
            ).findings
        theirs = frictionless_errors(package, run)
    finally:
        restore(package, run)
    verdicts = []
    for mutant, line in places.items():
        is_anywhere = not line or mutant.operator == "the example of the rule"
        here = [one for one in found if is_anywhere or (one.line == line and mutant.table in one.table)]
        fields = frozenset(one.field for one in here if one.rule.startswith("schema-"))
        seen = frozenset(field for at, field in theirs if is_anywhere or at in (line, 0))
        verdicts.append(Verdict(mutant, frozenset(one.rule for one in here), fields, seen))
    return verdicts


def frictionless_errors(package: Path, run: list[Mutant]) -> set[tuple[int, str]]:
    """What frictionless alone says: line and field of each error, in the table and those it refers to."""
    if run[0].path or run[0].published:
        return set()  # frictionless reads no prose, and compares with no other version
    if run[0].operator == "ten thousand columns":
        return set()  # frictionless needs minutes for it, so it is not asked
    try:
        descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    except ValueError:
        return {(0, "")}
    if run[0].edit and run[0].table:  # a few rows tell as much; on some files frictionless takes minutes
        head = b"".join((place_of(run[0].file)).read_bytes().splitlines(keepends=True)[:6])
        (package / run[0].file).write_bytes(run[0].edit(head))
    names = {run[0].table} if run[0].table else set()
    if run[0].is_schema or run[0].contract:
        names |= {key.table for one in names for key in TABLES[one].foreign_keys}
    chosen = [one for one in descriptor["resources"] if one.get("name") in names]
    asked = {run[0].table} if run[0].is_schema or run[0].contract else set()
    chosen = [
        one if one.get("name") in asked else one | {"schema": _without_references(one["schema"])}
        for one in chosen
    ]
    place = package / f".{run[0].table or 'package'}.json"
    try:
        with system.use_context(trusted=True):
            place.write_text(json.dumps(descriptor | {"resources": chosen or descriptor["resources"][:1]}))
            return _errors_of(frictionless.Package(str(place)).validate(), run[0].table)
    except Exception:  # frictionless gives up on some descriptors, which is a verdict too
        return {(0, "")}
    finally:
        place.unlink(missing_ok=True)


def _errors_of(report: Report, table: str) -> set[tuple[int, str]]:
    """Line and field of each error in the table, or (0, "") for one of the package or of no table."""
    errors = {(0, "")} if report.errors else set()
    for task in report.tasks:
        for error in task.errors if not table or task.name == table else []:
            field = getattr(error, "field_name", "") or _field_of_a_key(error, table)
            errors.add((getattr(error, "row_number", 0), field))
    return errors


def _field_of_a_key(error: Error, table: str) -> str:
    """Frictionless reports a key for the row; it is the first column of the key."""
    names = {
        "foreign-key": getattr(error, "field_names", None),
        "primary-key": TABLES[table].primary_key if table else None,
    }
    return (names.get(error.type) or [""])[0]


def _without_references(schema: Json) -> Json:
    return {name: value for name, value in schema.items() if name != "foreignKeys"}


def judges_disagree(verdict: Verdict) -> bool:
    """A fault of the schema for which one of the two names another field, or none, in that row."""
    return verdict.mutant.is_schema and verdict.fields != verdict.frictionless


def tally(verdicts: Iterable[Verdict]) -> list[Row]:
    """The kill table: one row an operator and the rule that is named for it."""
    groups: dict[tuple[str, str], list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        rule = (
            "(its own rule)"
            if verdict.mutant.operator == "the example of the rule"
            else verdict.mutant.rule
        )
        groups[verdict.mutant.operator, rule].append(verdict)
    table = []
    for (operator, rule), group in groups.items():
        named = sum(one.mutant.rule in one.found for one in group)
        killed = sum(bool(one.found) for one in group)
        theirs = sum(bool(one.frictionless) for one in group)
        numbers = (len(group), named, killed - named, len(group) - killed, theirs)
        table.append(dict(zip(HEADER, (operator, rule, *map(str, numbers)), strict=True)))
    return table


def judge_all(chosen: list[list[Mutant]]) -> Iterator[Verdict]:
    """Judge runs one after the other in a copy of the package."""
    with tempfile.TemporaryDirectory() as folder:
        package = copy_package(Path(folder) / "package")
        for run in chosen:
            yield from judge(package, run)


def _work(numbers: list[int]) -> list[tuple[str, str, frozenset[str], frozenset[str], frozenset[str]]]:
    """Judge some of the runs in a process of its own; functions cannot travel, so numbers go in."""
    everything = runs(all_mutants())
    chosen = [everything[number] for number in numbers]
    return [
        (v.mutant.operator, v.mutant.rule, v.found, v.fields, v.frictionless or frozenset())
        for v in judge_all(chosen)
    ]


def main() -> int:
    """Run every mutant on every core, and print the kill table."""
    start, everything = time.monotonic(), runs(all_mutants())
    total = sum(len(run) for run in everything)
    print(f"{total:,} mutants in {len(everything):,} runs; about half an hour …", file=sys.stderr)
    verdicts: list[Verdict] = []
    slices = [list(range(len(everything)))[at::64] for at in range(64)]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for done, part in enumerate(pool.map(_work, slices), start=1):
            verdicts += [
                Verdict(Mutant(o, r, ""), found, ours, theirs) for o, r, found, ours, theirs in part
            ]
            print(f"\r{len(verdicts):,} of {total:,} ({done} of 64)", end="", file=sys.stderr)
    table = tally(verdicts)
    return _report(table, verdicts, time.monotonic() - start)


def _report(table: list[Row], verdicts: list[Verdict], seconds: float) -> int:
    writer = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
    writer.writerows([HEADER, *(row.values() for row in table)])
    sums = Counter({name: sum(int(row[name]) for row in table) for name in HEADER[2:]})
    print(f"\n{dict(sums)} in {seconds:.0f} s")
    apart = Counter(one.mutant.operator for one in verdicts if judges_disagree(one))
    for operator, times in apart.items():
        print(f"The judges differ: {operator}, {times} times: {JUDGES_DIFFER.get(operator, 'NOT LISTED')}")
    failed = sums["survived"] or sums["by_another"] or set(apart) - set(JUDGES_DIFFER)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
