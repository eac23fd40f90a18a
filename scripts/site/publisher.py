"""The publisher of a copy of the site: who it is, how to write to them, and where to report."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass

from scripts.package.files import Row
from scripts.site.content_nodes import Piece, WebLink
from scripts.site.page_data import PageData
from scripts.site.page_parts import source_title_link
from scripts.wording.quantity_names import place_with_article
from scripts.wording.text_formatting import join_with_commas_and

MAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")


@dataclass(frozen=True)
class SitePublisher:
    """The site's publisher: address for reports, contact, editors, host and funding; some may be blank."""

    forms: str
    contact: str
    editors: str = ""
    host: str = ""
    funding: str = ""

    @property
    def is_contact_email(self) -> bool:
        """Whether the contact is an e-mail address rather than a page."""
        return bool(MAIL.fullmatch(self.contact))

    @property
    def sentence_on_editors_host_and_funding(self) -> str:
        """A sentence on who edits, hosts and pays for this copy; blank if nothing is set."""
        told = {"Edited by": self.editors, "Hosted by": self.host, "Paid for by": self.funding}
        return " ".join(f"{words} {who}." for words, who in told.items() if who)


def publisher_from_environment() -> SitePublisher:
    """The publisher, from environment variables such as `REPO_URL` and `CONTACT`."""
    names = ("CONTACT", "EDITORS", "HOST", "FUNDING")
    return SitePublisher(
        _address_of_new_issue("/choose"), *(os.environ.get(name, "").strip().rstrip(".") for name in names)
    )


def form_address(name: str) -> str:
    """The address of one of the repository's forms; blank if the repository is not known."""
    return _address_of_new_issue(f"?template={name}.yml")


def _address_of_new_issue(rest: str) -> str:
    repository = os.environ.get("REPO_URL", "").rstrip("/")
    return f"{repository}/issues/new{rest}" if repository else ""


def link_to_form(name: str, title: str) -> Piece:
    """One of the repository's forms by its title, as a link if the repository is known."""
    words, address = f"“{title}”", form_address(name)
    return WebLink(words, address) if address else words


def where_to_report(data: PageData) -> dict[str, object]:
    """The country, and who publishes helplines for reporting a child at risk, as a list and in words."""
    lines = data.rows("helplines")
    bodies = dict.fromkeys((line["organisation_id"], line["source_id"]) for line in lines)
    country = place_with_article(data.name_of("places", data.country))
    printed_by = [_organisation_name_page_and_day_seen(data, *body) for body in bodies]
    return {
        "country": country,
        "printed_by": printed_by,
        "who_publishes": _publishers_of_lines_in_words(data, lines),
    }


def _publishers_of_lines_in_words(data: PageData, lines: Sequence[Row]) -> str:
    """A sentence on who publishes which helplines; the last organisation publishes “the others”."""
    contacts: dict[str, list[str]] = {}
    for line in lines:
        told = line["name"] if line["channel"] == "web" else line["contact_as_printed"]
        contacts.setdefault(line["organisation_id"], []).append(told)
    if not contacts:
        return ""
    *_, last = contacts
    contacts[last] = ["the others" if len(contacts) > 1 else "these"]
    names = {key: data.name_of("organisations", key).partition(" (")[0] for key in contacts}
    return (
        "; ".join(f"{names[key]} publishes {join_with_commas_and(told)}" for key, told in contacts.items())
        + "."
    )


def _organisation_name_page_and_day_seen(
    data: PageData, organisation_id: str, source_id: str
) -> dict[str, object]:
    """An organisation's name, a link to its page, and the day on which the page was last seen, if known."""
    name = data.name_of("organisations", organisation_id)
    day = data.row("sources", source_id)["date_seen"]
    return {"name": name, "page": source_title_link(data, source_id), "day": day}
