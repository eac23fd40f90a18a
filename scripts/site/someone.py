"""Someone to write to: the addresses that whoever publishes a copy of the site sets in its environment."""

import os
import re
from dataclasses import dataclass

from scripts.site.lines import Piece, WebLink

MAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")


@dataclass(frozen=True)
class Someone:
    """Where errors are reported in public, and the address of those who keep the site; blank if not set."""

    forms: str
    contact: str

    @property
    def is_mail(self) -> bool:
        """Whether the contact is a mail address; else it is a page."""
        return bool(MAIL.fullmatch(self.contact))


def someone() -> Someone:
    """Read `REPO_URL` and `CONTACT`, as `SITE_URL` is read."""
    repository = os.environ.get("REPO_URL", "").rstrip("/")
    forms = f"{repository}/issues/new/choose" if repository else ""
    return Someone(forms, os.environ.get("CONTACT", ""))


def form(name: str, title: str) -> Piece:
    """One of the forms of the repository by its title, as a link where the repository is known."""
    repository = os.environ.get("REPO_URL", "").rstrip("/")
    words = f"“{title}”"
    return WebLink(words, f"{repository}/issues/new?template={name}.yml") if repository else words
