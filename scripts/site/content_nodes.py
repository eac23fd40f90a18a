"""Page content as plain data: lines of words and links, which the templates turn into HTML."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True)
class Link:
    """Words that link to a page of this site, by its address from the root; None means the same page."""

    words: str
    address: str | None
    anchor: str = ""
    kind: ClassVar[str] = "link"


@dataclass(frozen=True)
class WebLink:
    """Words that link to another site or, if the kind is `file`, to a download on this site.

    The address of a download starts from the site's root.
    """

    words: str
    address: str
    kind: str = "web"


@dataclass(frozen=True)
class MarkedWords:
    """Words with a kind that decides how they look, such as `code`, `tag`, `scope`, `quote` or `yes`.

    A `quote` can be copied, `yes` is an answer, and words of the kind `next` are on a line of their own.
    """

    words: str
    kind: str


@dataclass(frozen=True)
class WrappedPieces:
    """Pieces of a line put in brackets (if `kind` is `aside`) or in bold (if it is `strong`)."""

    parts: "Line"
    kind: str


Piece = str | Link | WebLink | MarkedWords | WrappedPieces
Line = tuple[Piece, ...]
Lines = tuple[Line, ...]


@dataclass(frozen=True)
class ListEntry:
    """An entry in a list or a row in a table: its anchor, its cells, and values for scripts by key."""

    id: str
    cells: Lines
    keys: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Section:
    """A section of a page: its anchor, heading, paragraphs, list items and table rows."""

    id: str
    title: str
    paragraphs: Lines = ()
    items: Lines = ()
    rows: tuple[ListEntry, ...] = ()


def make_list_entry(key: str, *cells: Piece | Line, **keys: str) -> ListEntry:
    """Make an entry from its anchor, its cells (lines or single pieces) and values for scripts."""
    return ListEntry(key, tuple(cell if isinstance(cell, tuple) else (cell,) for cell in cells), keys)


def put_in_brackets(*parts: Piece) -> WrappedPieces:
    """Put pieces in brackets."""
    return WrappedPieces(parts, "aside")


def put_in_bold(*parts: Piece) -> WrappedPieces:
    """Make pieces bold."""
    return WrappedPieces(parts, "strong")


def join_lines(parts: Iterable[Line], between: str = "; ") -> Line:
    """Join several lines into one, separated by semicolons or by other words."""
    pieces = [piece for part in parts for piece in (between, *part)]
    return tuple(pieces[1:])
