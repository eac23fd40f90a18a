"""What somebody may have meant who typed a value that is not known."""

from collections.abc import Collection
from difflib import get_close_matches

LISTED = 12  # the most known values that a message lists


def known_in_words(typed: str, known: Collection[str]) -> str:
    """A sentence with the known values, those most like what was typed first."""
    like = get_close_matches(typed, known, LISTED)
    listed = [*dict.fromkeys([*like, *sorted(known)])][:LISTED]
    others = f" and {len(known) - LISTED} others" if len(known) > LISTED else ""
    return f" Known: {', '.join(listed)}{others}."
