"""Reproducible zip files, workbooks among them: the same bytes wherever and whenever they are written.

Python's compressor differs between builds, so what is to be small is compressed by the one that DuckDB
brings along, whose version the lock file holds.
"""

import io
import re
import tempfile
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from struct import pack

NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can hold
READABLE_FILE = 0o100644 << 16
UNIX = 3  # else Windows writes another number
IS_UTF8, NO_DAY = 0x800, 33  # as a zip writes them: how names are coded, and the first of January 1980
GZIP_HEAD, GZIP_TAIL = 10, 8  # bytes around the stream that a zip holds too
TIMES = re.compile(rb"(<dcterms:(?:created|modified)\b[^>]*>)[^<]*")


def zip_bytes(files: Mapping[str, bytes], is_compressed: bool = False) -> bytes:
    """Pack files, sorted by name, without the time, the owner and the machine."""
    if is_compressed:
        return _compressed(files)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, NO_TIME)
            entry.external_attr, entry.create_system = READABLE_FILE, UNIX
            archive.writestr(entry, files[name])
    return buffer.getvalue()


def _compressed(files: Mapping[str, bytes]) -> bytes:
    """The same with each file deflated; `zipfile` takes in no stream that is compressed already."""
    local, central = b"", b""
    for name, stream in zip(sorted(files), deflated([files[name] for name in sorted(files)]), strict=True):
        content, key = files[name], name.encode()
        told = pack(
            "<HHHHHIIIHH", 20, 0x800, 8, 0, 33, zlib.crc32(content), len(stream), len(content), len(key), 0
        )
        place = pack("<HHHII", 0, 0, 0, READABLE_FILE, len(local))
        central += b"PK\x01\x02" + bytes([20, UNIX]) + told + place + key
        local += b"PK\x03\x04" + told + key + stream
    count = len(files)
    return (
        local + central + b"PK\x05\x06" + pack("<HHHHIIH", 0, 0, count, count, len(central), len(local), 0)
    )


def deflated(contents: Sequence[bytes]) -> list[bytes]:
    """Compress by DuckDB's own deflate. ValueError where what it wrote does not hold the content."""
    import duckdb  # most of what opens a zip needs no compressor

    with tempfile.TemporaryDirectory() as folder, duckdb.connect(config={"threads": 1}) as connection:
        place = Path(folder) / "one.gz"
        streams = []
        for content in contents:
            copy = f"COPY (SELECT $1::BLOB) TO '{place.as_posix()}' (FORMAT blob, COMPRESSION gzip)"
            connection.execute(copy, [content])
            streams.append(place.read_bytes()[GZIP_HEAD:-GZIP_TAIL])
            if zlib.decompress(streams[-1], wbits=-15) != content:
                raise ValueError("the compressor lost something")
    return streams


def files_in(zipped: bytes) -> dict[str, bytes]:
    """Unpack a zip in memory."""
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def normalised(xlsx: bytes, is_compressed: bool = False) -> bytes:
    """Take out of a workbook when it was written."""
    files = files_in(xlsx)
    files["docProps/core.xml"] = TIMES.sub(rb"\g<1>1980-01-01T00:00:00Z", files["docProps/core.xml"])
    return zip_bytes(files, is_compressed)
