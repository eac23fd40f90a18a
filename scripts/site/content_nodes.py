"""Page content as plain data: lines of words and links, which only templates turn into HTML."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True)
class Link:
    """Words that link to a page of this site, by its address from the root; None means the open page."""

    words: str
    address: str | None
    anchor: str = ""
    kind: ClassVar[str] = "link"


@dataclass(frozen=True)
class WebLink:
    """Words that link to another site or, if `file` is true, a download, by its address from the root."""

    words: str
    address: str
    kind: str = "web"


@dataclass(frozen=True)
class MarkedWords:
    """Words of a kind: `code`, a `tag`, a figure's `scope`, a `quote` to copy, an answer (`yes`).

    Words of the kind `next` are on a line of their own.
    """

    words: str
    kind: str


@dataclass(frozen=True)
class WrappedPieces:
    """Pieces in brackets (`aside`) or in bold (`strong`)."""

    parts: "Line"
    kind: str


Piece = str | Link | WebLink | MarkedWords | WrappedPieces
Line = tuple[Piece, ...]
Lines = tuple[Line, ...]


@dataclass(frozen=True)
class ListEntry:
    """An entry in a list or a row in a table: its anchor, its cells, and keys for scripts."""

    id: str
    cells: Lines
    keys: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Section:
    """A section of a page: its anchor, its heading, its paragraphs, a list and a table's rows."""

    id: str
    title: str
    paragraphs: Lines = ()
    items: Lines = ()
    rows: tuple[ListEntry, ...] = ()


def make_list_entry(key: str, *cells: Piece | Line, **keys: str) -> ListEntry:
    """An entry whose cells are lines, or single pieces."""
    return ListEntry(key, tuple(cell if isinstance(cell, tuple) else (cell,) for cell in cells), keys)


def put_in_brackets(*parts: Piece) -> WrappedPieces:
    """Put pieces in brackets."""
    return WrappedPieces(parts, "aside")


def put_in_bold(*parts: Piece) -> WrappedPieces:
    """Make pieces bold."""
    return WrappedPieces(parts, "strong")


def join_lines(parts: Iterable[Line], between: str = "; ") -> Line:
    """Join several lines into one, with semicolons or other words between them."""
    pieces = [piece for part in parts for piece in (between, *part)]
    return tuple(pieces[1:])
