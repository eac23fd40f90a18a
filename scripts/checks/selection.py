"""The tables and rules that a check covers, if not all."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Selection:
    """What the `schema` and `rules` layers should check, for callers who know where faults can be."""

    tables: Collection[str] | None = None  # by name; None means all
    rules: Collection[str] | None = None
    hints: bool = False  # also rules that judge wording or guess, whose findings are for reviewers


EVERYTHING = Selection()
