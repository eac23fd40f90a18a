"""The what-ifs as tables of words: what would have to be true for another answer.

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
from scripts.site.page_parts import survey_year, value_link
from scripts.wording.words import by_number, part, percent, whole

PEOPLE, CHILDREN = Role("people-seen-later"), Role("under-18-seen-later")
CHILDREN_EARLIER = Role("under-18-seen-earlier")
EARLIER, LATER = Role("share-under-18-earlier"), Role("share-under-18-later")
YOUNG_EARLIER, YOUNG_LATER = Role("share-under-16-earlier"), Role("share-under-16-later")
NONE_FOUND = Role("none-found-under-16")
OUTSIDE = "of the people were out of reach"


@dataclass(frozen=True)
class OutsideTable:
    """What would undo one fall."""

    label: str
    rows: Sequence[Entry]


@dataclass(frozen=True)
class AgeTable:
    """The counted share for each assumed pair of errors, and for those that a source prints."""

    counts: str
    heads: Sequence[str]
    rows: Sequence[Entry]
    printed: Sequence[Entry]


@dataclass(frozen=True)
class Form:
    """What the form for other values starts from."""

    children: str
    people: str
    earlier_children: str
    earlier_people: str
    earlier: float
    later: float
    years: tuple[str, str]
    seen: str
    fall: str
    counted_fall: str


def outside_tables(data: PageData) -> list[OutsideTable | Gone]:
    """What would undo the printed fall, of people under 18 and of people under 16."""
    return [
        _outside_table(data, EARLIER, LATER, "under 18"),
        _outside_table(data, YOUNG_EARLIER, YOUNG_LATER, "under 16"),
    ]


def _outside_table(data: PageData, earlier: Role, later: Role, ages: str) -> OutsideTable | Gone:
    found = data.figures.rows("comparisons", earlier_id=earlier, later_id=later)
    if isinstance(found, Gone):
        return found
    words = {
        "affected_needed": (OUTSIDE, f"of those were {ages}"),
        "hidden_share_needed": (f"of those out of reach were {ages}", OUTSIDE),
    }
    rows = by_number([row for row in found if row["measure"] in words], "assumed")
    label = f"when there would be no fall of the printed share {ages}, if the shares are exact"
    return OutsideTable(label, [_outside(row, *words[row["measure"]]) for row in rows])


def age_table(data: PageData) -> AgeTable | Gone:
    """The counted share of the later wave, if age was judged so well and no better."""
    base = {"numerator_id": CHILDREN, "denominator_id": PEOPLE}
    grid = data.figures.rows("estimates", value_id=LATER, **base)
    if isinstance(grid, Gone):
        return grid
    assumed = {row["assumption_id"]: row for row in data.package.rows("assumptions")}
    grid = [row for row in grid if row["measure"] == "share_if_age_misjudged"]
    points = [row for row in grid if not _facts(row, assumed)]
    ids = dict.fromkeys(row["further_assumption_id"] for row in points)
    return AgeTable(
        " of ".join(str(data.figures.figure(role).value) for role in base.values()),
        [f"{part(assumed[one]['value'], 1)} of adults taken for children" for one in ids],
        list(_rows_of_grid(points, assumed)),
        list(_printed_rates(data, grid)),
    )


def _printed_rates(data: PageData, grid: Sequence[Row]) -> Iterator[Entry]:
    """Each printed rate with the other one at zero."""
    for row in data.package.rows("assumptions"):
        for own, other in (("assumption_id", "specificity"), ("further_assumption_id", "sensitivity")):
            cells = (cell for cell in grid if cell[own] == row["assumption_id"] and cell[other] == "1")
            if row["fact_id"] and (cell := next(cells, None)):
                yield _printed_rate(data, row, cell)


def _printed_rate(data: PageData, assumption: Row, cell: Row) -> Entry:
    """How often a source says that age was misjudged, and the share that would follow."""
    fact = assumption["fact_id"]
    printed = value_link(data, fact, data.values.value(fact))
    label = f": {data.values.label(fact)}{data.values.caution(fact)}"
    share = _share_with_range(cell)
    return entry(assumption["assumption_id"], (printed, label), share, assumption["caveat"])


def bounds(data: PageData) -> list[Entry] | Gone:
    """What “none found” leaves open, by the number of people seen."""
    found = data.figures.zero_bounds(NONE_FOUND)
    if isinstance(found, Gone):
        return found
    rows = [row for row in found if row["measure"] == "upper_bound"]
    return [
        entry("", f"{whole(row['denominator'])} people (scenario)", percent(row["estimate"]))
        for row in rows
    ]


def form(data: PageData) -> Form | Gone:
    """The numbers that the form starts from; for several errors the counts of the joint table."""
    featured = data.figures.readings(CHILDREN, PEOPLE, EARLIER, LATER)
    joint = data.figures.joint_errors(CHILDREN_EARLIER, CHILDREN)
    if isinstance(featured, Gone):
        return featured
    if isinstance(joint, Gone):
        return joint
    children, people, earlier, later = featured
    words = [data.values.value(one.id) for one in featured]
    earlier_base = joint[0]["earlier_base"]
    earlier_children = data.package.featured.reading(CHILDREN_EARLIER).low
    return Form(
        children=children.low,
        people=people.low,
        earlier_children=earlier_children,
        earlier_people=earlier_base,
        earlier=float(earlier.low) / 100,
        later=float(later.low) / 100,
        years=(survey_year(data, earlier.id), survey_year(data, later.id)),
        seen=f"{words[0]} of {words[1]} people working in the venues",
        fall=f"{words[2]} to {words[3]}, as printed",
        counted_fall=f"{earlier_children} of {whole(earlier_base)} to {words[0]} of {words[1]} people",
    )


def _outside(row: Row, assumed: str, needed: str) -> Entry:
    """A part outside the frame, or how affected it is, and what would have to be true."""
    given = f"{part(row['assumed'], 0)} {assumed}"
    if row["verdict"] == "impossible":
        return entry("", given, "no value is enough", "")
    told = percent if row["unit"] == "percent" else part
    span = f"{told(row['lower'], 1)} to {told(row['upper'], 1)}"
    return entry("", given, f"{told(row['estimate'], 1)} {needed}", span)


def _facts(row: Row, assumed: dict[str, Row]) -> str:
    """The facts behind the two rates of a row; blank for a point of the grid."""
    return "".join(assumed[row[name]]["fact_id"] for name in ("assumption_id", "further_assumption_id"))


def _rows_of_grid(points: Sequence[Row], assumed: dict[str, Row]) -> Iterator[Entry]:
    missed = itemgetter("assumption_id")
    for name, cells in groupby(sorted(points, key=missed), key=missed):
        head = f"{part(assumed[name]['value'], 0)} of children taken for adults"
        yield entry("", head, *(_share(cell) for cell in cells))


CANNOT_BE = {
    "below_0": "so many mistakes would give more than was counted",
    "above_1": "with recognition so poor, less would be counted",
}


def _share(cell: Row) -> str:
    """The share, or its limits where only these are possible."""
    if cell["verdict"] in CANNOT_BE:
        return "cannot be"
    ends = f"{percent(cell['lower'], 1)} to {percent(cell['upper'], 1)}"
    return percent(cell["estimate"]) if cell["verdict"] == "possible" else ends


def _share_with_range(cell: Row) -> str:
    if cell["verdict"] in CANNOT_BE:
        return f"cannot be: {CANNOT_BE[cell['verdict']]}"
    ends = f"{percent(cell['lower'])} to {percent(cell['upper'])}"
    if cell["verdict"] != "possible":
        return f"{ends} by sampling"
    return f"{percent(cell['estimate'])} ({ends} by sampling)"
