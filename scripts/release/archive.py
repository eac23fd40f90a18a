"""Hand a release to an archive that speaks the deposit interface of Zenodo, as a draft.

A draft can still be changed or thrown away. A person looks at it there and publishes it: only then is
there a DOI.
"""

import json
import os
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.error import URLError

from scripts.package.files import files_below
from scripts.package.opening import Package
from scripts.publish.bundle import SUMS, sha256
from scripts.publish.citation_files import zenodo_json
from scripts.publish.dataset import describe
from scripts.release.gate import Refused

DRY_RUN, DRAFT = "dry-run", "draft"
ADDRESS, TOKEN = "ARCHIVE_URL", "ARCHIVE_TOKEN"


def archive(package: Package, dist: Path, way: str, tell: Callable[[str], None]) -> None:
    """Say what would be sent, and for a draft send it. The address and the token come from outside."""
    if not (dist / SUMS).exists():
        raise Refused("There is no release to archive. Build it first: python -m scripts release")
    metadata = zenodo_json(describe(package))
    files = files_below(dist)
    tell(metadata)
    for name, content in files.items():
        tell(f"{sha256(content)}  {name} ({len(content)} bytes)")
    if way == DRY_RUN:
        tell("Nothing was sent: this is a dry run.")
        return
    address, token = os.environ.get(ADDRESS, ""), os.environ.get(TOKEN, "")
    if not (address and token):
        raise Refused(f"A draft needs the address of the archive in {ADDRESS} and a token in {TOKEN}.")
    try:
        draft = _deposit(address, token, {"metadata": json.loads(metadata)}, files)
    except URLError as error:
        raise Refused(
            f"The archive did not take the draft: {error}. Look there for what has arrived."
        ) from error
    tell(f"The draft is at {draft}. Look at it and publish it there.")


def _deposit(address: str, token: str, metadata: Mapping[str, Any], files: Mapping[str, bytes]) -> str:
    """Make a draft and put the files into it; gives its address."""
    made = _send(
        "POST", f"{address.rstrip('/')}/api/deposit/depositions", token, json.dumps(metadata).encode()
    )
    for name, content in files.items():
        flat = name.replace("/", "-")  # an archive has no folders
        _send("PUT", f"{made['links']['bucket']}/{flat}", token, content, "application/octet-stream")
    return str(made["links"]["html"])


def _send(method: str, address: str, token: str, body: bytes, kind: str = "application/json") -> Any:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": kind}
    request = urllib.request.Request(address, data=body, headers=headers, method=method)
    with urllib.request.urlopen(request, timeout=120) as answer:
        return json.load(answer)
