"""The names of publishers and credited organisations in a sentence: with an article, without remarks."""

import re
from collections.abc import Iterable

from scripts.package.files import Row
from scripts.wording.text_formatting import join_with_commas_and, lowercase_first

REMARK = re.compile(r" \([^()]*\b[a-z]\w*\)$")  # on how a text was found; the last word is in lower case
VOLUME = re.compile(r" \d[\w(),:/ -]*$| \d+\(S1\).*$")  # volume, issue and pages of a journal
JOURNAL = re.compile(r"(?:[A-Z][a-z]+ )?Journal of ")  # takes “the”
COPY = re.compile(r", (?:copy (?:on|of)|archived on|reposted on|reproduced by|in-residence) .*$")
SEVERAL = re.compile(r" / |; ")
# Descriptions in place of a publisher's name.
DESCRIBED = re.compile(
    r"(?:Conference paper|Personal blog|Journalist blog|News |Agency report|Thesis|Record on|Author's)|"
    r"(?P<named>.* (?:NGO country sheet|abstract)$)"
)
MANY = ("Slides on", "Authors of")
SMALL = ("Authors", "Media", "Studies", "Non-governmental", "Child protection agencies", "Border")
WITH_ARTICLE = re.compile(  # by its first words, or by its last unless it starts with initials
    r"(Government|Ministry|Municipality|Department|University|National (?:Committee|Institute|Police)|US |"
    r"United |International Organi[sz]ation|Global Fund|Special Rep|[IVX]+ |border |"
    r"(?!The )[A-Z][a-z](?:(?! via |, | \().)* (?:Mission|Organi[sz]ation|Association|Network|Council|"
    r"League|Collaborative|Group|Unit|Foundation|Police|Times|Post|Daily|Mail|Star|Guardian|Express|Chronicle|Gazette)"
    r"(?= via |, | \(|$))"
)


def publisher_in_sentence(source: Row) -> str:
    """The publisher of a source as named in a sentence, such as the Daily Mail or a paper in BMJ Open."""
    name = COPY.sub("", REMARK.sub("", source["publisher"]))
    if called := _name_of_described_source(name):
        return called
    if source["kind"] == "academic_article":
        journal = VOLUME.sub("", name)
        if journal[-1:].isdecimal():  # an archive ID, not a journal
            return f"a research paper ({journal})"
        return f"a paper in {'the ' if JOURNAL.match(journal) else ''}{journal}"
    if source["kind"] in ("newspaper", "news_agency", "un_document") and ", " in name:
        first, _, more = name.partition(", ")
        return f"{organisation_with_article(first)} ({more})"
    return organisation_with_article(name)


def organisation_with_article(name: str) -> str:
    """The name of an organisation as used in a sentence, such as the Population Council."""
    bare = REMARK.sub("", name)
    if called := _name_of_described_source(bare):
        return called
    if bare.startswith(SMALL):
        bare = bare[:1].lower() + bare[1:]
    parts = SEVERAL.split(bare)
    if len(parts) == 1 and bare.count(", ") and parts[0].split(", ")[0].isupper():
        parts = bare.split(", ")  # ILO, Walk Free, IOM
    return join_with_commas_and(f"the {part}" if WITH_ARTICLE.match(part) else part for part in parts)


def phrase_if_partly_read(sources: Iterable[Row]) -> str:
    """The words “ in what we read of it”, to follow what a document lacks; blank if all was read."""
    rows = list(sources)
    if all(row["read_extent"] == "whole" for row in rows):
        return ""
    return f" in what we read of {'it' if len(rows) == 1 else 'them'}"


def _name_of_described_source(name: str) -> str:
    """What a sentence calls a source that has only a description; blank if the source has a name."""
    if name.startswith(MANY):
        return lowercase_first(name)
    if not (found := DESCRIBED.match(name)):
        return ""
    return f"{'an' if name[0] in 'AEIOUaeiou' else 'a'} {name if found['named'] else lowercase_first(name)}"
