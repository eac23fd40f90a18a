"""All tables as one SQLite file with types, keys, words and views, for Datasette and whatever reads SQL."""

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scripts.package.contract import Field, Table
from scripts.package.opening import Package
from scripts.package.sql import quoted
from scripts.publish.codebook import codebook_rows
from scripts.publish.dataset import Dataset

TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL"}
VERSION_OF_LIBRARY = slice(96, 100)  # bytes of the header that differ between builds, and nothing reads
PAGE = 4096
VIEWS = Path(__file__).parent / "templates/views.sql"


def sqlite_file(package: Package, dataset: Dataset) -> bytes:
    """Write the database in a file of its own, since the bytes in memory depend on the build."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "tables.sqlite"
        connection = sqlite3.connect(place)
        connection.execute(f"PRAGMA page_size = {PAGE}")
        for statement, rows in _statements(package, dataset):
            connection.executemany(statement, rows)
        connection.executescript(VIEWS.read_text(encoding="utf-8"))
        connection.commit()
        connection.execute("VACUUM")
        connection.close()
        content = bytearray(place.read_bytes())
    content[VERSION_OF_LIBRARY] = bytes(4)
    return bytes(content)


Statement = tuple[str, list[tuple[object, ...]]]
ONCE: list[tuple[object, ...]] = [()]  # a statement without values


def _statements(package: Package, dataset: Dataset) -> Iterator[Statement]:
    """Every table of the contract, then the codebook."""
    for table in dataset.tables:
        yield _created(table), ONCE
        yield (
            _inserted(table.name, len(table.fields)),
            [tuple(table.typed(row).values()) for row in package.rows(table.name)],
        )
        for field in sorted({key.field for key in table.foreign_keys} - {table.primary_key[0]}):
            name = quoted(f"{table.name}.{field}")
            yield f"CREATE INDEX {name} ON {quoted(table.name)} ({quoted(field)})", ONCE
    codebook = codebook_rows(dataset.tables)
    yield f"CREATE TABLE codebook ({', '.join(quoted(name) for name in codebook[0])})", ONCE
    yield _inserted("codebook", len(codebook[0])), [tuple(row.values()) for row in codebook]


def _created(table: Table) -> str:
    """The table with its keys; what it and its columns hold stands as comments, which Datasette shows."""
    lines = [f"  {_column(field)}, {_comment(field)}" for field in table.fields]
    keys = [f"  PRIMARY KEY ({', '.join(map(quoted, table.primary_key))})"]
    keys += [
        f"  FOREIGN KEY ({quoted(key.field)}) REFERENCES {quoted(key.table)} ({quoted(key.key)})"
        for key in table.foreign_keys
    ]
    text = "\n".join(lines) + "\n" + ",\n".join(keys)
    return f"CREATE TABLE {quoted(table.name)} ( {_comment(table)}\n{text}\n)"


def _comment(one: Field | Table) -> str:
    """What it holds, in one line: a comment ends where its line does."""
    return "-- " + " ".join(f"{one.title}: {one.description}".split())


def _column(field: Field) -> str:
    must = " NOT NULL" if field.constraints.get("required") else ""
    return f"{quoted(field.name)} {TYPES[field.type]}{must}"


def _inserted(name: str, columns: int) -> str:
    return f"INSERT INTO {quoted(name)} VALUES ({', '.join('?' * columns)})"


def datasette_metadata(dataset: Dataset, name: str) -> str:
    """What Datasette says beside the file: `datasette NAME.sqlite --metadata datasette-metadata.json`."""
    tables = {
        table.name: {
            "title": table.title,
            "description": table.description,
            "columns": {field.name: field.description for field in table.fields},
        }
        for table in dataset.tables
    }
    about = {
        "title": dataset.title,
        "description": dataset.description,
        "license": dataset.licence.title,
        "license_url": dataset.licence.path,
        "databases": {name: {"tables": tables}},
    }
    return json.dumps(about, ensure_ascii=False, indent=1) + "\n"
