"""Citations of sources and of this package: text, BibTeX, CITATION.cff, schema.org and meta tags.

They say only what the tables say. If no author is known, an organisation that published the source stands
in the author's place. A newspaper or journal does not; instead, the title comes first. An unknown date is
left out and the reason given; in text it is “n.d.”. Nothing is guessed; in particular, personal names are
not split into parts.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from scripts.package.files import Row
from scripts.wording.text_formatting import code_for_readers, date_in_words

# Kinds of sources whose publisher is a container, not an author.
PERIODICALS = ("newspaper", "news_agency", "magazine", "academic_article", "blog")
REPORTS = ("ngo_report", "government_report", "evaluation", "un_document")
# The BibTeX entry type, and its field for the publisher; OTHER_ENTRY for any other kind.
ENTRIES = {
    **dict.fromkeys(PERIODICALS[:-1], ("article", "journal")),
    **dict.fromkeys(REPORTS, ("techreport", "institution")),
}
OTHER_ENTRY = ("misc", "howpublished")
SCHEMA_ORG = {  # the type in schema.org; any other kind is a CreativeWork
    **dict.fromkeys(REPORTS, "Report"),
    **{"newspaper": "NewsArticle", "news_agency": "NewsArticle", "magazine": "Article"},
    **{"academic_article": "ScholarlyArticle", "blog": "BlogPosting", "dataset": "Dataset"},
}
REMARK = re.compile(r"(?P<publisher>.+?) \((?P<remark>[^()]+)\)")  # a remark on how the text was found
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
    """The facts about a document, in the order in which they are cited."""

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
    are_bodies: bool = False  # authors are organisations, so names are never split
    described: str = ""  # the document in our words, if we saw no title
    own_doi: str = ""  # if assigned and not in the URL

    @property
    def journal_volume_issue_pages(self) -> dict[str, str]:
        """An article's journal, volume, issue and pages, as far as the publisher's name gives them.

        Empty for any other kind of document.
        """
        match = ISSUE.fullmatch(self.publisher) if self.kind == "academic_article" else None
        return {name: value or "" for name, value in match.groupdict().items()} if match else {}

    @property
    def doi(self) -> str:
        """The DOI assigned to the document or, failing that, the one in its URL; blank if there is none."""
        match = DOI.search(self.url)
        return self.own_doi or (unquote(match[0]) if match else "")

    @property
    def citation_line(self) -> str:
        """The citation in one line, as in a footnote."""
        when = date_in_words(self.date) if self.date else f"n.d.; date {self.no_date}"
        version = f" (version {self.version})" if self.version else ""
        title = (self.title or f"[{self.described}]") + version
        parts = [f"{'; '.join(self.authors)} ({when})", title] if self.authors else [f"{title} ({when})"]
        parts += [self.publisher] if self.publisher not in self.authors else []
        parts += [part for part in (self.note, self.url) if part]
        parts += [f"Seen on {date_in_words(self.seen)}"] if self.seen else []
        ends = (".", "?", "!", self.url or "\0")
        return " ".join(part if part.endswith(ends) else f"{part}." for part in parts)

    @property
    def bibtex_entry(self) -> str:
        """The citation as a BibTeX entry in UTF-8."""
        entry, holder = ENTRIES.get(self.kind, OTHER_ENTRY)
        year, month, *_ = [*self.date.split("-"), ""]
        no_title = self.described and f"No title was read: {self.described}"
        no_date = "" if self.date else f"Date {self.no_date}"
        notes = [self.note, no_title, no_date, self.seen and f"Seen {self.seen}"]
        place = self.journal_volume_issue_pages
        fields = {
            "author": " and ".join(_bibtex_author_name(name, self.are_bodies) for name in self.authors),
            "title": f"{{{escape_latex(self.title)}}}" if self.title else "",
            holder: escape_latex(place.get("journal", self.publisher)),
            "volume": place.get("volume", ""),
            "number": place.get("issue", ""),
            "pages": place.get("pages", "").replace("-", "--"),
            "year": year,
            "month": str(int(month)) if month else "",
            "date": self.date if self.date.count("-") == 2 else "",  # biblatex reads days
            "doi": escape_latex(self.doi),
            "version": escape_latex(self.version),
            "language": self.language,
            "url": self.url,
            "note": escape_latex(". ".join(part for part in notes if part)),
        }
        lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
        return f"@{entry}{{{self.key},\n" + ",\n".join(lines) + "\n}"

    @property
    def schema_org_metadata(self) -> dict[str, object]:
        """The schema.org metadata on the document, for search engines."""
        bodies = [_schema_org_organization(name) for name in self.authors]
        return remove_blank_facts(
            {
                "@type": SCHEMA_ORG.get(self.kind, "CreativeWork"),
                "name": self.title or self.described,
                "author": bodies if self.are_bodies else list(self.authors),
                "datePublished": self.date,
                "publisher": _schema_org_organization(self.publisher),
                "inLanguage": self.language,
                "version": self.version,
                "identifier": self.doi and f"https://doi.org/{self.doi}",
                "url": self.url,
            }
        )

    @property
    def meta_tags(self) -> list[tuple[str, str]]:
        """The names and contents of the `meta` elements that reference managers and Google Scholar read."""
        tags = [
            ("citation_title", self.title),
            *(("citation_author", name) for name in self.authors),
            ("citation_publication_date", self.date.replace("-", "/")),
            ("citation_publisher", self.publisher),
            ("citation_language", self.language),
            ("citation_doi", self.doi),
            ("citation_public_url", self.url),
        ]
        return [(name, content) for name, content in tags if content]

    @property
    def cff_reference(self) -> dict[str, object]:
        """The citation as a reference in the Citation File Format 1.2.0, for data by organisations."""
        year, month, *_ = [*self.date.split("-"), "", ""]
        return remove_blank_facts(
            {
                "type": "data",
                "title": self.title,
                "authors": [{"name": name} for name in self.authors],
                "year": int(year) if year else "",
                "month": int(month) if month else "",
                "version": self.version,
                "url": self.url,
                "doi": self.doi,
                "notes": self.note,
            }
        )


def remove_blank_facts(facts: Mapping[str, object]) -> dict[str, object]:
    """Remove facts that are blank, and those within other facts at any depth."""
    inner = {
        name: remove_blank_facts(fact) if isinstance(fact, Mapping) else fact
        for name, fact in facts.items()
    }
    return {name: fact for name, fact in inner.items() if fact not in ("", [], {})}


def _schema_org_organization(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name}


def bibtex_file(citations: Iterable[Citation]) -> str:
    """Several citations as one BibTeX file."""
    return "".join(f"{citation.bibtex_entry}\n\n" for citation in citations)


def escape_latex(text: str) -> str:
    """Escape text so that neither BibTeX nor LaTeX interprets it."""
    return "".join(LATEX.get(sign, sign) for sign in " ".join(text.split()))


def _bibtex_author_name(name: str, is_body: bool) -> str:
    """A name as the source prints it, in braces if BibTeX would otherwise split it."""
    if is_body:
        return f"{{{escape_latex(name)}}}"
    bare, others = (name.removesuffix(OTHERS), OTHERS) if name.endswith(OTHERS) else (name, "")
    is_plain = re.fullmatch(r"(?:[^\W\d_]|[.'’ -])+", bare) and " and " not in f" {bare.lower()} "
    return (bare if is_plain else f"{{{escape_latex(bare)}}}") + others


def citation_of_source(source: Row) -> Citation:
    """The citation of a row of `sources`.

    If no author is known, the publisher counts as the author, unless it is a newspaper or journal.
    """
    names = tuple(name.strip() for name in source["creator"].split(";") if name.strip())
    read = REMARK.fullmatch(source["publisher"])
    publisher = read["publisher"] if read else source["publisher"]
    is_body = source["kind"] not in PERIODICALS
    ours = re.fullmatch(r"\(([^()]+)\)", source["title"])  # our description in place of a title
    return Citation(
        key=source["source_id"],
        kind=source["kind"],
        authors=names or ((publisher,) if is_body else ()),
        date=source["date_published"],
        no_date=code_for_readers(source["date_published_reason"]),
        title="" if ours else source["title"],
        publisher=publisher,
        url=source["url"],
        seen=source["date_seen"],
        language=source["language"],
        note=read["remark"][:1].upper() + read["remark"][1:] if read else "",
        are_bodies=not names,
        described=ours[1] if ours else "",
    )
