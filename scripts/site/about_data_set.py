"""What the pages tell people of the package as a whole, as search engines read it in the description."""

from dataclasses import dataclass

from scripts.publish.json_ld import Download
from scripts.site.links import Link
from scripts.site.page_data import PageData
from scripts.site.released import Published
from scripts.wording.words import kilobytes


@dataclass(frozen=True)
class Bundle:
    """A file that holds everything."""

    title: str
    file: Link
    size: str
    sha256: str


@dataclass(frozen=True)
class About:
    """The data set in the words of its contract."""

    title: str
    description: str
    version: str
    creators: str
    licence: Link
    doi: str
    place_and_years: str
    based_on: Link
    keywords: str
    bundles: list[Bundle]


def about_data_set(data: PageData, published: Published) -> About:
    """The data set: what it is, by whom, under which licence, and where to take it."""
    one = published.dataset
    return About(
        title=one.title,
        description=one.description,
        version=f"{one.version}, {one.created}",
        creators="; ".join(one.creators),
        licence=Link(one.licence.title, one.licence.path),
        doi=one.doi or "None has been assigned.",
        place_and_years=f"{one.country}, {'/'.join(one.years)}; other countries for context",
        based_on=Link(one.based_on, data.base + one.based_on),
        keywords=", ".join(one.keywords),
        bundles=[_bundle(data, file) for file in published.bundles],
    )


def _bundle(data: PageData, file: Download) -> Bundle:
    link = Link(file.path.rpartition("/")[2], data.base + file.path)
    return Bundle(file.title, link, kilobytes(file.size), file.sha256)
