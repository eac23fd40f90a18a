"""The workbook that is attached to an issue: found in its text, and read from the store of GitHub alone."""

import re
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass

from scripts.forge.github import fetch

LARGEST = 5_000_000  # bytes
# Where GitHub keeps what is attached; no user, no port, no way up. The import says what is no workbook.
ADDRESS = re.compile(
    r"https://github\.com/user-attachments/files/[0-9]{1,12}/(?P<name>[\w%+-][\w.%+-]{0,99})"
    r"\.(?P<ending>xlsx|xlsm|xls|ods|csv)(?![\w.%+/-])",
    re.ASCII | re.IGNORECASE,
)

Download = Callable[[urllib.request.Request], bytes]


@dataclass(frozen=True)
class Attachment:
    """A file that is attached, and how its name ends. Its name is never the name of a file here."""

    address: str
    ending: str


def newest(text: str) -> Attachment | None:
    """The attachment that stands last in the text of an issue; None where there is none."""
    found = list(ADDRESS.finditer(text))
    return Attachment(found[-1][0], found[-1]["ending"].lower()) if found else None


def _fetch(request: urllib.request.Request) -> bytes:
    return fetch(request, LARGEST)


def downloaded(attachment: Attachment, send: Download = _fetch) -> bytes:
    """Its bytes, without any right of ours. Refused where it is too large."""
    return send(urllib.request.Request(attachment.address))
