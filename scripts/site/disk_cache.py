"""A cache on disk for slow results that depend only on a text."""

from collections.abc import Callable
from pathlib import Path

from scripts.package.atomic_write import write_text_atomically
from scripts.package.files import sha256_hex

PLACE = Path(__file__).resolve().parents[2] / "build/kept"  # git ignores it; it can be deleted at any time


def get_cached_or_make(key_text: str, make: Callable[[], str]) -> str:
    """Return the result for a text from the cache, or make it and save it there.

    The text must include the version of whatever makes the result, so that a new version makes it again.
    """
    place = PLACE / sha256_hex(key_text.encode())
    if not place.exists():
        write_text_atomically(place, make())
    return place.read_text(encoding="utf-8")
