"""The one template step: pages of docs/ are filled in from the data, and text of the data is escaped.

Hand-written pages and the partial templates beside this file are templates. Text of the data is
only ever a value: it is escaped for HTML and for Markdown, and no page passes a template twice.
"""

import re
from collections import Counter, defaultdict
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import jinja2
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from scripts import checks, contract
from scripts.dates import sort_key
from scripts.derived.comparison import age_words
from scripts.files import Row, read_rows
from scripts.ledger import Ledger, Reading
from scripts.site import charts

TEMPLATES = Path(__file__).parent / "templates"
SPECIAL = re.compile(r"[&<>\"'\\`*_{}\[\]()#!|~^=@$\n\r]")
# Kinds of disagreement that a reader should see first; the others follow by name.
FIRST_KINDS = (
    "share_against_its_counts",
    "change_against_its_ends",
    "parts_against_whole",
    "one_numeral_two_bases",
    "transposed_digits",
    "unexplained",
    "another_method",
)
TITLE = re.compile(r"^title: (.+)$", re.MULTILINE)


class PageError(Exception):
    """A page asks for something that the data do not have."""


def escape(value: object) -> Markup:
    """Turn text of the data into characters that neither HTML nor Markdown acts on."""
    if isinstance(value, Markup):
        return value
    text = "" if value is None else str(value)
    return Markup(SPECIAL.sub(lambda match: f"&#{ord(match[0])};", text))


def render_pages(package: Path) -> dict[str, str]:
    """Fill in every page of docs/ and one page a quantity: its name and its Markdown.

    The pages of docs/ come first, because each quantity lists those that quote it.
    PageError names page and fault.
    """
    data = PageData(package)
    environment = _environment(package, data)
    pages = {page.name: page.name for page in sorted((package / "docs").glob("*.md"))}
    quantities = {f"values/{root.id}.md": root for root in data.roots}
    texts = {name: _render(environment, data, name, name) for name in pages}
    for name, root in quantities.items():
        texts[name] = _render(environment, data, name, "value.html", root=root)
    report = environment.get_template("report.html").render()
    return {name: f"{text}\n\n{report}\n" for name, text in texts.items()}


def _render(
    environment: SandboxedEnvironment, data: "PageData", name: str, template: str, **values: Any
) -> str:
    data.open_page(name)
    try:
        return environment.get_template(template).render(base=data.base, **values)
    except (jinja2.TemplateError, KeyError, ValueError) as error:
        line = f", line {error.lineno}" if isinstance(error, jinja2.TemplateSyntaxError) else ""
        reason = f"there is no {error}" if isinstance(error, KeyError) else str(error)
        raise PageError(f"docs/{name}{line}: {reason}") from error


def _environment(package: Path, data: "PageData") -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        loader=jinja2.FileSystemLoader([package / "docs", TEMPLATES]),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        finalize=escape,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(data.names())
    environment.filters.update(
        percent=percent,
        safe_url=safe_url,
        digits=digits,
        points=points,
        whole=whole,
        plain=plain_word,
        decimals=decimals,
    )
    return environment


def safe_url(url: str) -> Markup:
    """Pass an address into a Markdown link. ValueError for anything but a plain web address."""
    if not re.fullmatch(r"https?://[A-Za-z0-9._~/,;:?%=&+-]+", url):
        raise ValueError(f"not a plain web address: {url}")
    return Markup(url)


def digits(contact: str) -> str:
    """Keep the digits of a telephone number, for a link that dials it."""
    return re.sub(r"[^0-9+]", "", contact)


def by_number(rows: list[Row], column: str) -> list[Row]:
    """Sort rows by the numbers of a column, blanks last, and else as they were."""
    return sorted(rows, key=lambda row: float(row[column] or "inf"))


def by_date(rows: list[Row], column: str) -> list[Row]:
    """Sort rows by a partial date, those without one last."""
    return sorted(rows, key=lambda row: sort_key(row[column]))


def by_kind(conflicts: list[Row]) -> list[tuple[str, list[Row]]]:
    """Group disagreements by their kind, the weightiest first."""
    groups: dict[str, list[Row]] = {kind: [] for kind in FIRST_KINDS}
    for row in sorted(conflicts, key=lambda row: row["kind"]):
        groups.setdefault(row["kind"], []).append(row)
    return [(kind, rows) for kind, rows in groups.items() if rows]


def percent(share: str | float, digits: int = 2) -> str:
    """Write a proportion as percent; one below half a percent gets a digit more."""
    more = int(digits == 2 and 0 < float(share) < 0.005)
    return f"{100 * float(share):.{digits + more}f} %"


def points(difference: str | float, digits: int = 2) -> str:
    """Write a difference of two proportions as percentage points, without its sign."""
    return f"{abs(100 * float(difference)):.{digits}f} percentage points"


def whole(number: str | float) -> str:
    """Write a whole number with thousands separators."""
    return f"{int(float(number)):,}"


def decimals(number: str | float, digits: int = 2) -> str:
    """Write a number with at most so many decimals."""
    return f"{round(float(number), digits):g}"


def plain_word(word: str) -> str:
    """Write a word of a list as a reader would."""
    return word.replace("_", " ")


class PageData:
    """What pages may ask for. An unknown id is a KeyError, which fails the build."""

    def __init__(self, package: Path) -> None:
        self._package = package
        self._ledger = Ledger(package)
        self._contract = contract.load(package)
        self._page = ""
        self._quoted: dict[str, set[str]] = defaultdict(set)  # id of a root: pages that quote it
        self.base = ""  # from the address of the open page to the root of the site

    @property
    def roots(self) -> list[Reading]:
        """Every quantity."""
        return self._ledger.roots

    def open_page(self, name: str) -> None:
        """Say which page is being filled in, so that links lead from it."""
        self._page = name
        self.base = "" if name == "index.md" else "../" * (name.count("/") + 1)

    def names(self) -> dict[str, Any]:
        """The functions and tables that templates see."""
        return {
            "v": self.linked_value,
            "value": self.value,
            "value_url": self.value_url,
            "label": self.label,
            "quoting_pages": self.quoting_pages,
            "related": self.related,
            "of_topic": self.of_topic,
            "scope_words": self.scope_words,
            "document": self.document,
            "grouped": self.grouped,
            "by_date": by_date,
            "by_kind": by_kind,
            "claims": self.claims,
            "printed": self.printed,
            "row": self.row,
            "rows": self.rows,
            "name_of": self.name_of,
            "chart": self.chart,
            "described": self.described,
            "hypotheses": self.hypotheses,
            "publisher": self.publisher,
            "by_number": by_number,
            "ledger": self._ledger,
            "age_words": age_words,
            "contract": self._contract,
            "catalogue": checks.catalogue(),
            "size": self.size,
        }

    def reading(self, value_id: str) -> Reading:
        """Find one reading."""
        return self._ledger.readings[value_id]

    def value(self, value_id: str) -> str:
        """Write a reading with its unit."""
        one = self.reading(value_id)
        unit = " %" if self._ledger.indicators[one.indicator_id]["unit"] == "percent" else ""
        low, high = (f"{float(end):,g}" if end else "" for end in (one.low, one.high))
        if one.is_point or low == high:
            return {"none_found": "none", "about": f"about {low}{unit}"}.get(one.qualifier, low + unit)
        if low and high:
            return f"{low} to {high}{unit}"
        return f"{one.qualifier.replace('_', ' ')} {low or high}{unit}"

    def linked_value(self, value_id: str) -> Markup:
        """Write a reading as a link to its page."""
        return Markup('<a href="{}">{}</a>').format(self.value_url(value_id), escape(self.value(value_id)))

    def value_url(self, value_id: str) -> Markup:
        """The address of a reading on the page of its quantity, which notes that this page quotes it."""
        root_id = self.reading(value_id).root_id
        self._quoted[root_id].add(self._page)
        return Markup(f"{self.base}values/{root_id}/#{value_id}")

    def quoting_pages(self, root_id: str) -> list[tuple[str, str]]:
        """Address and title of the hand-written pages that quote a quantity."""
        names = sorted(name for name in self._quoted[root_id] if "/" not in name)
        return [(self._address(name), self._title(name)) for name in names]

    def _address(self, name: str) -> str:
        return self.base + ("" if name == "index.md" else name.removesuffix(".md") + "/")

    @cache  # noqa: B019
    def _title(self, name: str) -> str:
        found = TITLE.search((self._package / "docs" / name).read_text(encoding="utf-8"))
        return found[1] if found else name

    def label(self, value_id: str) -> str:
        """Name a quantity: what is measured, ages and sex, whom, where and when."""
        one = self.reading(value_id)
        ages = age_words(one) if any(one.row[end].isdecimal() for end in ("age_min", "age_max")) else ""
        sex = one.sex if one.sex in ("female", "male") else ""
        parts = [
            self._ledger.indicators[one.indicator_id]["name"],
            ages,
            sex,
            self.name_of("populations", one.population_id).lower(),
            self.name_of("places", one.place_id),
            one.period or one.row["period_as_printed"],
        ]
        return ", ".join(dict.fromkeys(part for part in parts if part and part != parts[0].lower()))

    def scope_words(self, value_id: str) -> str:
        """Say whom, where and when a reading is about, in that source."""
        one = self.reading(value_id)
        unknown = one.row["age_max_reason"] not in ("", "all_ages") and not one.ages[0]
        parts = [
            "" if unknown else age_words(one),
            one.sex if one.sex in ("female", "male") else "",
            self.name_of("populations", one.population_id) or "population not stated",
            self.name_of("places", one.place_id),
            self._period_words(one),
        ]
        return "; ".join(part for part in parts if part)

    def _period_words(self, one: Reading) -> str:
        carried = {"other_source": " (period from another source)", "our_reading": " (period: our reading)"}
        printed = one.row["period_as_printed"]
        words = " – ".join(word for word in (one.period, printed) if word) or "period not stated"
        return words + carried.get(one.row["period_basis"], "")

    def related(self, root_id: str) -> list[tuple[str, Row]]:
        """The links of a quantity: the id at the other end, and the row."""
        from_here = [(row["to_id"], row) for row in self.grouped("links", "from_id", root_id)]
        to_here = [(row["from_id"], row) for row in self.grouped("links", "to_id", root_id)]
        return from_here + to_here

    def document(self, source_id: str) -> Markup:
        """Write the title of a source as a link to it; as text where no address is known."""
        source = self.row("sources", source_id)
        title = escape(source["title"])
        return (
            Markup('<a href="{}">{}</a>').format(safe_url(source["url"]), title) if source["url"] else title
        )

    def grouped(self, table: str, column: str, key: str) -> list[Row]:
        """The rows of a table that have this key in a column."""
        return self._groups(table, column).get(key, [])

    @cache  # noqa: B019
    def of_topic(self, topic: str) -> frozenset[str]:
        """The ids of the quantities of a topic."""
        return frozenset(root.id for root in self.roots if root.row["topic"] == topic)

    def claims(self) -> list[Row]:
        """The claims that travel, the one with the most printings first."""
        times = Counter(row["claim_id"] for row in self.rows("claim_values"))
        return sorted(self.rows("claims"), key=lambda claim: -times[claim["claim_id"]])

    @cache  # noqa: B019
    def _groups(self, table: str, column: str) -> dict[str, list[Row]]:
        groups: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows(table):
            groups[row[column]].append(row)
        return groups

    def described(self, value_id: str) -> str:
        """Say what a reading is of: indicator, ages, population, place and period."""
        one = self.reading(value_id)
        names = [
            self._ledger.indicators[one.indicator_id]["name"].lower(),
            age_words(one),
            self.name_of("populations", one.population_id).lower(),
            self.name_of("places", one.place_id),
            one.period or one.row["period_as_printed"],
        ]
        return ", ".join(name for name in names if name)

    def publisher(self, value_id: str) -> str:
        """The publisher of the source of a reading."""
        return self.row("sources", self.reading(value_id).row["source_id"])["publisher"]

    def printed(self, value_id: str) -> Markup:
        """Write the verbatim token."""
        return Markup("“{}”").format(escape(self.reading(value_id).printed))

    @cache  # noqa: B019 (lives as long as one build)
    def rows(self, table: str) -> list[Row]:
        """All rows of a table."""
        return read_rows(self._package / self._contract.table(table).path)

    @cache  # noqa: B019
    def _index(self, table: str) -> dict[str, Row]:
        key = self._contract.table(table).primary_key[0]
        return {row[key]: row for row in self.rows(table)}

    def row(self, table: str, key: str) -> Row:
        """One row of a table with a single key."""
        return self._index(table)[key]

    def name_of(self, table: str, key: str) -> str:
        """The name behind a key; blank for a blank key."""
        return self.row(table, key)["name"] if key else ""

    def hypotheses(self, question_id: str) -> list[tuple[str, list[Row]]]:
        """The rows of each hypothesis on a mismatch, and the printed share that gives its base, if any."""
        asked = [row for row in self.rows("reconciliations") if row["question_id"] == question_id]
        groups = groupby(asked, key=lambda row: row["reconciliation_id"].split(".")[1])
        return [(name.partition("-")[2], list(rows)) for name, rows in groups]

    def size(self, table: str) -> str:
        """Rows and bytes of a table."""
        path = self._package / self._contract.table(table).path
        return f"{len(self.rows(table)):,} rows, {path.stat().st_size / 1000:,.1f} kB"

    def chart(self, name: str, base: str) -> Markup:
        """Draw one of the charts; base leads from the page to the root of the site."""
        return charts.figure(charts.CHARTS[name](self._ledger, self.rows), base)
