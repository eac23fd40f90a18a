"""One Parquet file a table, with the types of the contract and null for a blank cell."""

import tempfile
from pathlib import Path

import duckdb

from scripts.package.contract import Field, Table
from scripts.package.database import DUCKDB_TYPES
from scripts.package.opening import Package


def parquet_files(package: Package) -> dict[str, bytes]:
    """Write every table with one thread, so that rows keep their order and files their bytes."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(config={"threads": 1}) as connection:
        place = Path(folder) / "table.parquet"
        return {
            f"{table.name}.parquet": _parquet(connection, package, table, place)
            for table in package.contract.released
        }


def _parquet(connection: duckdb.DuckDBPyConnection, package: Package, table: Table, place: Path) -> bytes:
    connection.register("text", package.frame(table.name))
    typed = ", ".join(map(_typed, table.fields))
    try:
        connection.sql(f"SELECT {typed} FROM text").write_parquet(str(place), compression="zstd")
    except duckdb.IOException as error:
        raise OSError(f"{place.name} could not be written: is the disk full?") from error
    return place.read_bytes()


def _typed(field: Field) -> str:
    return f'CAST(nullif("{field.name}", \'\') AS {DUCKDB_TYPES[field.type]}) AS "{field.name}"'
