"""Reproducible zip files, workbooks among them: the same bytes wherever and whenever they are written.

Data are not compressed: compressors differ between builds of Python, and the files are small.
"""

import io
import re
import zipfile
from collections.abc import Mapping

NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can hold
READABLE_FILE = 0o100644 << 16
UNIX = 3  # else Windows writes another number
TIMES = re.compile(rb"(<dcterms:(?:created|modified)\b[^>]*>)[^<]*")


def zip_bytes(files: Mapping[str, bytes], is_compressed: bool = False) -> bytes:
    """Pack files, sorted by name, without the time, the owner and the machine."""
    buffer = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if is_compressed else zipfile.ZIP_STORED
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, NO_TIME)
            entry.external_attr, entry.create_system = READABLE_FILE, UNIX
            archive.writestr(entry, files[name], method, 9)
    return buffer.getvalue()


def files_in(zipped: bytes) -> dict[str, bytes]:
    """Unpack a zip in memory."""
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def normalised(xlsx: bytes, is_compressed: bool = False) -> bytes:
    """Take out of a workbook when it was written. A form that people send to and fro is compressed."""
    files = files_in(xlsx)
    files["docProps/core.xml"] = TIMES.sub(rb"\g<1>1980-01-01T00:00:00Z", files["docProps/core.xml"])
    return zip_bytes(files, is_compressed)
