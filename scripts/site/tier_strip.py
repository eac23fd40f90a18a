"""The tiers of the Trafficking in Persons Reports as one strip of years a country."""

from dataclasses import dataclass

from scripts.site.page_data import PageData
from scripts.wording.sentences import SHORTLY, tiers_over_time

EVERY = 5  # years between two that are written below the strips
GAP = 1  # between two cells


@dataclass(frozen=True)
class Layout:
    """A drawing of its own for a desk or a phone: where its strips lie, in units of the drawing."""

    name: str
    whole: int
    left: int  # where the first year begins
    step: float  # from year to year
    tall: int  # from strip to strip
    cell: int  # the height of a cell
    down: (
        int  # from the top of a strip to that of its cells; the name of the country stands above or beside
    )
    named: int  # from the top of a strip to its name


LAYOUTS = (
    Layout(name="desk", whole=720, left=110, step=24.4, tall=26, cell=20, down=3, named=17),
    Layout(name="phone", whole=322, left=0, step=12.88, tall=36, cell=17, down=17, named=13),
)


@dataclass(frozen=True)
class Cell:
    """The tier of a country in a year: its place, its letter, and the names of its colours."""

    x: float
    y: int
    letter: str
    fill: str
    ink: str


@dataclass(frozen=True)
class Year:
    """A year that is written below the strips."""

    x: float
    year: int
    anchor: str


@dataclass(frozen=True)
class Strips:
    """All strips at one width."""

    layout: Layout
    height: int
    names: list[tuple[int, str]]
    cells: list[Cell]
    years: list[Year]


@dataclass(frozen=True)
class TierStrip:
    """Every tier that was found, drawn and in words; `last` is where the country in question is now."""

    country: str
    last: str
    span: tuple[int, int]
    in_words: list[tuple[str, str]]
    drawings: list[Strips]
    cite: str


def tier_strip(data: PageData) -> TierStrip:
    """A strip a country, the one in question first."""
    tiers = _tiers(data)
    years = sorted({year for here in tiers.values() for year in here})
    spells = data.package.grouped("tip_tiers", "place_id", data.package.country)
    return TierStrip(
        country=next(iter(tiers)),
        last=tiers_over_time(spells, max(row["report_year"] for row in spells if row["tier"])),
        span=(years[0], years[-1]),
        in_words=[(name, "".join(SHORTLY[one] for one in here.values())) for name, here in tiers.items()],
        drawings=[_drawn(layout, tiers, years) for layout in LAYOUTS],
        cite=data.cite_package().text,
    )


def _tiers(data: PageData) -> dict[str, dict[int, str]]:
    """The tier of each year by the name of the country, in the order of the strips."""
    rows = sorted(data.package.rows("tip_tiers"), key=lambda row: row["report_year"])
    places = {row["place_id"]: data.package.name_of("places", row["place_id"]) for row in rows}
    order = sorted(places, key=lambda one: (one != data.package.country, places[one]))
    return {
        places[one]: {int(row["report_year"]): row["tier"] for row in rows if row["place_id"] == one}
        for one in order
    }


def _drawn(layout: Layout, tiers: dict[str, dict[int, str]], years: list[int]) -> Strips:
    return Strips(
        layout=layout,
        height=layout.tall * len(tiers) + 24,
        names=[(at * layout.tall + layout.named, name) for at, name in enumerate(tiers)],
        cells=[
            _cell(layout.left + (year - years[0]) * layout.step, at * layout.tall + layout.down, tier)
            for at, here in enumerate(tiers.values())
            for year, tier in here.items()
        ],
        years=[_year(layout, year, years) for year in years if year % EVERY == 0 or year == years[0]],
    )


def _cell(x: float, y: int, tier: str) -> Cell:
    fill = f"var(--{tier.replace('_', '-')})" if tier else "none"
    ink = f"var(--on-{'tier-3' if tier == 'tier_3' else 'tier'})" if tier else "currentColor"
    return Cell(x=round(x, 1), y=y, letter=SHORTLY[tier], fill=fill, ink=ink)


def _year(layout: Layout, year: int, years: list[int]) -> Year:
    """The first and the last keep within the drawing."""
    left, right = (layout.left + (year - years[0] + more) * layout.step for more in (0, 1))
    if year == years[0]:
        return Year(x=round(left, 1), year=year, anchor="start")
    if year == years[-1]:
        return Year(x=round(right - GAP, 1), year=year, anchor="end")
    return Year(x=round((left + right) / 2, 1), year=year, anchor="middle")
