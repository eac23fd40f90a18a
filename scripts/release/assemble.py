"""The published addresses: `/v/X.Y.Z/` stays for ever, `/` and `/latest/` follow the newest version."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from scripts import contract
from scripts.files import replace_folder
from scripts.findings import SITE_URL
from scripts.release.gate import Refused, reasons_to_refuse
from scripts.release.history import parts
from scripts.site import build

VERSIONS, LATEST = "v", "latest"
KEPT = (VERSIONS, ".git", ".nojekyll", "CNAME")  # of the root, what is not part of the newest site
DATA = ("data", "download", "datapackage.json", "codebook.csv")  # addresses that programs read
TO_ROOT = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>The latest version</title>
<link rel="canonical" href="../">
<meta http-equiv="refresh" content="0; url=../">
<p><a href="../">The latest version</a></p>
</html>
"""


def assemble(package: Path, folder: Path, tell: Callable[[str], None]) -> list[str]:
    """Add the site of this version to a folder that holds those before; gives the places written."""
    reasons = reasons_to_refuse(package)
    if reasons:
        raise Refused("\n".join(["Nothing was put in place.", *(f"- {reason}" for reason in reasons)]))
    version = contract.load(package).version
    own = folder / VERSIONS / version
    written = []
    if not own.exists():  # what was published under this address stays as it is
        build.build(package, own, tell, _address(f"{VERSIONS}/{version}/"))
        written.append(f"/{VERSIONS}/{version}/")
    newest = max((one.name for one in (folder / VERSIONS).iterdir()), key=parts)
    if newest == version:
        _put_at_root(package, folder, tell)
        written += ["/", f"/{LATEST}/"]
    return written


def _address(path: str) -> str:
    return f"{SITE_URL.rstrip('/')}/{path}" if SITE_URL else ""


def _put_at_root(package: Path, folder: Path, tell: Callable[[str], None]) -> None:
    with tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as place:
        site = Path(place) / "site"
        build.build(package, site, tell)
        latest = Path(place) / LATEST
        latest.mkdir()
        (latest / "index.html").write_text(TO_ROOT, encoding="utf-8", newline="\n")
        for name in DATA:
            copy = shutil.copytree if (site / name).is_dir() else shutil.copyfile
            copy(site / name, latest / name)
        shutil.move(latest, site / LATEST)
        _replace_all_but(KEPT, site, folder, Path(place))


def _replace_all_but(kept: tuple[str, ...], site: Path, folder: Path, working: Path) -> None:
    for old in folder.iterdir():
        if old.name in kept or old == working or (site / old.name).exists():
            continue
        if old.is_dir():
            shutil.rmtree(old)
        else:
            old.unlink()
    for new in sorted(site.iterdir()):
        if new.is_dir():
            replace_folder(new, folder / new.name)
        else:
            new.replace(folder / new.name)
