"""Who prints and who is credited, as a sentence names them: with an article, without remarks on a copy."""

import re
from collections.abc import Iterable

from scripts.package.files import Row
from scripts.wording.words import listed

REMARK = re.compile(r" \([^()]*\b[a-z]\w*\)$")  # how a text was met: its last word has a small first letter
VOLUME = re.compile(r" \d[\w(),:/ -]*$| \d+\(S1\).*$")  # volume, issue and pages of a journal
JOURNAL = re.compile(r"(?:[A-Z][a-z]+ )?Journal of ")  # takes an article
COPY = re.compile(r", (?:copy (?:on|of)|archived on|reposted on|reproduced by|in-residence) .*$")
SEVERAL = re.compile(r" / |; ")
# What stands in place of a publisher's name, and how a sentence calls it.
CALLED = (
    (re.compile(r"Conference paper, (.+)"), r"a conference paper (\1)"),
    (re.compile(r"Personal blog"), "a personal blog"),
    (re.compile(r"Journalist blog"), "a journalist's blog"),
    (re.compile(r"News wire"), "a news wire"),
    (re.compile(r"News agency text.*"), "a news agency"),
    (re.compile(r"News agency quoting (.+)"), r"a news agency (quoting the \1)"),
    (re.compile(r"Agency report in (.+)"), r"an agency report in the \1"),
    (re.compile(r"(\w+) NGO country sheet"), r"a country sheet of a \1 organisation"),
    (re.compile(r"Slides on (.+)"), r"slides on \1"),
    (re.compile(r"Thesis record.*"), "the record of a thesis"),
    (re.compile(r"Record on (.+)"), r"a research record on \1"),
    (re.compile(r"Author's publications page"), "a list of its author's publications"),
    (re.compile(r"\S+ abstract"), "the abstract of a research paper"),
    (re.compile(r"(PMC\d+)"), r"a research paper (\1)"),
    (re.compile(r"(\w+) as sponsor"), r"a report sponsored by \1"),
    (re.compile(r"Authors of a research paper"), "the authors of a research paper"),
)
SMALL = ("Authors", "Media", "Studies", "Non-governmental", "Child protection agencies", "Border")
WITH_ARTICLE = re.compile(  # by its first words, or by the last ones of a name that begins with no initials
    r"(Government|Ministry|Municipality|Department|University|National (?:Committee|Institute|Police)|US |"
    r"United |International Organi[sz]ation|Global Fund|Special Rep|[IVX]+ |border |"
    r"(?!The )[A-Z][a-z](?:(?! via |, | \().)* (?:Mission|Organi[sz]ation|Association|Network|Council|"
    r"League|Collaborative|Group|Unit|Foundation|Police|Times|Post|Daily|Mail|Star|Guardian|Express|Chronicle|Gazette)"
    r"(?= via |, | \(|$))"
)


def printer(source: Row) -> str:
    """Who prints a figure: the Daily Mail, Save the Children Norway, a paper in BMJ Open."""
    name = COPY.sub("", REMARK.sub("", source["publisher"]))
    if called := _called(name):
        return called
    if source["kind"] == "academic_article":
        journal = VOLUME.sub("", name)
        return f"a paper in {'the ' if JOURNAL.match(journal) else ''}{journal}"
    if source["kind"] in ("newspaper", "news_agency", "un_document") and ", " in name:
        first, _, more = name.partition(", ")
        return f"{body(first)} ({more})"
    return body(name)


def body(name: str) -> str:
    """A body as a sentence names it: the Population Council."""
    bare = REMARK.sub("", name)
    if called := _called(bare):
        return called
    if bare.startswith(SMALL):
        bare = bare[:1].lower() + bare[1:]
    parts = SEVERAL.split(bare)
    if len(parts) == 1 and bare.count(", ") and parts[0].split(", ")[0].isupper():
        parts = bare.split(", ")  # ILO, Walk Free, IOM
    return listed(f"the {part}" if WITH_ARTICLE.match(part) else part for part in parts)


def of_what_we_read(sources: Iterable[Row]) -> str:
    """Said of what documents lack, unless the whole of each was read: the rest of them was not seen."""
    rows = list(sources)
    if all(row["read_extent"] == "whole" for row in rows):
        return ""
    return f" in what we read of {'it' if len(rows) == 1 else 'them'}"


def _called(name: str) -> str:
    """How a sentence calls what is no name; blank for a name."""
    return next((words.sub(said, name) for words, said in CALLED if words.fullmatch(name)), "")
