"""One Parquet file a table: the types of the contract, null for a blank cell, and what columns hold."""

import json
import tempfile
from pathlib import Path

import duckdb

from scripts.package.contract import Field, Table
from scripts.package.database import DUCKDB_TYPES
from scripts.package.opening import Package
from scripts.package.sql import literal


def parquet_files(package: Package) -> dict[str, bytes]:
    """Write every table with one thread, so that rows keep their order and files their bytes."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(config={"threads": 1}) as connection:
        place = Path(folder) / "table.parquet"
        return {
            f"{table.name}.parquet": _parquet(connection, package, table, place)
            for table in package.contract.released.tables
        }


def _parquet(connection: duckdb.DuckDBPyConnection, package: Package, table: Table, place: Path) -> bytes:
    connection.register("text", package.frame(table.name))
    typed = ", ".join(map(_typed, table.fields))
    try:
        how = f"(FORMAT parquet, COMPRESSION zstd, KV_METADATA {_told(table)})"
        connection.execute(f"COPY (SELECT {typed} FROM text) TO {literal(place.as_posix())} {how}")
    except duckdb.IOException as error:
        raise OSError(f"{place.name} could not be written: is the disk full?") from error
    return place.read_bytes()


def _told(table: Table) -> str:
    """What the file says of itself: of each column, as JSON, the title, the description and more."""
    names = ("title", "description", "unit", "blank")
    columns = {one.name: {name: getattr(one, name) for name in names} for one in table.fields}
    about = {"title": table.title, "description": table.description}
    about["columns"] = json.dumps(columns, ensure_ascii=False)
    return f"{{{', '.join(f'{key}: {literal(text)}' for key, text in about.items())}}}"


def _typed(field: Field) -> str:
    return f'CAST(nullif("{field.name}", \'\') AS {DUCKDB_TYPES[field.type]}) AS "{field.name}"'
