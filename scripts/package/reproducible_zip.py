"""Reproducible zip files, including workbooks: the same bytes at any time on any machine.

Python's compressor varies between builds. DuckDB's is used instead, since the version of DuckDB is locked.
"""

import io
import re
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can hold
READABLE_FILE = 0o100644 << 16
UNIX = 3  # the system that wrote the entry; on Windows, zipfile would write another number
GZIP_HEAD, GZIP_TAIL = 10, 8  # bytes before and after the deflate stream; a zip holds only the stream
TIMES = re.compile(rb"(<dcterms:(?:created|modified)\b[^>]*>)[^<]*")


def pack_reproducible_zip(
    files: Mapping[str, bytes], is_compressed: bool = False, as_given: bool = False
) -> bytes:
    """Pack files, sorted by name unless `as_given` is true, without recording time, owner or platform."""
    streams = _compress_files(files) if is_compressed else files
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in files if as_given else sorted(files):
            entry = zipfile.ZipInfo(name, NO_TIME)
            entry.external_attr, entry.create_system = READABLE_FILE, UNIX
            archive.writestr(entry, streams[name])
            if is_compressed:  # `zipfile` takes no compressed stream, so the header is corrected
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.CRC, entry.file_size = zlib.crc32(files[name]), len(files[name])
                buffer.seek(entry.header_offset)
                buffer.write(entry.FileHeader())
                buffer.seek(0, io.SEEK_END)
    return buffer.getvalue()


def _compress_files(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Compress each file with DuckDB's own deflate."""
    import duckdb  # imported here because most callers compress nothing

    with tempfile.TemporaryDirectory() as folder, duckdb.connect(config={"threads": 1}) as connection:
        place = Path(folder) / "one.gz"
        copy = f"COPY (SELECT $1::BLOB) TO '{place.as_posix()}' (FORMAT blob, COMPRESSION gzip)"
        streams = {}
        for name, content in files.items():
            connection.execute(copy, [content])
            streams[name] = place.read_bytes()[GZIP_HEAD:-GZIP_TAIL]
    return streams


def unzip_files(zipped: bytes) -> dict[str, bytes]:
    """The files in a zip by name, unpacked in memory."""
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def remove_workbook_timestamps(xlsx: bytes, is_compressed: bool = False) -> bytes:
    """Remove the times at which a workbook was written."""
    files = unzip_files(xlsx)
    files["docProps/core.xml"] = TIMES.sub(rb"\g<1>1980-01-01T00:00:00Z", files["docProps/core.xml"])
    return pack_reproducible_zip(files, is_compressed)
