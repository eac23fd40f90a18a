"""Run the W3C's Nu Html Checker (vnu) over a built site: `make markup`. It needs Java and npm.

npm installs the checker into a temporary folder, unless VNU_JAR names a copy.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

VNU = "vnu-jar@26.9.27"
WAY_OUT = (
    "NOT RUN  The markup was not checked: java and npm are needed (on Debian: apt-get install "
    "default-jre-headless npm), or java and VNU_JAR, the path of a vnu.jar."
)
# Accepted faults: start of the message, the markup that it points at, and the reason.
ACCEPTED = {
    ("Attribute “autocomplete” is only allowed", 'class="md-toggle"'): "the theme's switches",
    ("Resource violates Content Security Policy", ""): "a file has no host, so vnu takes none for 'self'",
    ("Inline script violates Content Security Policy", ""): "vnu passes over hashes; a browser does not",
    ("Text run is not in Unicode Normalization Form C", ""): "the example of the rule on such text",
}


def checker_jar(folder: Path) -> Path | None:
    """Return the checker's jar, as named or as npm installs it into a folder; None if it is unavailable."""
    if named := os.environ.get("VNU_JAR"):
        return Path(named) if shutil.which("java") else None
    npm = shutil.which("npm")
    if not (npm and shutil.which("java")):
        return None
    install = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, VNU]
    done = subprocess.run(install, capture_output=True, timeout=300)
    found = list(folder.rglob("vnu.jar")) if done.returncode == 0 else []
    return found[0] if found else None


def checker_messages(vnu: Path, site: Path) -> list[dict[str, Any]]:
    """Return all messages of the checker on the pages of a site."""
    options = ["--skip-non-html", "--format", "json", "--exit-zero-always"]
    command = ["java", "-Xss4m", "-jar", vnu, *options, site]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=1200)
    said: list[dict[str, Any]] = json.loads(done.stderr)["messages"]
    return said


def highlighted_markup(said: dict[str, Any]) -> str:
    """Return the markup that a message highlights."""
    start = said.get("hiliteStart", 0)
    return str(said.get("extract", "")[start : start + said.get("hiliteLength", 0)])


def reason_for_accepting(said: dict[str, Any]) -> str:
    """Return why a fault is accepted; blank if it is not."""
    found = ACCEPTED.items()
    whys = (
        why
        for (start, part), why in found
        if said["message"].startswith(start) and part in highlighted_markup(said)
    )
    return next(whys, "")


def main() -> int:
    """Check a site; print our faults one by one, then the accepted faults with their counts."""
    site = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "site").resolve()
    with tempfile.TemporaryDirectory() as folder:
        vnu = checker_jar(Path(folder))
        if vnu is None:
            print(WAY_OUT)
            return 2
        said = checker_messages(vnu, site)
    ours = [message for message in said if not reason_for_accepting(message)]
    for message in ours:
        place = f"{message.get('url', '').partition(f'{site.name}/')[2]}, line {message.get('lastLine', 0)}"
        print(f"{place}: {message['message']} {highlighted_markup(message)[:120]}")
    for why, many in Counter(filter(None, map(reason_for_accepting, said))).most_common():
        print(f"accepted, {many:,} times: {why}")
    print(f"{len(list(site.rglob('*.html'))):,} pages, {len(ours)} faults of our own.")
    return 1 if ours else 0


if __name__ == "__main__":
    sys.exit(main())
