"""Keys for rows that were sent without one, the best first."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import chain

from scripts.package.files import Row


def slug(*words: str) -> str:
    """Make a short name of words: small letters of the Latin alphabet, digits and hyphens."""
    text = unicodedata.normalize("NFKD", " ".join(words)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")[:60].strip("-") or "unnamed"


def _slugs(*words: str) -> Iterator[str]:
    stem = slug(*words)
    yield stem
    yield from (f"{stem}-{number}" for number in range(2, 1_000_000))


def _numbers(prefix: str, digits: int) -> Iterator[str]:
    return (f"{prefix}{number:0{digits}}" for number in range(1, 1_000_000))


def _ends(*ends: str) -> Iterator[str]:
    return chain([".".join(ends)], _slugs(*ends))


def _capitals(word: str) -> str:
    letters = word.upper().replace(".", "-")
    return letters if letters[:1].isalpha() else f"N-{letters}"


PROPOSED: dict[str, Callable[[Row], Iterator[str]]] = {
    "sources": lambda row: _slugs(row["publisher"], row["date_published"][:4]),
    "studies": lambda row: _slugs(row["organisation_id"], row["place_id"], row["fieldwork"][:4]),
    "reported_values": lambda row: _numbers(f"{_capitals(row['source_id'])}-", 3),
    "limitations": lambda row: _numbers("L", 2),
    "scopes": lambda row: _ends(row["limitation_id"], row["study_id"] or row["value_id"]),
    "study_facts": lambda row: _numbers(f"{_capitals(row['study_id'])}-F", 2),
}


def proposals(table: str, row: Row) -> Iterator[str]:
    """Keys for a row without one, the best first."""
    return PROPOSED[table](row) if table in PROPOSED else _slugs(row["name"])
