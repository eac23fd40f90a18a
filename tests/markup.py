"""The checker of the W3C, Nu Html (vnu), over a built site: `make markup`. It needs Java and npm.

npm fetches the checker into a folder that is thrown away, or VNU_JAR names one that is there.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

VNU = "vnu-jar@26.9.27"
WAY_OUT = (
    "NOT RUN  The markup was not checked: java and npm are needed (on Debian: apt-get install "
    "default-jre-headless npm), or java and VNU_JAR, the path of a vnu.jar."
)
# What is not ours, or is no fault: how the message begins, what it points at, and why it stays.
ACCEPTED = {
    (
        "Attribute “autocomplete” is only allowed",
        'class="md-toggle"',
    ): "the theme's switches of menu and search",
    ("Resource violates Content Security Policy", ""): "a file has no host, so vnu takes none for 'self'",
    ("Inline script violates Content Security Policy", ""): "vnu passes over hashes; a browser does not",
    ("Text run is not in Unicode Normalization Form C", ""): "the example of the rule on such text",
}


@dataclass(frozen=True)
class Fault:
    """What the checker says of a place on a page."""

    page: str
    line: int
    message: str
    marked: str  # the markup that it points at

    @property
    def why_accepted(self) -> str:
        """Why it stays; blank where it may not."""
        whys = (
            why
            for (start, part), why in ACCEPTED.items()
            if self.message.startswith(start) and part in self.marked
        )
        return next(whys, "")


def jar(folder: Path) -> Path | None:
    """The checker: one that is named, or one that npm fetches into a folder; None where there is none."""
    if named := os.environ.get("VNU_JAR"):
        return Path(named) if shutil.which("java") else None
    npm = shutil.which("npm")
    if not (npm and shutil.which("java")):
        return None
    install = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, VNU]
    done = subprocess.run(install, capture_output=True, timeout=300)
    found = list(folder.rglob("vnu.jar")) if done.returncode == 0 else []
    return found[0] if found else None


def faults(vnu: Path, site: Path) -> list[Fault]:
    """All that the checker says of all pages of a site."""
    options = ["--skip-non-html", "--format", "json", "--exit-zero-always"]
    command = ["java", "-Xss4m", "-jar", vnu, *options, site]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=1200)
    return [_fault(one, site) for one in json.loads(done.stderr)["messages"]]


def _fault(said: dict[str, Any], site: Path) -> Fault:
    start = said.get("hiliteStart", 0)
    marked = said.get("extract", "")[start : start + said.get("hiliteLength", 0)]
    page = re.sub(rf"^file:.*?{re.escape(site.name)}/", "", said.get("url", ""))
    return Fault(page, said.get("lastLine", 0), said["message"], marked)


def report(found: Iterable[Fault], pages: int) -> str:
    """What is ours, line by line, then what is accepted, and how often."""
    all_of_them = list(found)
    ours = [one for one in all_of_them if not one.why_accepted]
    lines = [f"{one.page}, line {one.line}: {one.message} {one.marked[:120]}" for one in ours]
    counts = Counter(one.why_accepted for one in all_of_them if one.why_accepted)
    lines += [f"accepted, {many:,} times: {why}" for why, many in counts.most_common()]
    return "\n".join([*lines, f"{pages:,} pages, {len(ours)} faults of our own."])


def main() -> int:
    """Check the site, and say what is found."""
    site = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "site").resolve()
    with tempfile.TemporaryDirectory() as folder:
        vnu = jar(Path(folder))
        if vnu is None:
            print(WAY_OUT)
            return 2
        found = faults(vnu, site)
    print(report(found, len(list(site.rglob("*.html")))))
    return 1 if any(not one.why_accepted for one in found) else 0


if __name__ == "__main__":
    sys.exit(main())
