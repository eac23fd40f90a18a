"""One Parquet file a table, with the types of the contract and null for a blank cell."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import duckdb

from scripts.package.contract import Table

TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE"}


def parquet_files(package: Path, tables: Sequence[Table]) -> dict[str, bytes]:
    """Write every table with one thread, so that rows keep their order and files their bytes."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(config={"threads": 1}) as connection:
        return {
            f"{table.name}.parquet": _parquet(connection, package, table, Path(folder)) for table in tables
        }


def _parquet(connection: duckdb.DuckDBPyConnection, package: Path, table: Table, folder: Path) -> bytes:
    place = folder / f"{table.name}.parquet"
    read = connection.read_csv(
        str(package / table.path),
        columns={field.name: TYPES[field.type] for field in table.fields},
        auto_detect=False,
        header=True,
        delimiter=",",
        quotechar='"',
        escapechar='"',
        na_values=[""],
        parallel=False,
    )
    read.write_parquet(str(place), compression="zstd")
    return place.read_bytes()
