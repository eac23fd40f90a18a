"""Who reported some figures: the body that they credit, only where a document of its own prints them."""

from collections.abc import Sequence

from scripts.package.files import Row
from scripts.package.opening import Package
from scripts.package.reading import Reading
from scripts.wording.printers import body, printer

NEWSPAPERS = "newspapers"


def reported_by(package: Package, readings: Sequence[Reading], called: str = "") -> str:
    """The body that these figures credit, or who prints them, citing it; `called` is its short name."""
    sources = _sources(package, readings)
    credited = next((one.credited_to for one in readings if one.credited_to), "")
    name = called or body(package.name_of("organisations", credited))
    if not credited:
        return _those(sources)
    return name if prints_each(package, credited, readings) else f"{_those(sources)}, citing {name},"


def prints_each(package: Package, organisation_id: str, readings: Sequence[Reading]) -> bool:
    """Does a document of a body, of those that we read, print each of these numbers?"""
    return all(
        any(source["organisation_id"] == organisation_id for source in _printing(package, one))
        for one in readings
    )


def _sources(package: Package, readings: Sequence[Reading]) -> list[Row]:
    """The sources that print all of these numbers; where none does, those that print any."""
    each = [_printing(package, one) for one in readings]
    every = [source for sources in each for source in sources]
    together = [source for source in each[0] if all(source in sources for sources in each)]
    return list({source["source_id"]: source for source in together or every}.values())


def _printing(package: Package, one: Reading) -> list[Row]:
    """The sources that print this very number of a quantity."""
    printings = package.ledger.printings(one.root_id)
    return [package.row("sources", other.source_id) for other in printings if other.number == one.number]


def _those(sources: Sequence[Row]) -> str:
    """One by its name, several by their kind."""
    if len(sources) == 1:
        return printer(sources[0])
    return NEWSPAPERS if all(one["kind"] == "newspaper" for one in sources) else "several sources"
