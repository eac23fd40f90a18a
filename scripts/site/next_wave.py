"""A next wave as tables of words: how many people it has to see, by aim and design effect."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from scripts.derived._comparison import age_words
from scripts.package.featured import Role
from scripts.package.files import Row
from scripts.site.figures import Figures, Words
from scripts.site.gone import Gone
from scripts.site.page_data import PageData
from scripts.wording.words import by_number, decimals, percent, points, whole


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
    url: Words
    value: Words
    ages: str
    level: str
    effects: Sequence[str]
    rows: Sequence[tuple[str, Sequence[str]]]


def size_tables(data: PageData) -> list[SizeTable | Gone]:
    """One table for each plan."""
    return [_size_table(data.figures, plan) for plan in PLANS]


def _size_table(figures: Figures, plan: Plan) -> SizeTable | Gone:
    found = figures.rows("sample_sizes", value_id=plan.share)
    if isinstance(found, Gone):
        return found
    rows = by_number([row for row in found if row["measure"] == plan.measure], "design_effect")
    if not rows:
        return Gone()
    share = figures.figure(plan.share)
    effects = dict.fromkeys(row["design_effect"] for row in rows)
    return SizeTable(
        plan,
        share.url,
        share.value,
        age_words(figures.featured.reading(plan.share)),
        percent(rows[0]["level"], 0),
        [decimals(effect) for effect in effects],
        list(_rows_by_aim(plan, rows)),
    )


def _rows_by_aim(plan: Plan, rows: Sequence[Row]) -> Iterator[tuple[str, Sequence[str]]]:
    aim = itemgetter("aim")
    for name, cells in groupby(sorted(rows, key=aim), key=aim):
        sizes = list(cells)
        words = points(name, 1) if plan.measure == "half_width" else percent(name, 0)
        power = sizes[0]["power"]
        often = f", seen in {percent(power, 0)} of such studies" if power else ""
        yield f"{words}{often}", [_size(row) for row in sizes]


def _size(row: Row) -> str:
    venues = f", {whole(row['venues'])} venues" if row["venues"] else ""
    return f"{whole(row['n'])} people{venues}"
