"""A link as the models of pages hand it to templates: words and address, no HTML."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """Words, and where they lead; a blank address where none is known."""

    words: str
    address: str
