"""A next wave as tables of words: how many people it has to see, by aim and design effect."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from scripts.package.featured import Role
from scripts.package.files import Row
from scripts.package.reading import age_words
from scripts.site.gone import Gone
from scripts.site.lines import Entry, Line, entry
from scripts.site.page_data import PageData
from scripts.site.page_parts import value_link
from scripts.wording.words import by_number, decimals, part, percent, points, whole


@dataclass(frozen=True)
class Plan:
    """What a wave is planned for: the share, the measure, and the words for both aim and column."""

    share: Role
    measure: str
    words: str
    head: str


PLANS = (
    Plan(
        Role("share-under-18-later"),
        "half_width",
        "one wave, for an interval of the share that is so narrow",
        "Interval: plus or minus",
    ),
    Plan(
        Role("share-under-18-later"),
        "further_fall",
        "two new waves, each of this size, to see a fall between them",
        "Fall to be seen",
    ),
    Plan(
        Role("share-under-16-later"),
        "exclude_after_none_found",
        "one wave in which none is found, to rule the share out",
        "Children taken for adults",
    ),
)


@dataclass(frozen=True)
class SizeTable:
    """The sizes for one plan."""

    plan: Plan
    label: str
    caption: Line
    heads: Sequence[str]
    rows: Sequence[Entry]


def size_tables(data: PageData) -> list[SizeTable | Gone]:
    """One table for each plan."""
    return [_size_table(data, plan) for plan in PLANS]


def _size_table(data: PageData, plan: Plan) -> SizeTable | Gone:
    found = data.figures.rows("sample_sizes", value_id=plan.share)
    if isinstance(found, Gone):
        return found
    rows = by_number([row for row in found if row["measure"] == plan.measure], "design_effect")
    if not rows:
        return Gone()
    share = data.package.featured.reading(plan.share)
    value = data.values.value(share.id)
    whom = f" {age_words(share)}, of people working in the venues; level {percent(rows[0]['level'], 0)}"
    effects = dict.fromkeys(row["design_effect"] for row in rows)
    return SizeTable(
        plan,
        label=f"{plan.words}, around {value}",
        caption=(f"Scenario: {plan.words}. Share: ", value_link(data, share.id, value), whom),
        heads=[plan.head, *(f"Design effect {decimals(effect)}" for effect in effects)],
        rows=list(_rows_by_aim(plan, rows)),
    )


def _rows_by_aim(plan: Plan, rows: Sequence[Row]) -> Iterator[Entry]:
    aim = itemgetter("aim")
    for name, cells in groupby(sorted(rows, key=aim), key=aim):
        sizes = list(cells)
        words = points(100 * float(name), 1) if plan.measure == "half_width" else part(name, 0)
        power = sizes[0]["power"]
        often = f", seen in {part(power, 0)} of such studies" if power else ""
        yield entry("", f"{words}{often}", *(_size(row) for row in sizes))


def _size(row: Row) -> str:
    venues = f", {whole(row['venues'])} venues" if row["venues"] else ""
    return f"{whole(row['n'])} people{venues}"
