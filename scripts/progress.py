"""Progress: a word now and then while a long work lasts, so that nobody takes it for stopped."""

import time
from collections.abc import Callable

SECONDS = 2.0


def steps_told(tell: Callable[[str], None], every: float = SECONDS) -> Callable[[str], None]:
    """What takes each step of a work when it begins, and tells it if two seconds passed without a word."""
    told = time.monotonic()

    def at(step: str) -> None:
        nonlocal told
        if time.monotonic() - told > every:
            told = time.monotonic()
            tell(f"{step} …")

    return at
