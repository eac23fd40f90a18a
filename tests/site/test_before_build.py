"""Pages are built only from readable files and from derived tables that match the data."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.package.files import UnreadableFile
from scripts.package.package import Package
from tests.conftest import run_command

TERMS = "data/editorial/terms.csv"


def linked(path: Path) -> None:
    """Replace a file with a link to a file outside the package."""
    outside = path.parents[2] / "outside.csv"
    shutil.copyfile(path, outside)
    path.unlink()
    path.symlink_to(outside)


def endless(path: Path) -> None:
    """Replace a file with a link to a device without end."""
    path.unlink()
    path.symlink_to("/dev/zero")


def a_folder(path: Path) -> None:
    """Replace a file with a folder."""
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("spoil", [linked, endless, a_folder])
@pytest.mark.parametrize("options", [["--pages-only"], []])
def test_site_is_not_built_from_a_file_outside_the_package(
    spoil: Callable[[Path], None], options: list[str], package: Path
) -> None:
    spoil(package / TERMS)
    done = run_command("site", *options, "--package", str(package))
    assert done.returncode == 1 and "No page was made" in done.stdout
    assert f"ERROR {TERMS}" in done.stdout and "bytes-file" in done.stdout
    assert not (package / "build" / "docs").exists() and not (package / "site").exists()


@pytest.mark.parametrize("spoil", [linked, endless, a_folder])
def test_rows_are_never_read_through_a_symbolic_link(spoil: Callable[[Path], None], package: Path) -> None:
    spoil(package / TERMS)
    with pytest.raises(UnreadableFile, match=r"data/editorial/terms\.csv: This is "):
        Package(package).rows("terms")
    spoil_more = package / "data" / "places.csv"
    spoil_more.unlink()
    spoil_more.symlink_to("/dev/zero")
    done = run_command("contribute", "template", str(package / "x.xlsx"), "--package", str(package))
    words = "data/places.csv: This is a link, or lies behind one. Put what it leads to in its place.\n"
    assert (done.returncode, done.stderr) == (2, words)


def changed(package: Path, low: str) -> None:
    """Change a number in one reading, without rebuilding the derived tables."""
    path = package / "data" / "reported_values.csv"
    text = path.read_text(encoding="utf-8")
    new = text.replace(",38,digits,38,38,", f",83,digits,{low},83,", 1)
    assert new != text
    path.write_text(new, encoding="utf-8", newline="")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("low", "said"),
    [
        ("83", "data/derived/results.csv"),  # the pages would contradict each other
        ("abc", "This is not a plain number, such as 2.2."),  # nothing can be computed from it
    ],
)
def test_site_is_not_built_from_stale_derived_tables(low: str, said: str, package: Path) -> None:
    changed(package, low)
    done = run_command("site", "--pages-only", "--package", str(package))
    assert done.returncode == 1 and said in done.stdout and "No page was made" in done.stdout
    assert not (package / "build" / "docs").exists()
