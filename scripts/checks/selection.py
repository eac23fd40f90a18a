"""Which tables and rules a check covers, if not all."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Selection:
    """What the layers schema and rules ask, for somebody who knows where alone they can find anything."""

    tables: Collection[str] | None = None  # by name; None stands for all
    rules: Collection[str] | None = None
    hints: bool = False  # for reviewers: rules that read words or guess


EVERYTHING = Selection()
