"""What pages may ask of the data. An unknown id is a KeyError, which fails the build."""

import re
from collections import Counter, defaultdict
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from markupsafe import Markup

from scripts import checks, contract
from scripts.checks.rules import example_in_words
from scripts.contribute.rules import RULES as CONTRIBUTION_RULES
from scripts.derived.comparison import age_words
from scripts.files import Row, read_rows
from scripts.ledger import Ledger, Reading
from scripts.site import charts, sentences
from scripts.site.words import by_date, by_kind, by_number, escape, inside, safe_url, with_commas

# The page on which a reader would look for what is not available.
PAGE_OF_TOPIC = {
    "venue_studies": "limitations",
    "early_claims": "where-from",
    "sex_work_counts": "context",
    "not_counted": "not-counted",
    "other_surveys": "not-counted",
    "comparable_studies": "context",
    "global_context": "context",
    "response": "response",
    "assumptions": "context",
    "tip_tiers": "tip-tiers",
}
UNITS = {"percent": " %", "years": " years", "us_dollars": " US dollars"}  # others stand in the label
CAUTIONS = {
    "conflict_only": " – shown only beside its contradiction",
    "retrospective_only": " – recalled by adults, not a share of children today",
    "no_trend": " – editions are not a trend",
}
TITLE = re.compile(r"^title: (.+)$", re.MULTILINE)


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
            "caution": self.caution,
            "missing_url": self.missing_url,
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
            "matching": self.matching,
            "differences": self.differences,
            "say": sentences,
            "publisher": self.publisher,
            "by_number": by_number,
            "ledger": self._ledger,
            "age_words": age_words,
            "contract": self._contract,
            "catalogue": [*checks.catalogue(), *CONTRIBUTION_RULES],
            "example": example_in_words,
            "size": self.size,
            "kill_table": self.kill_table,
        }

    def reading(self, value_id: str) -> Reading:
        """Find one reading."""
        return self._ledger.readings[value_id]

    def value(self, value_id: str) -> str:
        """Write a reading with its unit."""
        one = self.reading(value_id)
        unit = UNITS.get(self._ledger.indicators[one.indicator_id]["unit"], "")
        low, high = (with_commas(end) for end in (one.low, one.high))
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
        ages = f"aged {ages}" if ages[:1].isdigit() else ages
        sex = one.sex if one.sex in ("female", "male") else ""
        parts = [
            self._ledger.indicators[one.indicator_id]["name"],
            ages,
            sex,
            inside(self.name_of("populations", one.population_id)),
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

    def missing_url(self, item: Row) -> Markup:
        """The address of a row of not_available."""
        return Markup(f"{self.base}{PAGE_OF_TOPIC[item['topic']]}/#{item['not_available_id']}")

    def caution(self, value_id: str) -> str:
        """What has to be said wherever this figure stands in a list."""
        one = self.reading(value_id)
        if one.row["show"] == "with_both_denominators":
            others = [other for other in self._ledger.printings(one.root_id) if other is not one]
            return f" – also printed: {'; '.join(self._told_apart(other) for other in others)}"
        return CAUTIONS.get(one.row["show"], "")

    def _told_apart(self, one: Reading) -> str:
        return f"“{one.printed}” of {one.row['scope_as_printed']} ({self.publisher(one.id)})"

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

    def matching(self, table: str, **cells: str) -> list[Row]:
        """The rows of a table that have these cells."""
        return [row for row in self.rows(table) if all(row[name] == cell for name, cell in cells.items())]

    def differences(self, earlier_id: str, later_id: str) -> list[Row]:
        """The limits of the difference of two counted shares, each with the design effect behind it."""
        rows = self.matching("changes", earlier_id=earlier_id, later_id=later_id, measure="difference")
        assumed = {row["assumption_id"]: row["value"] for row in self.rows("assumptions")}
        effects = [(row, assumed.get(row["assumption_id"])) for row in rows]
        return [row | {"design_effect": effect} for row, effect in effects if effect]

    def hypotheses(self, question_id: str) -> list[tuple[str, list[Row]]]:
        """The rows of each hypothesis on a mismatch, and the printed share that gives its base, if any."""
        asked = [row for row in self.rows("reconciliations") if row["question_id"] == question_id]
        groups = groupby(asked, key=lambda row: row["reconciliation_id"].split(".")[1])
        return [(name.partition("-")[2], list(rows)) for name, rows in groups]

    def kill_table(self) -> list[Row]:
        """How many faults of each kind were put in and who found them, as `make mutants` saved it."""
        return read_rows(self._package / "docs/assets/kill-table.csv")

    def size(self, table: str) -> str:
        """Rows and bytes of a table."""
        path = self._package / self._contract.table(table).path
        return f"{len(self.rows(table)):,} rows, {path.stat().st_size / 1000:,.1f} kB"

    def chart(self, name: str, base: str) -> Markup:
        """Draw one of the charts; base leads from the page to the root of the site."""
        return charts.figure(charts.CHARTS[name](self._ledger, self.rows), base)
