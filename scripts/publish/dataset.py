"""What every metadata format says of the package: read from the contract and the tables, never typed."""

import re
from dataclasses import dataclass
from typing import Any

from scripts.package.contract import NOT_RELEASED, Table
from scripts.package.files import Row
from scripts.package.ledger import Ledger
from scripts.package.opening import Package
from scripts.package.reading import span

DOI = re.compile(r"(?:https://doi\.org/)?(10\.\d{4,9}/\S+)")


@dataclass(frozen=True)
class Licence:
    """The name that machines know, the address, and the name for people."""

    name: str
    path: str
    title: str


@dataclass(frozen=True)
class Dataset:
    """The package as a whole, in the words of its contract and of its tables."""

    name: str
    title: str
    description: str
    version: str
    created: str  # blank where no day is known
    doi: str
    licence: Licence
    creators: tuple[str, ...]
    keywords: tuple[str, ...]
    homepage: str
    tables: tuple[Table, ...]
    rows: int  # of all tables
    country: str
    years: tuple[str, str]
    latest_document: str
    indicators: tuple[Row, ...]
    catalog: str = ""  # the address of a data catalogue that lists it; blank until one does

    @property
    def is_released(self) -> bool:
        """Is this version out, and not one to come?"""
        return not self.version.endswith(NOT_RELEASED)

    @property
    def edition(self) -> str:
        """The version in words, and its day where one is known."""
        words = self.version if self.is_released else f"{self.version} (not released)"
        return ", ".join(filter(None, (words, self.created)))

    @property
    def based_on(self) -> str:
        """The file that lists every document behind the figures."""
        return next(table.path for table in self.tables if table.name == "sources")


def describe(package: Package) -> Dataset:
    """Read what there is to say. The package must have passed its check."""
    descriptor, rows = package.descriptor, package.rows
    return Dataset(
        name=descriptor["name"],
        title=descriptor["title"],
        description=descriptor["description"],
        version=descriptor["version"],
        created=descriptor.get("created", "")[:10],
        doi=_doi(descriptor),
        licence=Licence(**descriptor["licenses"][0]),
        creators=tuple(one["title"] for one in descriptor["contributors"] if "creator" in one["roles"]),
        keywords=tuple(descriptor.get("keywords", [])),
        homepage=descriptor.get("homepage", ""),
        tables=package.contract.released.tables,
        rows=sum(len(rows(table.name)) for table in package.contract.released.tables),
        country=package.name_of("places", package.country),
        years=_years(package.ledger, package.country),
        latest_document=_latest(rows("sources")),
        indicators=tuple(rows("indicators")),
        catalog=descriptor.get("includedInDataCatalog", ""),
    )


def _doi(descriptor: dict[str, Any]) -> str:
    """The DOI in the `id` of the contract; blank until one has been assigned and written there."""
    found = DOI.fullmatch(descriptor.get("id", ""))
    return found[1] if found else ""


def _years(ledger: Ledger, country: str) -> tuple[str, str]:
    """The first and the last year of which a figure on the country or a place in it is printed."""
    spans = [
        span(one.period)
        for one in ledger.readings.values()
        if one.period and country in (one.place_id, *ledger.ancestors(one.place_id))
    ]
    return min(one.start for one in spans)[:4], max(one.end for one in spans)[:4]


def _latest(sources: list[Row]) -> str:
    """The date of the latest document, or of the day on which one was last looked at."""
    dates = [row[name] for row in sources for name in ("date_published", "date_seen") if row[name]]
    return max(dates, key=lambda date: (span(date).start, date))
