"""External programs that a machine may have, R with readr and LibreOffice; no test depends on them."""

import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree

OFFICE, TABLE, TEXT = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "table", "text")
)
WIDEST = 100  # columns; sheets are padded with blank ones
HAS_READR = "quit(status = !requireNamespace('readr', quietly = TRUE))"


@cache
def has_r() -> bool:
    """Return whether R is here with readr."""
    return shutil.which("Rscript") is not None and _succeeds("Rscript", "--vanilla", "-e", HAS_READR)


@cache
def has_libreoffice() -> bool:
    """Return whether LibreOffice is here and starts."""
    return shutil.which("soffice") is not None and _succeeds("soffice", "--version")


def _succeeds(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, timeout=120).returncode == 0


def skip_unless_installed(is_there: str, program: str) -> pytest.MarkDecorator:
    """Return a mark that skips a test, with a reason, if a program is missing; evaluated only when run."""
    return pytest.mark.skipif(f"not {is_there}", reason=f"{program} is not on this machine")


def run_r(code: str, folder: Path, *arguments: str) -> None:
    """Run R code in a folder; a warning counts as an error."""
    command = ["Rscript", "--vanilla", "-e", f"options(warn = 2)\n{code}", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr[-2000:]


def sheets_opened_in_libreoffice(file: Path, folder: Path, *options: str) -> dict[str, list[list[Any]]]:
    """Return the sheets of a file opened in LibreOffice, with its own profile and no window."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", *options, "--convert-to", "fods", "--outdir", folder, file]
    done = subprocess.run(command, capture_output=True, text=True, timeout=500)
    assert done.returncode == 0, done.stderr[-2000:]
    return sheets_in_flat_ods(folder / f"{file.stem}.fods")


def sheets_in_flat_ods(file: Path) -> dict[str, list[list[Any]]]:
    """Return every sheet of a flat OpenDocument file: text, numbers, and None for a blank cell."""
    tables = ElementTree.parse(file).iter(f"{TABLE}table")
    return {
        str(table.get(f"{TABLE}name")): [_cell_values(row) for row in table.iter(f"{TABLE}table-row")]
        for table in tables
    }


def _cell_values(row: Element) -> list[Any]:
    """Return the cells of a row, up to the last filled cell."""
    found: list[Any] = []
    for cell in row.iter(f"{TABLE}table-cell"):
        found += [_cell_content(cell)] * min(int(cell.get(f"{TABLE}number-columns-repeated", 1)), WIDEST)
    while found and found[-1] is None:
        found.pop()
    return found


def _cell_content(cell: Element) -> Any:
    kind = cell.get(f"{OFFICE}value-type")
    if kind == "float":
        return float(cell.get(f"{OFFICE}value", "nan"))
    words = "\n".join("".join(part.itertext()) for part in cell.iter(f"{TEXT}p"))
    # Anything else, such as a date or a percentage, is neither the text nor the number that was released.
    return None if kind is None else words if kind == "string" else (kind, words)
