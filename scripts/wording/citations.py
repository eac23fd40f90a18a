"""Citations of a source and of this package: as text and as BibTeX.

Only what the ledger has is written. Where no author is known, a body that publishes stands in its place,
but a newspaper or a journal does not: then the title comes first. A date that is not known is “n.d.” with
the reason. Nothing is guessed, so no name of a person is taken apart.
"""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from scripts.package.contract import NOT_RELEASED
from scripts.package.files import Row
from scripts.wording.words import date_words, plain_word

# Kinds of sources whose publisher is a container, and no author.
PERIODICALS = ("newspaper", "news_agency", "magazine", "academic_article", "blog")
REPORTS = ("ngo_report", "government_report", "evaluation", "un_document")
# The type of an entry of BibTeX, and its field that holds the publisher; for any other kind the last.
ENTRIES = {
    **dict.fromkeys(PERIODICALS[:-1], ("article", "journal")),
    **dict.fromkeys(REPORTS, ("techreport", "institution")),
}
OTHER_ENTRY = ("misc", "howpublished")
REMARK = re.compile(r"(?P<publisher>.+?) \((?P<remark>[^()]+)\)")  # how the text was met
ISSUE = re.compile(
    r"(?P<journal>.*[^\W\d]) (?P<volume>\d+)(?:[(/](?P<issue>\w+)\)?)?(?::(?P<pages>[\w-]+))?"
)
DOI = re.compile(r"\b10\.\d{4,}(?:/|%2F)[^?&#]+")
LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: "\\" + sign for sign in "&%$#_"},
}
OTHERS = " and others"


@dataclass(frozen=True)
class Citation:
    """What is known of a document, in the order in which it is cited."""

    key: str
    kind: str
    authors: tuple[str, ...]
    date: str
    no_date: str  # why there is no date
    title: str
    publisher: str
    url: str = ""
    seen: str = ""
    language: str = ""
    version: str = ""
    note: str = ""
    are_bodies: bool = False  # the authors, so that no program takes their names apart
    described: str = ""  # the document in our words, where no title of it was read

    @property
    def in_journal(self) -> dict[str, str]:
        """Journal, volume, issue and pages of an article, as far as its publisher names them."""
        match = ISSUE.fullmatch(self.publisher) if self.kind == "academic_article" else None
        return {name: value or "" for name, value in match.groupdict().items()} if match else {}

    @property
    def doi(self) -> str:
        """The DOI that stands in the address; blank if none does."""
        match = DOI.search(self.url)
        return unquote(match[0]) if match else ""

    @property
    def text(self) -> str:
        """One line for a footnote."""
        when = date_words(self.date) if self.date else f"n.d.; date {self.no_date}"
        version = f" (version {self.version})" if self.version else ""
        title = (self.title or f"[{self.described}]") + version
        parts = [f"{'; '.join(self.authors)} ({when})", title] if self.authors else [f"{title} ({when})"]
        parts += [self.publisher] if self.publisher not in self.authors else []
        parts += [part for part in (self.note, self.url) if part]
        parts += [f"Seen on {date_words(self.seen)}"] if self.seen else []
        ends = (".", "?", "!", self.url or "\0")
        return " ".join(part if part.endswith(ends) else f"{part}." for part in parts)

    @property
    def bibtex(self) -> str:
        """An entry that BibTeX and its successors read, in UTF-8."""
        entry, holder = ENTRIES.get(self.kind, OTHER_ENTRY)
        year, month, *_ = [*self.date.split("-"), ""]
        no_title = self.described and f"No title was read: {self.described}"
        no_date = "" if self.date else f"Date {self.no_date}"
        notes = [self.note, no_title, no_date, self.seen and f"Seen {self.seen}"]
        place = self.in_journal
        fields = {
            "author": " and ".join(_bibtex_name(name, self.are_bodies) for name in self.authors),
            "title": f"{{{latex(self.title)}}}" if self.title else "",
            holder: latex(place.get("journal", self.publisher)),
            "volume": place.get("volume", ""),
            "number": place.get("issue", ""),
            "pages": place.get("pages", "").replace("-", "--"),
            "year": year or "n.d.",
            "month": str(int(month)) if month else "",
            "date": self.date if self.date.count("-") == 2 else "",  # for biblatex, which knows days
            "doi": latex(self.doi),
            "version": latex(self.version),
            "language": self.language,
            "url": self.url,
            "note": latex(". ".join(part for part in notes if part)),
        }
        lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
        return f"@{entry}{{{self.key},\n" + ",\n".join(lines) + "\n}"


def latex(text: str) -> str:
    """Write text so that neither BibTeX nor LaTeX acts on it."""
    return "".join(LATEX.get(sign, sign) for sign in " ".join(text.split()))


def _bibtex_name(name: str, is_body: bool) -> str:
    """A name as printed; in braces where BibTeX would take it apart or take it for several."""
    if is_body:
        return f"{{{latex(name)}}}"
    bare, others = (name.removesuffix(OTHERS), OTHERS) if name.endswith(OTHERS) else (name, "")
    is_plain = re.fullmatch(r"(?:[^\W\d_]|[.'’ -])+", bare) and " and " not in f" {bare.lower()} "
    return (bare if is_plain else f"{{{latex(bare)}}}") + others


def of_source(source: Row) -> Citation:
    """Cite a row of the table sources."""
    names = tuple(name.strip() for name in source["creator"].split(";") if name.strip())
    read = REMARK.fullmatch(source["publisher"])
    publisher = read["publisher"] if read else source["publisher"]
    is_body = source["kind"] not in PERIODICALS
    ours = re.fullmatch(r"\(([^()]+)\)", source["title"])  # stands in place of a title, and is none
    return Citation(
        key=source["source_id"],
        kind=source["kind"],
        authors=names or ((publisher,) if is_body else ()),
        date=source["date_published"],
        no_date=plain_word(source["date_published_reason"]),
        title="" if ours else source["title"],
        publisher=publisher,
        url=source["url"],
        seen=source["date_seen"],
        language=source["language"],
        note=read["remark"][:1].upper() + read["remark"][1:] if read else "",
        are_bodies=not names,
        described=ours[1] if ours else "",
    )


def _that_stays(url: str, version: str) -> str:
    """The address under which a released version stays as it is; what is at the root moves on."""
    own = f"/v/{version}/"
    return url if url.endswith(own) else f"{url.rstrip('/')}{own}"


def of_package(descriptor: dict[str, Any], url: str) -> Citation:
    """Cite this package by its descriptor."""
    version = descriptor["version"]
    is_out = not version.endswith(NOT_RELEASED)
    kind = "Data set" if is_out else "Data set, not released"
    return Citation(
        key=f"{descriptor['name']}-{descriptor['version']}",
        kind="dataset",
        authors=tuple(one["title"] for one in descriptor["contributors"]),
        date=descriptor.get("created", "")[: len("2000-01-01")],
        no_date="not known",
        title=descriptor["title"],
        publisher=descriptor["name"],
        url=_that_stays(url, version) if is_out and url else url,
        version=version,
        note=f"{kind}. {descriptor['licenses'][0]['name']}",
        are_bodies=True,
    )
