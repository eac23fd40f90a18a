"""Checks the whole package with other files in it, natively or in a browser.

In a browser it stands in the place of `scripts/contribute/in_browser.py`, so that the page and its worker
hand it files as they hand them to the check of a contribution.
"""

import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from scripts import checks
from scripts.package.opening import DESCRIPTOR, Package

HERE = Path(checks.__file__).resolve().parents[2]


def prepare() -> None:
    """Nothing: each check opens a package of its own."""


def answer(asked: str, files: Mapping[str, bytes], tell: Callable[[str], None]) -> str:
    """What the page shows, and the findings as `report`."""
    return json.dumps({"verdict": "Checked.", "parts": [], "report": findings(files)})


def findings(files: Mapping[str, bytes]) -> str:
    """What all rules find, a line each: the rule, the file, the line, the column, the words."""
    with tempfile.TemporaryDirectory() as place:
        shutil.copytree(HERE / "data", Path(place) / "data", ignore=shutil.ignore_patterns("derived"))
        shutil.copyfile(HERE / DESCRIPTOR, Path(place) / DESCRIPTOR)
        for name, content in files.items():
            (Path(place) / "data" / name).write_bytes(bytes(content))
        with Package(Path(place), with_derived=False) as package:
            found = checks.run(package, checks.OF_THE_DATA, lambda text: None).findings
    return "\n".join(f"{one.rule} {one.table} {one.line} {one.field} {one.message}" for one in found)
