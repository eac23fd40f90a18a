"""What killed runs left in the folders of a package is finished, undone or cleared by the next run."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from scripts.package.lock import alone
from scripts.package.transaction import heal

DATA, BUILD = "data", "build"
A_WRITE = re.compile(r"\.[a-z_]+\.csv\.[a-z0-9_]{8}")  # of one table, which was not put in place
A_BUILD = re.compile(r"(site|release|latest|engine)-[a-z0-9_]{8}")


def heal_all(folder: Path, tell: Callable[[str], None]) -> None:
    """Tidy up after a killed run, and say so. While another run writes, its files are left alone."""
    data, work = folder / DATA, folder / BUILD
    places = () if data.is_symlink() else (data, data / "editorial")
    for place in (one for one in places if one.is_dir() and not one.is_symlink()):
        with alone(place, waits=False) as is_free:
            for said in heal(place) if is_free else []:
                tell(said)
            for folder in (place, place / "derived") if is_free else ():
                _clear(folder, A_WRITE, tell)
    if work.is_dir() and not work.is_symlink():
        with alone(work, waits=False) as is_free:
            if is_free:
                _clear(work, A_BUILD, tell)


def _clear(place: Path, name: re.Pattern[str], tell: Callable[[str], None]) -> None:
    left = [path for path in place.glob("*") if name.fullmatch(path.name) and not path.is_symlink()]
    for path in left:
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    if left:
        tell(f"A run was stopped. What it left in {place.name}/ is removed.")
