"""Rows that look like an attack or a slip, and are let through by the check: with them the site builds.

Cells of the frozen package are replaced by hostile ones, the check says which it refuses, those are put
back, and what remains is accepted.
"""

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from scripts import checks
from scripts.findings import Finding
from scripts.package.contract import Field, Table
from scripts.package.files import Row, csv_text
from scripts.package.opening import Package
from scripts.package.write import write_text

# What Markdown, YAML, templates, formats or disks could take for their own.
TEXTS = [
    *("# heading", "1. item", "* item", "**bold** _x_", "`code`", "```", "> quote", ": x"),
    *("!!! note", "??? note", "C:\\Users\\x", "it's “so” 'x' \"y\"", "[x][y]", "[[x]]"),
    *("a | b", "[^1]: foot", "[1]: x", "*[HTML]: x", "a@b", "100% $5 #3", "$x$", "~~x~~ ^y^"),
    *("{x}", "{: .x}", "%s %d {}", "\\n \\u0000", "../../etc/passwd", "con", "true"),
    *("title: x", "!!python/object:x", "ភាសាខ្មែរ", "🙂 𝔘", "a &b; c", "x < 5 > y", "؟ مرحبا"),
    *("%7B%7B", "*/ */", ";", "'"),
]
LONG = "long words " * 300 + "x" * 900
ADDRESSES = tuple(
    f"https://{rest}"
    for rest in (
        *("example.org/a.pdf#page=12", "example.org/(a)[b]", "example.org/'x'", 'example.org/"x"'),
        *("example.org/@x/*y!", "example.org/ភាសាខ្មែរ", "user:x@example.org/", "ខ្មែរ.example/"),
        *("example.org:8000/?a=1&b=2;c", "example.org/$a^b`c", "example.org/{a}", "example.org/\\y"),
        *("?x", "example.org/<b>", "[::1]/", "example.org/%zz", "/x", "example.org/a|b"),
        *("example.org/~_.-,+$", "example.org/#a#b", "example.org/__x__"),
    )
)
IDS = {"0", "404", "a-", "a..b", "assets", "x.md", "con-", "index-", "-".join(["long"] * 16)}
LAYERS = [name for name in checks.OUR_OWN if name not in ("published", "reproduction")]
# Patterns, what is pinned or names single rows, and names to which rules hold other tables.
LEFT = {
    "terms",
    "helplines",
    "helplines_compared",
    "corrections",
    "replies",
    "exceptions",
    "organisations",
    "places",
    "populations",
}
PINNED = "aple-reporting-page"
Rows = dict[str, list[Row]]  # by table
Cell = tuple[str, int, str]  # table, number of the row, column


def accepted(source: Path, place: Path) -> dict[Cell, str]:
    """Write the tables with hostile cells into a copy of the package; gives those let in."""
    package = Package(source, with_derived=False)
    sound = {table.name: _renamed(package, table) for table in package.tables}
    kept = _excepted(package)
    tried = {
        cell: text
        for table in package.tables
        for cell, text in _tried(table, sound[table.name])
        if table.key_of(sound[table.name][cell[1]]) not in kept
    }
    while refused := _refused(package, place, sound, tried):
        for cell in refused:
            del tried[cell]
    return tried


def _excepted(package: Package) -> set[str]:
    """The keys of rows that an exception from a rule names: it has to be needed, so these stay."""
    return {row["row_key"] for row in package.rows("exceptions")}


def _renamed(package: Package, table: Table) -> list[Row]:
    """The rows, some sources with other ids wherever they are named, in the order of their keys."""
    named = {PINNED} | _excepted(package)
    known = [key for key in package.index("sources") if key not in named]
    names = dict(zip(known, sorted(IDS), strict=False))
    keys = {key.field for key in table.foreign_keys if key.table == "sources"}
    keys |= {"source_id"} if table.name == "sources" else set()
    rows = [row | {key: names.get(row[key], row[key]) for key in keys} for row in package.rows(table.name)]
    return sorted(rows, key=lambda row: [row[name] for name in table.primary_key])


def _tried(table: Table, rows: list[Row]) -> Iterator[tuple[Cell, str]]:
    """Another hostile text for each free cell in turn, a few in each column."""
    taken = {*table.primary_key, *(key.field for key in table.foreign_keys)}
    for number, field in enumerate(table.fields):
        if table.name not in LEFT and field.name not in taken and (pool := _pool(field)):
            filled = [at for at, row in enumerate(rows) if row[field.name]][: len(pool)]
            texts = cycle(pool[7 * number % len(pool) :] + pool[: 7 * number % len(pool)])
            yield from (
                ((table.name, at, field.name), text) for at, text in zip(filled, texts, strict=False)
            )


def _pool(field: Field) -> list[str]:
    if field.is_address:
        return list(ADDRESSES)
    is_free = field.is_free_text and field.name != "printed"  # the reading has to stand in the token
    return [*TEXTS, LONG] if is_free and "pattern" not in field.constraints else []


def _refused(package: Package, place: Path, sound: Rows, tried: dict[Cell, str]) -> set[Cell]:
    for table in package.tables:
        rows = [dict(row) for row in sound[table.name]]
        for (name, at, column), text in tried.items():
            if name == table.name:
                rows[at][column] = text
        write_text(place / table.path, csv_text(table.header, [list(row.values()) for row in rows]))
    report = checks.run(Package(place, with_derived=False), LAYERS, lambda step: None)
    errors = [one for one in report.findings if one.level == "error"]
    refused = {cell for one in errors for cell in _blamed(one, tried, package, sound)}
    assert refused or report.is_valid, errors
    return refused


def _blamed(found: Finding, tried: dict[Cell, str], package: Package, sound: Rows) -> list[Cell]:
    """The cell that a finding is about; or those of its row, or of rows that this points at."""
    name, at = Path(found.table).stem, found.line - 2
    row = [cell for cell in tried if cell[:2] == (name, at)]
    if row or name not in sound or at < 0:
        return [cell for cell in row if cell[2] == found.field] or row
    keys = {
        (key.table, key.key, sound[name][at][key.field])
        for key in package.contract.table(name).foreign_keys
    }
    pointed = [
        cell
        for cell in tried
        for to, key, value in keys
        if cell[0] == to and sound[to][cell[1]][key] == value
    ]
    return pointed or [cell for cell, text in tried.items() if text in found.message]
