"""The files that are attached to an issue: found in its text, and read from the store of GitHub alone."""

import re
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass

from scripts.forge.github import fetch

LARGEST = 5_000_000  # bytes
# Where GitHub keeps what is attached; no user, no port, no way up. The import says what is no workbook.
ADDRESS = re.compile(
    r"https://github\.com/user-attachments/files/[0-9]{1,12}/(?P<name>[\w%+-][\w.%+-]{0,99})"
    r"\.(?P<ending>[a-z0-9]{1,9})(?![\w.%+/-])",
    re.ASCII | re.IGNORECASE,
)
READ = ("xlsx", "xlsm", "xls", "ods", "csv")

Download = Callable[[urllib.request.Request], bytes]


@dataclass(frozen=True)
class Attachment:
    """A file that is attached, and how its name ends. Its name is never the name of a file here."""

    address: str
    name: str
    ending: str

    @property
    def is_read(self) -> bool:
        """Is this a workbook, or a table as CSV?"""
        return self.ending in READ


def attached(text: str) -> list[Attachment]:
    """Every attachment in the text of an issue; of those with one name the last, which mends the others."""
    found = [
        Attachment(one[0], f"{one['name']}.{one['ending']}", one["ending"].lower())
        for one in ADDRESS.finditer(text)
    ]
    return [*{one.name.lower(): one for one in found}.values()]


def _fetch(request: urllib.request.Request) -> bytes:
    return fetch(request, LARGEST)


def downloaded(attachment: Attachment, send: Download = _fetch) -> bytes:
    """Its bytes, without any right of ours. Refused where it is too large."""
    return send(urllib.request.Request(attachment.address))
