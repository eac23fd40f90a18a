"""How affected a part outside the frame would have to be to undo the fall. All of it is a what-if."""

from collections.abc import Iterator, Sequence

from scripts.methods.outside_frame import tipping_affected, tipping_hidden
from scripts.package.featured import Role
from scripts.package.files import Row
from scripts.site.charts.model import LATER, Chart, Data, Kind, Plot, Point, Scale
from scripts.site.charts.readings import percent_of, population_words, year_of
from scripts.wording import sentences
from scripts.wording.words import by_number, inside, listed, part, percent

COLUMNS = ("Part out of reach", "Kind", "Affected there")
PAIRS = (
    (Role("share-under-18-earlier"), Role("share-under-18-later"), "under 18"),
    (Role("share-under-16-earlier"), Role("share-under-16-later"), "under 16"),
)
MEASURES = ("affected_needed", "hidden_share_needed")
NEAR = Kind("part outside as large as one that a source prints of other people", "◆", "diamond")
GRID = Kind("assumed, no source", "○", "circle", solid=False)
NEVER = Kind("no value is enough", "▲", "triangle-up")
LARGEST = 0.5  # of the parts outside that are drawn: half of all people
STEPS = 60


def tipping_curve(data: Data) -> Chart:
    """Share affected that is needed against share hidden, for each printed fall."""
    pairs = [pair for pair in PAIRS if _rows(data, *pair[:2])]
    first = [row for pair in pairs[:1] for row in _rows(data, *pair[:2])]
    needed = [row for row in first if row["measure"] == "affected_needed"]
    near = by_number([row for row in needed if _source(data, row)], "assumed")
    return Chart(
        id="unseen",
        title=f"What if: {_title(near)}",
        note="A what-if: nothing here was measured. Children on the street, in homes and online are other "
        "groups of people.",
        asked="If some people were out of reach of the surveys, how many of them would have to be "
        "children, so that the printed share did not fall?",
        found=" ".join(sentences.hidden_part(row) for row in near),
        sure=f"Nothing here was measured in these studies. {_sources_in_words(data, near)}".strip(),
        left_out="Chance: the printed shares are taken as exact. The part outside in the earlier wave is "
        "taken to be as affected as the people seen then; "
        "if fewer were affected there, less is needed. Children on the street, in homes and online are "
        "other populations.",
        panels=tuple(_panel(data, *pair) for pair in pairs),
        columns=COLUMNS,
        tables=("data/derived/comparisons.csv", "data/assumptions.csv"),
        roles=tuple(role for pair in PAIRS for role in pair[:2]),
    )


def _title(near: Sequence[Row]) -> str:
    """The least hidden part of those marked that could undo the fall."""
    said = [sentences.hidden_part(row) for row in near if row["verdict"] != "impossible"]
    return inside(said[0].split(" (")[0]) if said else "people out of sight, and the fall"


def _rows(data: Data, earlier: Role, later: Role) -> list[Row]:
    ids = tuple(data.featured.reading(role).id for role in (earlier, later))
    return [
        row
        for row in data.rows("comparisons")
        if (row["earlier_id"], row["later_id"]) == ids and row["measure"] in MEASURES
    ]


def _panel(data: Data, earlier: Role, later: Role, ages: str) -> Plot:
    rows = _rows(data, earlier, later)
    both = [data.featured.reading(role) for role in (earlier, later)]
    years = [f"{percent_of(one)} in {year_of(one, data.ledger)}" for one in both]
    of = {one.population_id for one in both}
    whom = inside(population_words(data, *of)) if len(of) == 1 else "as printed, each of its own group"
    note = (
        f"Across: part of all people who were out of reach. Up: part of those who would have to be {ages}."
    )
    return Plot(
        title=f"{ages.capitalize()}, {' to '.join(years)} {whom}",
        points=tuple(_point(data, row) for row in by_number(rows, "assumed") if _is_drawn(row)),
        across=Scale("percent", tuple(range(0, 51, 10)), end=57.0),
        up=Scale("percent", (0, 25, 50, 75, 100)),
        note=note,
        curve=tuple(_curve(*(float(rows[0][side]) / 100 for side in ("earlier", "later")))),
        height=190,
    )


def _is_drawn(row: Row) -> bool:
    """A part outside that no share could undo is drawn at the top; an impossible part is not drawn."""
    return row["measure"] == "affected_needed" or row["verdict"] != "impossible"


def _point(data: Data, row: Row) -> Point:
    assumed, estimate = float(row["assumed"]), float(row["estimate"])
    is_part = row["measure"] == "affected_needed"
    hidden, affected = (assumed, estimate) if is_part else (estimate, 100 * assumed)
    if row["verdict"] == "impossible":
        return Point(
            kind=NEVER,
            x=100 * hidden,
            y=100.0,
            x_words=part(hidden, 1),
            y_words="no value is enough",
            text=" ",
            tint=LATER,
        )
    kind = NEAR if _source(data, row) else GRID
    text = percent(affected, 0) if is_part else " "  # the axis tells the others
    return Point(
        kind=kind,
        x=100 * hidden,
        y=affected,
        x_words=part(hidden, 1),
        y_words=percent(affected, 1),
        text=text,
        tint=LATER,
    )


def _curve(earlier: float, later: float) -> Iterator[tuple[float, float]]:
    """The line on which all points lie, from where everybody outside is affected; none without a fall."""
    if earlier <= later:
        return
    first = tipping_hidden(earlier, later, 1)
    ratio = (LARGEST / first) ** (1 / STEPS)  # steps that grow, for it is steep where it begins
    for step in range(STEPS + 1):
        hidden = min(first * ratio**step, LARGEST)
        yield 100 * hidden, 100 * min(tipping_affected(earlier, later, hidden), 1)


def _source(data: Data, row: Row) -> str:
    """The fact behind an assumed value; blank for a point of a grid."""
    return data.row("assumptions", row["assumption_id"])["fact_id"]


def _sources_in_words(data: Data, near: Sequence[Row]) -> str:
    """Name the sources, by part: what they print is of other people."""
    if not near:
        return ""
    assumed = [data.row("assumptions", row["assumption_id"]) for row in near]
    parts = listed(f"{part(row['value'], 0)} lies near a part in {_place(data, row)}" for row in assumed)
    publishers = dict.fromkeys(data.row("sources", row["source_id"])["publisher"] for row in assumed)
    return f"The marked parts come from other people ({listed(publishers)}). {parts}."


def _place(data: Data, assumption: Row) -> str:
    """Where the fact behind an assumption was found."""
    return data.name_of("places", data.ledger.readings[assumption["value_id"]].place_id)
