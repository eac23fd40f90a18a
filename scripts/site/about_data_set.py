"""What the pages tell people of the package as a whole, as search engines read it in the description."""

from scripts.publish.metadata import Download
from scripts.site.lines import File, Line, Link, Marked, WebLink
from scripts.site.page_data import PageData
from scripts.site.released import Published
from scripts.wording.words import kilobytes


def about_data_set(data: PageData, published: Published) -> list[tuple[str, Line]]:
    """The data set in the words of its contract: what it is, by whom, its licence, where to take it."""
    one = published.dataset
    return [
        ("Data set", (one.title,)),
        ("What it holds, and what it does not", (one.description,)),
        ("Version", (one.edition,)),
        ("By", ("; ".join(one.creators),)),
        ("Licence", (WebLink(one.licence.title, one.licence.path), ", free to use with credit")),
        ("DOI", (one.doi or "None has been assigned.",)),
        ("Place and years", (f"{one.country}, {'/'.join(one.years)}; other countries for context",)),
        ("Based on", ("The documents listed in ", Link(one.based_on, one.based_on))),
        ("Keywords", (", ".join(one.keywords),)),
        *((file.title, _bundle(file)) for file in published.bundles),
    ]


def _bundle(file: Download) -> Line:
    """A file that holds everything."""
    link = File(file.path.rpartition("/")[2], file.path)
    return (link, f", {kilobytes(file.size)}, SHA-256 ", Marked(file.sha256, "code"))
