"""How affected a part outside the frame would have to be to undo the fall. All of it is a what-if."""

from collections.abc import Sequence

from scripts.package.featured import Role
from scripts.package.files import Row
from scripts.site.charts.model import LATER, Chart, Kind, Line, Mark, Panel, Scale
from scripts.site.charts.readings import population_words, standing, year_of
from scripts.site.gone import Gone, or_gone
from scripts.site.page_data import PageData
from scripts.wording import sentences
from scripts.wording.words import inside, part, percent

PAIRS = (
    (Role("share-under-18-earlier"), Role("share-under-18-later"), "under 18"),
    (Role("share-under-16-earlier"), Role("share-under-16-later"), "under 16"),
)
NEAR = Kind("near a part that a source reports for other people", "◆", "diamond")
GRID = Kind("assumed, no source", "○", "circle", solid=False)
NEVER = Kind("no value is enough", "▲", "triangle-up")


def tipping_curve(data: PageData) -> Chart:
    """Share affected that is needed against share hidden, for each printed fall."""
    drawn = {pair: rows for pair in PAIRS if (rows := _rows(data, *pair[:2]))}
    near = [row for row in drawn.get(PAIRS[0], []) if _has_source(data, row)]
    return Chart(
        title=f"Scenario: {_title(near)}",
        note="A what-if: nothing here was measured, and the reported shares are taken as exact. Children "
        "on the street, in households, in residential care and online are wider groups.",
        found=" ".join(sentences.hidden_part(row) for row in near),
        panels=[_panel(data, rows, *pair) for pair, rows in drawn.items()],
        columns=("Part out of reach", "Kind", "Affected there"),
        tables=("data/derived/comparisons.csv", "data/assumptions.csv"),
        roles=[role for pair in PAIRS for role in pair[:2]],
    )


def _rows(data: PageData, earlier: Role, later: Role) -> Sequence[Row]:
    """How affected each assumed part would have to be; none with either share withdrawn."""
    found = or_gone(data.figures.parts_outside)(earlier, later)
    return [] if isinstance(found, Gone) else found


def _title(near: Sequence[Row]) -> str:
    """The least hidden part of those marked that could undo the fall."""
    said = [sentences.hidden_part(row) for row in near if row["verdict"] != "impossible"]
    return inside(said[0].removesuffix(".")) if said else "people out of sight, and the fall"


def _panel(data: PageData, rows: Sequence[Row], earlier: Role, later: Role, ages: str) -> Panel:
    both = standing(data, earlier, later)
    years = [f"{data.values.value(one.id)} in {year_of(one, data.package.ledger)}" for one in both]
    of = {one.population_id for one in both}
    whom = inside(population_words(data, *of)) if len(of) == 1 else "as reported, each of its own group"
    return Panel(
        title=f"{ages.capitalize()}, {' to '.join(years)} {whom}",
        lines=[Line("", [_mark(data, row) for row in rows])],
        across=Scale(unit="percent", ticks=range(0, 51, 10), end=57.0),
        up=Scale(unit="percent", ticks=(0, 25, 50, 75, 100)),
        note="Across: part of all people who were out of reach. Up: part of those who would have to be "
        f"{ages}.",
        height=190,
    )


def _mark(data: PageData, row: Row) -> Mark:
    """A part outside that no share could undo is drawn at the top."""
    hidden, affected = float(row["assumed"]), float(row["estimate"])
    at, name = 100 * hidden, part(hidden, 1)
    if row["verdict"] == "impossible":
        return Mark(kind=NEVER, at=at, up=100.0, name=name, words=NEVER.meaning, tint=LATER)
    kind, words = NEAR if _has_source(data, row) else GRID, percent(affected, 1)
    text = percent(affected, 0)
    return Mark(kind=kind, at=at, up=affected, name=name, words=words, text=text, tint=LATER)


def _has_source(data: PageData, row: Row) -> bool:
    """Whether a fact stands behind an assumed value, which else is a point of a grid."""
    return bool(data.package.row("assumptions", row["assumption_id"])["fact_id"])
