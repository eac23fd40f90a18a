"""The build of a release into its folder: all files or none."""

from collections.abc import Callable
from pathlib import Path

from scripts.package.opening import Package
from scripts.package.write import new_folder, restore_folder, write_bytes
from scripts.publish.bundle import SUMS, bundle
from scripts.publish.versions import as_published, is_released
from scripts.release.gate import Refused, reasons_not_to_build


def make(package: Package, place: Path, tell: Callable[[str], None]) -> list[str]:
    """Build every file beside the folder and put the folder in place; gives the names of the files.

    What is not released yet says so in all of them, so nothing but the check stands against it.
    """
    restore_folder(place)
    _spare(place)
    reasons = reasons_not_to_build(package) if is_released(package) else []
    if reasons:
        raise Refused("\n".join(["Nothing was released.", *(f"- {reason}" for reason in reasons)]))
    tell("Writing CSV, Parquet and the workbook …")
    files = bundle(package)
    with new_folder(place) as new:
        for name, content in files.items():
            write_bytes(new / name, content)
    return sorted(files)


def in_words(package: Package, place: str) -> str:
    """What was made: a release, or the files of a version to come."""
    if is_released(package):
        return f"Version {package.contract.version} is in {place}. Next: docs/data.md."
    version = as_published(package).contract.version
    return f"Not released: {version}, as the data are now, is in {place}. How to release: docs/data.md."


def _spare(place: Path) -> None:
    """Refuse to replace a folder that holds anything but a release, since the old folder is deleted."""
    if place.exists() and (not place.is_dir() or (any(place.iterdir()) and not (place / SUMS).exists())):
        raise Refused(f"{place} holds something other than a release. Name a new or empty folder.")
