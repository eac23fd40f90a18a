"""What pages say, as plain data: lines of words and links, of which only templates make HTML."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Link:
    """Words that lead to a page of this site, by its address from the root; None is the open page."""

    words: str
    address: str | None
    anchor: str = ""
    kind: ClassVar[str] = "link"


@dataclass(frozen=True)
class WebLink:
    """Words that lead to another site."""

    words: str
    address: str
    kind: ClassVar[str] = "web"


@dataclass(frozen=True)
class Code:
    """A name or a number that machines compare."""

    words: str
    kind: ClassVar[str] = "code"


@dataclass(frozen=True)
class Aside:
    """What is said in passing: templates set it in brackets."""

    parts: "Line"
    kind: ClassVar[str] = "aside"


Piece = str | Link | WebLink | Code | Aside
Line = tuple[Piece, ...]
Lines = tuple[Line, ...]


def aside(*parts: Piece) -> Aside:
    """Set some pieces in brackets."""
    return Aside(parts)


def joined(parts: Iterable[Line]) -> Line:
    """One line of several, with semicolons between them."""
    pieces = [piece for part in parts for piece in ("; ", *part)]
    return tuple(pieces[1:])
