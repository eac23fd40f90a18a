"""Results of the two surveys as a grid: by year, age and city. What we have not seen stands as missing."""

from collections.abc import Iterator

from scripts.package.featured import Role
from scripts.package.reading import Reading
from scripts.site.how_sure import counted_interval, is_plain_interval
from scripts.site.lines import Entry, Line, Piece, aside, entry, joined, strong
from scripts.site.page_data import PageData
from scripts.site.page_parts import value_link

SURVEYS = (Role("venue-study-earlier"), Role("venue-study-later"))
AGES = {("0", "17"): "Under 18", ("0", "15"): "Under 16", ("16", "17"): "16 or 17"}
MEASURED = ("share-in-age-band", "people-in-age-band")  # a share first, then a count
NOT_SEEN = "We have not seen it."


def results_grid(data: PageData) -> list[Entry]:
    """A row an age and place, a cell a survey."""
    return [row for ages in AGES for row in _of_age(data, ages)]


def _of_age(data: PageData, ages: tuple[str, str]) -> list[Entry]:
    """The area of the surveys, then its cities; the area alone where no figure of this age is known."""
    studies = [data.package.featured.study_id(role) for role in SURVEYS]
    found = {
        place: [_found(data, study, ages, place) for study in studies] for place in _places(data, studies)
    }
    is_known = any(some for cells in found.values() for some in cells)
    return [
        entry(
            "",
            f"{AGES[ages]}, {_where(data, place)}",
            *(_cell(data, one) for one in cells),
        )
        for place, cells in [*found.items()][: None if is_known else 1]
    ]


def _where(data: PageData, place: str) -> str:
    row = data.package.row("places", place)
    return row["name"] if row["level"] == "city" else "all cities together"


def _places(data: PageData, studies: list[str]) -> list[str]:
    """The area of the surveys, then each city that its name tells."""
    area = data.package.row("studies", studies[-1])["place_id"]
    name = data.package.name_of("places", area)
    cities = [row for row in data.package.rows("places") if row["level"] == "city" and row["name"] in name]
    return [area, *(row["place_id"] for row in cities)]


def _found(data: PageData, study: str, ages: tuple[str, str], place: str) -> list[Reading]:
    """What a survey found at this age and place; one reading a quantity, shares first."""
    roots = [
        one
        for one in data.package.ledger.readings.values()
        if one.is_root
        and (one.study_id, one.ages, one.place_id) == (study, ages, place)
        and one.indicator_id in MEASURED
    ]
    return sorted(roots, key=lambda one: MEASURED.index(one.indicator_id))


def _cell(data: PageData, found: list[Reading]) -> Line:
    """The figures that were reported, each with what its own counts give."""
    return joined((tuple(_figure(data, one)) for one in found), " ") or (NOT_SEEN,)


def _figure(data: PageData, one: Reading) -> Iterator[Piece]:
    if one.is_withdrawn:
        yield "A figure was withdrawn."
        return
    yield strong(value_link(data, one.id, data.values.value(one.id)))
    yield " "
    yield aside(data.values.publisher(one.id))
    yield "."
    for row in data.package.grouped("estimates", "value_id", one.id):
        if is_plain_interval(row):
            yield f" {counted_interval(data, row)}"
