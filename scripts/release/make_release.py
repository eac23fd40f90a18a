"""Make the files of a release in dist/, and the published addresses of versions.

`/v/X.Y.Z/` never changes, and `/latest/` shows the newest version. Both are kept in a folder of their own,
which is copied into the site each time it is published.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path

from scripts.findings import SITE_URL
from scripts.package.atomic_write import (
    replace_folder_atomically,
    restore_interrupted_folder,
    write_bytes_atomically,
    write_text_atomically,
)
from scripts.package.file_transaction import LockedFiles
from scripts.package.package import Package
from scripts.package.progress_log import log
from scripts.publish.formats import FORMATS
from scripts.publish.release_files import SUMS, all_release_files
from scripts.publish.release_history import (
    is_recorded_with_present_data,
    package_as_published,
    parse_version_numbers,
)
from scripts.release.release_conditions import ReleaseRefused, reasons_not_to_build, reasons_to_refuse
from scripts.site import build, render

VERSIONS, LATEST = "v", "latest"
FOLDER = "values"  # each quantity as JSON, CSV and card; the pages in it are not copied
DATA = ("data", "download", "datapackage.json")  # what programs read
TO_PAGES = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>The latest version</title>
<meta http-equiv="refresh" content="0; url=../v/{version}/">
<p><a href="../v/{version}/">The latest version, {version}</a></p>
</html>
"""


def make_release(package: Package, place: Path, read: LockedFiles) -> list[str]:
    """Build all files next to the folder, then move them into place; return the file names.

    All are made from one state of the data; raises UsageError if a file has changed since it was read. A
    recorded version must meet the conditions for a release; any other only has to pass the check, since its
    files say that it is not released.
    """
    restore_interrupted_folder(place)
    _refuse_folder_of_other_files(place)
    if is_recorded_with_present_data(package):
        _refuse_for_reasons(
            "released",
            [*reasons_not_to_build(package), *render.statements_no_longer_made_by_pages(package)],
        )
    log.info("Writing CSV, %s …", ", ".join(kind.name for kind in FORMATS))
    files = all_release_files(package, SITE_URL)
    read.refuse_if_edited()
    with replace_folder_atomically(place) as new:
        for name, content in files.items():
            write_bytes_atomically(new / name, content)
    return sorted(files)


def release_summary(package: Package, place: str) -> str:
    """Say what was built: a release, or the files of an upcoming version."""
    if is_recorded_with_present_data(package):
        return f"Version {package.contract.version} is in {place}. Next: MAINTAINING.md."
    version = package_as_published(package).contract.version
    return f"Not released: {version}, as the data are now, is in {place}. How to release: MAINTAINING.md."


def _refuse_folder_of_other_files(place: Path) -> None:
    """Raise ReleaseRefused if the folder holds anything other than a release, since it will be replaced."""
    if place.exists() and (not place.is_dir() or (any(place.iterdir()) and not (place / SUMS).exists())):
        raise ReleaseRefused(f"{place} holds something other than a release. Name a new or empty folder.")


def _refuse_for_reasons(done: str, reasons: Sequence[str]) -> None:
    if reasons:
        raise ReleaseRefused("\n".join([f"Nothing was {done}.", *(f"- {reason}" for reason in reasons)]))


def add_site_of_version(package: Package, folder: Path) -> list[str]:
    """Add this version's site to the folder of earlier versions; return the addresses written."""
    _refuse_for_reasons("put in place", reasons_to_refuse(package))
    version = package.contract.version
    written = []
    own = folder / VERSIONS / version
    restore_interrupted_folder(own)
    if not own.exists():  # a published address never changes
        build.build_site(package, own, f"{SITE_URL.rstrip('/')}/v/{version}/" if SITE_URL else "")
        written.append(f"/{VERSIONS}/{version}/")
    newest = max(
        (path.name for path in (folder / VERSIONS).iterdir() if path.name[0] != "."),
        key=parse_version_numbers,
    )
    if newest == version:
        _fill_latest_folder(own, version, folder / LATEST)
        written.append(f"/{LATEST}/")
    return written


def _fill_latest_folder(own: Path, version: str, latest: Path) -> None:
    """Fill `/latest/` with the newest version's data, and with a redirect to its pages."""
    with replace_folder_atomically(latest) as new:
        write_text_atomically(new / "index.html", TO_PAGES.format(version=version))
        for name in DATA:
            copy = shutil.copytree if (own / name).is_dir() else shutil.copyfile
            copy(own / name, new / name)
        shutil.rmtree(new / "data/editorial", ignore_errors=True)  # for pages, which are not copied
        shutil.copytree(own / FOLDER, new / FOLDER, ignore=_names_belonging_to_pages)


def _names_belonging_to_pages(folder: str, names: list[str]) -> list[str]:
    """The names in a folder that belong to pages: its index.html and its subfolders."""
    return [name for name in names if name == "index.html" or (Path(folder) / name).is_dir()]
