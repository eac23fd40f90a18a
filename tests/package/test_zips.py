"""Zip files have the same bytes wherever and whenever they are written."""

import io
import time
import zipfile

import openpyxl

from scripts.package.reproducible_zip import pack_reproducible_zip, remove_workbook_timestamps, unzip_files


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["year", 2015])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_zip_holds_the_files_sorted_and_nothing_of_the_machine() -> None:
    packed = pack_reproducible_zip({"b/ü.txt": b"2", "a.txt": b"1"})
    assert packed == pack_reproducible_zip({"a.txt": b"1", "b/ü.txt": b"2"})
    entries = zipfile.ZipFile(io.BytesIO(packed)).infolist()
    assert [entry.filename for entry in entries] == ["a.txt", "b/ü.txt"]
    for entry in entries:
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
        assert (entry.create_system, entry.external_attr >> 16) == (3, 0o100644)
        assert entry.compress_type == zipfile.ZIP_STORED
    assert unzip_files(packed) == {"a.txt": b"1", "b/ü.txt": b"2"}


def test_a_compressed_zip_is_smaller_and_opens_like_the_other() -> None:
    files = {"b/ü.txt": "ü\n".encode() * 1000, "a.txt": b"", "c.csv": bytes(range(256)) * 300}
    packed = pack_reproducible_zip(files, is_compressed=True)
    assert packed == pack_reproducible_zip(dict(reversed(files.items())), is_compressed=True)
    assert len(packed) < len(pack_reproducible_zip(files)) / 20
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        assert {member.compress_type for member in archive.infolist()} == {zipfile.ZIP_DEFLATED}
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {member.external_attr >> 16 for member in archive.infolist()} == {0o100644}
    assert unzip_files(packed) == files


def test_a_workbook_loses_the_time_and_nothing_else() -> None:
    first = workbook()
    time.sleep(1.1)  # openpyxl writes whole seconds
    second = workbook()
    assert unzip_files(first) != unzip_files(second)
    assert (
        remove_workbook_timestamps(first)
        == remove_workbook_timestamps(second)
        == remove_workbook_timestamps(remove_workbook_timestamps(first))
    )
    assert unzip_files(first).keys() == unzip_files(remove_workbook_timestamps(first)).keys()
    kept = openpyxl.load_workbook(io.BytesIO(remove_workbook_timestamps(first)))
    assert [list(row) for row in kept.active.values] == [["year", 2015]]
