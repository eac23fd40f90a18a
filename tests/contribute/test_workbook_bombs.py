"""A small workbook that would expand to gigabytes is quickly refused with a message; others are read."""

import io
import re
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.contribute import filled_workbook, template, workbook_file
from scripts.contribute.workbook_file import count_cells
from scripts.package.package import Package
from tests.conftest import FROZEN, mark_later_cases_long
from tests.contribute.contributions import STUDY

Edit = Callable[[bytes], bytes]
SHEET, BOOK, STYLES = "xl/worksheets/sheet3.xml", "xl/workbook.xml", "xl/styles.xml"
COMMENTS = "xl/comments/comment1.xml"
ALL = "A1:XFD1048576"
RULE = '<cfRule type="expression" priority="1"><formula>1</formula></cfRule>'


@pytest.fixture(scope="module")
def sound() -> dict[str, bytes]:
    """The parts of a filled template."""
    package = Package(FROZEN)
    zipped = template.workbook_with_rows(package, template.rows_of_study(package, STUDY))
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def behind(tag: str, xml: str) -> Edit:
    """Return an edit that adds XML after the first such tag."""
    return lambda part: re.sub(
        rf"<{tag}\b[^>]*>".encode(), lambda found: found[0] + xml.encode(), part, count=1
    )


def after_cells(xml: str) -> Edit:
    """Return an edit that adds XML after the cells of a sheet."""
    return behind("/sheetData", xml)


def rows(number: int, cells: str) -> Edit:
    """Return an edit that adds rows after the last row of a sheet."""
    more = "".join(f'<row r="{100 + row}">{cells}</row>' for row in range(number))
    return lambda part: part.replace(b"</sheetData>", more.encode() + b"</sheetData>", 1)


def workbook(place: Path, sound: dict[str, bytes], part: str, edit: Edit) -> Path:
    """Write the template with one part changed."""
    path = place / "study.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (sound | {part: edit(sound.get(part, b""))}).items():
            archive.writestr(name, content)
    return path


BOMBS = {  # the part, the edit, and a word of the message
    "a merged range": (SHEET, after_cells(f'<mergeCells><mergeCell ref="{ALL}"/></mergeCells>'), "merged"),
    "merged columns": (SHEET, after_cells('<mergeCells><mergeCell ref="A:B"/></mergeCells>'), "merged"),
    "many merged": (
        *(SHEET, after_cells("".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(1, 1_100)))),
        "merged",
    ),
    "a link": (SHEET, after_cells(f'<hyperlinks><hyperlink ref="{ALL}"/></hyperlinks>'), "a link"),
    "a comment": (COMMENTS, behind("commentList", f'<comment ref="{ALL}" authorId="0"/>'), "a comment"),
    "formats": (SHEET, after_cells(RULE * 8_000), "formats"),
    "ranges": (SHEET, after_cells(f'<conditionalFormatting sqref="{"A1 " * 9_000}"/>'), "characters"),
    "styles": (STYLES, behind("cellStyles", '<cellStyle name="s" xfId="0"/>' * 2_100), "styles"),
    "names": (BOOK, behind("definedNames", '<definedName name="n">A!$A$1</definedName>' * 2_100), "names"),
    "sheets": (BOOK, behind("sheets", '<sheet name="s" sheetId="1" r:id="rId1"/>' * 210), "sheets"),
    "rows": (SHEET, rows(51_000, ""), "rows"),
    "cells": (SHEET, rows(2_000, "<c><v>1</v></c>" * 50), "cells"),
    "a long text": (SHEET, rows(1, f"<c><is>{'<t>aaaaaaaaaa</t>' * 4_000}</is></c>"), "characters"),
    "formulas": (SHEET, rows(1, '<c><f t="shared" si="0"/></c>' * 2_100), "formulas"),
    "entities": (BOOK, lambda part: b'<!DOCTYPE x [<!ENTITY a "aa">]>' + part, "words of its own"),
    "one piece": ("xl/theme/more.xml", lambda part: b"<a b='" + b"x" * 2_100_000 + b"'/>", "characters"),
    "another name": ("xl/sheet.png", lambda part: f'<a><mergeCell ref="{ALL}"/></a>'.encode(), "merged"),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("bomb", mark_later_cases_long(10, zip([*[*BOMBS][::2], *[*BOMBS][1::2]])))
def test_workbook_that_expands_too_far_is_refused_using_little_memory(
    bomb: str, sound: dict[str, bytes], tmp_path: Path
) -> None:
    part, edit, word = BOMBS[bomb]
    path = workbook(tmp_path, sound, part, edit)
    assert path.stat().st_size < 200_000
    tracemalloc.start()
    fault = workbook_file.workbook_fault(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert fault is not None and word in fault[0] and len(fault[0]) < 200 and fault[1]
    assert peak < 60_000_000  # openpyxl would make an object of each repeated part


def test_a_zip_of_many_blank_parts_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "study.xlsx", "w") as archive:
        for number in range(2_100):
            archive.writestr(f"{number}.xml", b"")
    assert workbook_file.workbook_fault(tmp_path / "study.xlsx") == (
        "The file has more than 2,000 parts.",
        "",
    )


@pytest.mark.parametrize(
    "edit",
    [
        after_cells(f'<conditionalFormatting sqref="{ALL}">{RULE}</conditionalFormatting>'),
        after_cells('<dataValidations><dataValidation type="list" sqref="A1:B1048576"/></dataValidations>'),
        behind("cols", '<col min="90" max="16384" width="9" style="1"/>'),
        after_cells('<hyperlinks><hyperlink ref="A2:B3" location="A1"/></hyperlinks>'),
    ],
)
def test_workbook_as_spreadsheet_programs_write_it_is_read(
    edit: Edit, sound: dict[str, bytes], tmp_path: Path
) -> None:
    read = filled_workbook.read_workbook(workbook(tmp_path, sound, SHEET, edit), Package(FROZEN).contract)
    assert read.findings == [] and read.entries


@pytest.mark.parametrize(
    ("ref", "cells"),
    [("A1", 1), ("A1:B3", 6), ("B3:A1", 6), ("$A$1:$A$9", 9), ("A:A", 1_048_576), ("1:2", 32_768), ("", 1)],
)
def test_number_of_cells_in_a_range_is_right(ref: str, cells: int) -> None:
    assert count_cells(ref) == cells
