"""The first line of a preview, for a reader who programs nothing."""

from scripts.preview.results import Preview
from scripts.wording.words import listed

NOTHING = "This change changes nothing."


def sentence(preview: Preview) -> str:
    """Say how many rows come, change and go, and what else is touched."""
    if preview.unreadable:
        return preview.unreadable
    others = [part for part in _others(preview) if part]
    rows = [preview.number_of_rows(kind) for kind in ("added", "changed", "removed")]
    if not any(rows) and not others:
        return NOTHING
    also = f" It also changes {listed(others)}." if others else ""
    return f"This change {_rows(*rows)}.{also}"


def _rows(added: int, changed: int, removed: int) -> str:
    """As in: adds 3 rows, changes 1 and removes none."""
    if not (added or changed or removed):
        return "adds, changes and removes no row"
    first = f"adds {number(added, 'row')}" if added else "adds no row"
    return f"{first}, changes {changed or 'none'} and removes {removed or 'none'}"


def number(count: int, word: str) -> str:
    """As in: 1 row, 2,104 rows."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def _others(preview: Preview) -> list[str]:
    pages = preview.pages
    computed = preview.derived
    groups = [
        (len(preview.contract), "place", " of the contract"),
        (len(preview.files_of("rules")), "file", " of the check"),
        (len(preview.files_of("workflows")), "file", " of the workflows"),
        (len(preview.files_of("code")), "other file", " of the code"),
        (len(preview.files_of("prose")), "file", " of the prose"),
        (len(computed.numbers), "computed number", ""),
        (len(pages.new) + len(pages.changed) + len(pages.gone), "page", ""),
    ]
    return [f"{number(count, word)}{where}" if count else "" for count, word, where in groups]
