"""The two pictures of the home page: both waves on one axis, and what the count could see.

They are laid out by templates, because words beside the marks say more than a key; charts of many
rows are drawn by `charts`.
"""

from dataclasses import dataclass

from scripts.package.featured import Role
from scripts.package.files import Row
from scripts.package.reading import Reading
from scripts.site.gone import Gone
from scripts.site.page_data import PageData
from scripts.wording.reported_by import reported_by
from scripts.wording.words import begun, listed, percent, whole

EARLIER, LATER = Role("share-under-18-earlier"), Role("share-under-18-later")
FIRST = Role("share-under-18-earlier-first")
PEOPLE, YOUNG, VENUES = (
    Role("people-seen-later"),
    Role("under-18-seen-later"),
    Role("venues-seen-later"),
)
TOP = 10  # percent, at the right end of the axis


@dataclass(frozen=True)
class Width:
    """A drawing of its own for a desk or a phone: its width, and where its axis begins and ends."""

    name: str
    whole: int
    left: int
    right: int
    font: float

    def x(self, share: float) -> float:
        """Where a share in percent lies."""
        return round(self.left + (self.right - self.left) * share / TOP, 1)


WIDTHS = (
    Width(name="desk", whole=760, left=84, right=736, font=14),
    Width(name="phone", whole=340, left=14, right=322, font=12.5),
)


@dataclass(frozen=True)
class Spot:
    """A share as a point: where it lies, its number, and the year in which it was printed."""

    at: float
    words: str
    printed_in: str = ""


@dataclass(frozen=True)
class Span:
    """A range of shares, and its words."""

    low: float
    high: float
    words: str


@dataclass(frozen=True)
class Waves:
    """Both waves on one axis."""

    years: tuple[str, str]
    first: Spot
    earlier: Spot
    later: Spot
    counted: Spot
    counts: str
    reported_by: str
    source: str
    cite: str
    chance: Span
    clustered: Span
    level: str
    widths: tuple[Width, ...] = WIDTHS
    ticks: tuple[int, ...] = (0, 2, 4, 6, 8, TOP)


@dataclass(frozen=True)
class Frame:
    """What was looked at: the venues, the people, and the part of them judged under 18, in percent."""

    venues: str
    people: str
    young: str
    share: float
    share_words: str


def waves(data: PageData) -> Waves | Gone:
    """Both waves as printed, and the later one as counted with its ranges; gone with any of them."""
    readings = data.figures.readings(FIRST, EARLIER, LATER, YOUNG)
    chance = data.figures.interval(LATER, PEOPLE, effect="least")
    clustered = data.figures.interval(LATER, PEOPLE, effect="all_alike")
    if isinstance(readings, Gone):
        return readings
    if isinstance(chance, Gone) or isinstance(clustered, Gone):
        return Gone()
    first, earlier, later, young = readings
    publishers = [data.values.publisher(one.id) for one in (later, first, young)]
    return Waves(
        reported_by=begun(reported_by(data.package, (earlier, later))),
        source=f"{listed(dict.fromkeys(publishers))}; ranges computed by this project.",
        cite=data.cite_package().text,
        years=(earlier.period[:4], later.period[:4]),
        first=_spot(data, first),
        earlier=_spot(data, earlier),
        later=_spot(data, later),
        counted=Spot(float(chance["estimate"]), percent(chance["estimate"])),
        counts=f"{whole(chance['numerator'])} of {whole(chance['denominator'])}",
        chance=_span(chance),
        clustered=_span(clustered),
        level=percent(chance["level"], 0),
    )


def _spot(data: PageData, one: Reading) -> Spot:
    published = data.package.row("sources", one.source_id)["date_published"][:4]
    return Spot(float(one.low), data.values.value(one.id), published)


def _span(row: Row) -> Span:
    low, high = (float(row[end]) for end in ("lower", "upper"))
    return Span(low, high, f"{low:.1f} to {high:.1f} %")


def frame(data: PageData) -> Frame | Gone:
    """The venues visited, the people seen there, and those judged under 18."""
    readings = data.figures.readings(VENUES, PEOPLE, YOUNG)
    counted = data.figures.interval(LATER, PEOPLE, effect="least")
    if isinstance(readings, Gone):
        return readings
    if isinstance(counted, Gone):
        return Gone()
    venues, people, young = (whole(one.low) for one in readings)
    return Frame(
        venues=venues,
        people=people,
        young=young,
        share=float(counted["estimate"]),
        share_words=percent(counted["estimate"]),
    )
