"""Several errors together as tables of words: how many hidden people are enough beside all else.

Each is gone where a reading that it starts from was withdrawn, or where no row of it is left.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from scripts.package.featured import Role
from scripts.package.files import Row
from scripts.site.gone import Gone
from scripts.site.lines import Entry, entry
from scripts.site.page_data import PageData
from scripts.wording import sentences
from scripts.wording.words import decimals, part, percent, whole

EARLIER, LATER = Role("under-18-seen-earlier"), Role("under-18-seen-later")
ALREADY = "0: not shown even if nobody was hidden"


@dataclass(frozen=True)
class TogetherTable:
    """The hidden parts that are enough, if so many of the hidden were under 18."""

    label: str
    heads: Sequence[str]
    rows: Sequence[Entry]


def together_tables(data: PageData) -> list[TogetherTable] | Gone:
    """One table for each assumed share of the hidden who were under 18."""
    found = data.figures.joint_errors(EARLIER, LATER)
    if isinstance(found, Gone):
        return found
    groups = groupby(found, key=itemgetter("assumed"))
    return [_table(affected, list(rows)) for affected, rows in groups]


def _table(affected: str, rows: Sequence[Row]) -> TogetherTable:
    ratios = dict.fromkeys(row["sensitivity_ratio"] for row in rows)
    bases = f"{whole(rows[0]['earlier_base'])} and {whole(rows[0]['later_base'])} people"
    return TogetherTable(
        f"part of all people hidden that is enough, if {part(affected, 0)} of the hidden were under 18 "
        f"(counts over {bases}, level {percent(rows[0]['level'], 0)})",
        [f"Recognised {sentences.times(ratio)} before" for ratio in ratios],
        list(_by_effect(rows)),
    )


def _by_effect(rows: Sequence[Row]) -> Iterator[Entry]:
    for effect, cells in groupby(rows, key=itemgetter("later_design_effect")):
        yield entry("", f"Design effect {decimals(effect)}", *(hidden_words(row) for row in cells))


def hidden_words(row: Row) -> str:
    """The hidden part that is enough; 0 says why."""
    return part(row["estimate"], 1) if float(row["estimate"]) else ALREADY
