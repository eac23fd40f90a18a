"""What pages may ask of the data. An unknown id is a KeyError, which fails the build."""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path

from markupsafe import Markup

from scripts.findings import SITE_URL
from scripts.package.opening import Package
from scripts.package.reading import Reading
from scripts.site.figures import Figures
from scripts.site.finder import Finder
from scripts.site.gone import NOTHING, in_words
from scripts.wording import citations
from scripts.wording.quotes import Quotes
from scripts.wording.reading_words import Values
from scripts.wording.words import escape

LIST_ALL = {
    "values.md",
    "where-from.md",
    "numbers.md",
    "numbers-elsewhere.md",
}  # they hold every figure, so they quote none
TITLE = re.compile(r"^title: (.+)$", re.MULTILINE)


class PageData:
    """What pages may ask for: the package, the words for values, and the links between pages."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.values = Values(package)
        self.quotes = Quotes(package, self.values)
        self.figures = Figures(package, self.values, self.quotes, self.value_url)
        self.finder = Finder(package, self.values)
        self._page = ""
        self._quoted: dict[str, set[str]] = defaultdict(set)  # id of a root: pages that quote it
        self.base = ""  # from the address of the open page to the root of the site
        # What is kept goes with this object: `mkdocs serve` makes one at each build.
        self._title = cache(partial(_title, package.folder / "docs"))
        self.cite_source = cache(partial(_cite_source, package))
        self.cite_package = cache(partial(citations.of_package, package.descriptor, SITE_URL))

    @property
    def roots(self) -> list[Reading]:
        """Every quantity, those that were withdrawn too, because their pages stay."""
        return [one for one in self.package.ledger.readings.values() if one.is_root]

    def open_page(self, name: str) -> None:
        """Say which page is being filled in, so that links lead from it."""
        self._page = name
        self.base = "" if name == "index.md" else "../" * (name.count("/") + 1)

    def quoted_root(self, value_id: str) -> str:
        """The quantity of a reading, with a note that the open page quotes it, if that is hand-written."""
        root_id = self.values.reading(value_id).root_id
        if self._page and "/" not in self._page:
            self._quoted[root_id].add(self._page)
        return root_id

    def value_url(self, value_id: str) -> Markup:
        """The address of a reading on the page of its quantity, which notes that this page quotes it."""
        return Markup(f"{self.base}values/{self.quoted_root(value_id)}/#{value_id}")

    @property
    def created(self) -> str:
        """The day of this version; blank where none is known."""
        day: str = self.package.descriptor.get("created", "")[: len("2000-01-01")]
        return day

    def quoting_pages(self, root_id: str) -> list[tuple[str, str]]:
        """Address and title of the hand-written pages that quote a quantity."""
        return [(_address(name), self._title(name)) for name in sorted(self._quoted[root_id] - LIST_ALL)]

    def without_gone(self, page: str) -> str:
        """The page that is being filled in, with sentences in place of what no longer stands."""
        return in_words(page, self._gone)

    def _gone(self, ids: Sequence[str]) -> str:
        """Say in a sentence which readings were withdrawn; or that a figure cannot be computed any more."""
        link = Markup('<a href="{}">{}</a>')
        links = [link.format(self.value_url(key), escape(self.values.label(key))) for key in ids]
        begin = "This figure was" if len(links) == 1 else "These figures were"
        withdrawn = Markup("{} withdrawn: {}.").format(begin, Markup("; ").join(links))
        return Markup('<span lang="en">{}</span>').format(withdrawn if links else NOTHING)


def _address(name: str) -> str:
    """The address of a hand-written page from the root of the site."""
    return "" if name == "index.md" else name.removesuffix(".md") + "/"


def _title(docs: Path, name: str) -> str:
    found = TITLE.search((docs / name).read_text(encoding="utf-8"))
    return found[1] if found else name


def _cite_source(package: Package, source_id: str) -> citations.Citation:
    return citations.of_source(package.row("sources", source_id))
