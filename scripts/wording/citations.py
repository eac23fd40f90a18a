"""Citations of a source and of this package: as text, as BibTeX and as CSL-JSON.

Only what the ledger has is written. Where no author is known, a body that publishes stands in its place,
but a newspaper or a journal does not: then the title comes first. A date that is not known is “n.d.” with
the reason. Nothing is guessed, so no name of a person is taken apart.
"""

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from scripts.package.contract import NOT_RELEASED
from scripts.package.files import Row
from scripts.wording.words import date_words, plain_word

# Kind of source: its type in CSL, its type in BibTeX, and the field of BibTeX that holds the publisher.
KINDS = {
    "newspaper": ("article-newspaper", "article", "journal"),
    "news_agency": ("article-newspaper", "article", "journal"),
    "magazine": ("article-magazine", "article", "journal"),
    "blog": ("post-weblog", "misc", "howpublished"),
    "academic_article": ("article-journal", "article", "journal"),
    "dataset": ("dataset", "misc", "howpublished"),
    "law": ("legislation", "misc", "howpublished"),
    "reference_work": ("webpage", "misc", "howpublished"),
    "ngo_web_page": ("webpage", "misc", "howpublished"),
    "government_web_page": ("webpage", "misc", "howpublished"),
    "ngo_report": ("report", "techreport", "institution"),
    "government_report": ("report", "techreport", "institution"),
    "evaluation": ("report", "techreport", "institution"),
    "un_document": ("report", "techreport", "institution"),
    "press_release": ("document", "misc", "howpublished"),
    "other": ("document", "misc", "howpublished"),
}
# Their publisher is a container, and no author.
PERIODICALS = ("article-newspaper", "article-magazine", "article-journal", "post-weblog")
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
        match = ISSUE.fullmatch(self.publisher) if KINDS[self.kind][0] == "article-journal" else None
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
        return " ".join(
            part if part.endswith((".", "?", "!", self.url or "\0")) else f"{part}." for part in parts
        )

    @property
    def bibtex(self) -> str:
        """An entry that BibTeX and its successors read, in UTF-8."""
        _, entry, holder = KINDS[self.kind]
        year, month, *_ = [*self.date.split("-"), ""]
        notes = [*self._remarks, self.seen and f"Seen {self.seen}"]
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

    @property
    def csl(self) -> dict[str, Any]:
        """An item of CSL-JSON. Names stay whole, because no source says which part is the family name."""
        kind = KINDS[self.kind][0]
        holder = "container-title" if kind in PERIODICALS else "publisher"
        place = self.in_journal
        item = {
            "id": self.key,
            "type": kind,
            "author": [{"literal": name} for name in self.authors],
            "issued": _date_parts(self.date),
            "title": self.title,
            holder: place.get("journal", self.publisher),
            "volume": place.get("volume", ""),
            "issue": place.get("issue", ""),
            "page": place.get("pages", ""),
            "DOI": self.doi,
            "version": self.version,
            "language": self.language,
            "URL": self.url,
            "accessed": _date_parts(self.seen),
            "note": ". ".join(part for part in self._remarks if part),
        }
        return {name: value for name, value in item.items() if value}

    @property
    def _remarks(self) -> list[str]:
        """What is said beside the fields: how it was met, what no title and no date stand for."""
        no_title = self.described and f"No title was read: {self.described}"
        return [self.note, no_title, "" if self.date else f"Date {self.no_date}"]

    @property
    def csl_json(self) -> str:
        """The item as the list that programs import."""
        return json.dumps([self.csl], ensure_ascii=False, indent=1)


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


def _date_parts(date: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in date.split("-")]]} if date else {}


def of_source(source: Row) -> Citation:
    """Cite a row of the table sources."""
    names = tuple(name.strip() for name in source["creator"].split(";") if name.strip())
    read = REMARK.fullmatch(source["publisher"])
    publisher = read["publisher"] if read else source["publisher"]
    is_body = KINDS[source["kind"]][0] not in PERIODICALS
    described = _in_our_words(source["title"])
    return Citation(
        key=source["source_id"],
        kind=source["kind"],
        authors=names or ((publisher,) if is_body else ()),
        date=source["date_published"],
        no_date=plain_word(source["date_published_reason"]),
        title="" if described else source["title"],
        publisher=publisher,
        url=source["url"],
        seen=source["date_seen"],
        language=source["language"],
        note=read["remark"][:1].upper() + read["remark"][1:] if read else "",
        are_bodies=not names,
        described=described,
    )


def _in_our_words(title: str) -> str:
    """What stands in brackets in place of a title is ours, and no title; else blank."""
    ours = re.fullmatch(r"\(([^()]+)\)", title)
    return ours[1] if ours else ""


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
