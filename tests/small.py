"""A package of about a hundred readings, cut out of the real one: whole in itself, and sound by every rule.

It holds the featured readings and all that they point at; pages and contract are those of the real package.
"""

import re
from collections.abc import Callable
from pathlib import Path

from scripts import derived
from scripts.checks import sql_rules
from scripts.checks.exceptions import NEEDED, PATH
from scripts.checks.sql_rules import OPEN
from scripts.checks.subject import Subject
from scripts.package.files import Row, csv_text, write_text
from scripts.package.opening import Package
from tests.conftest import ROOT, copy_package

V = "reported_values"
WHOLE = ("featured", "helplines", "helplines_compared", "terms", "assumptions")
# They say how readings and studies stand: a row is kept where all that it names are kept.
BETWEEN = (
    "links",
    "limitations",
    "limitation_studies",
    "limitation_examples",
    "study_facts",
    "claim_values",
)
# They belong to what they name first, and come along with it.
BELONGING = (
    "statement_values",
    "statement_studies",
    "not_available_studies",
    "cross_checks",
    "series_breaks",
)
STUDY = "pc-bgd-dhaka-2024"  # of which all readings are kept
PLACE, CLAIM = "cambodia", "80000-to-100000"  # whose tiers and whose printings are kept
SERIES = "tip-prosecutions-year"  # long enough to be drawn, and with breaks


def small_package(place: Path) -> Path:
    """Make the package in a new folder, with its derived tables."""
    copy_package(place)
    package = Package(ROOT, with_derived=False)
    keys = Cut(package).keys
    for table in package.tables:
        rows = [row for row in package.rows(table.name) if table.key_of(row) in keys[table.name]]
        write_text(place / table.path, csv_text(table.header, [list(row.values()) for row in rows]))
    _keep_needed_exceptions(place)
    for path, text in derived.build(Package(place, with_derived=False)).items():
        write_text(place / path, text)
    return place


def _keep_needed_exceptions(place: Path) -> None:
    """Without the rows that were left out some need no exception, and others need one."""
    with Package(place, with_derived=False) as package:
        found = sql_rules.check(Subject(package))
        lines = {one.line for one in found if one.rule == NEEDED.id}
        kept = [row for line, row in enumerate(package.rows("exceptions"), start=2) if line not in lines]
        reasons = {tuple(row.values())[:3]: row["reason"] for row in kept}
        for one in found:
            if one.rule in OPEN:  # some excuse only what their reason names
                key = (one.rule, Path(one.table).stem, one.row)
                reasons[key] = f"{reasons.get(key, 'Cut.')} {one.message}"
        header = package.contract.table("exceptions").header
    write_text(place / PATH, csv_text(header, sorted((*key, reason) for key, reason in reasons.items())))


class Cut:
    """Which rows are kept: their keys by table."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.keys: dict[str, set[str]] = {table.name: set() for table in package.tables}
        for name in WHOLE:
            self._keep_where(name, lambda row: True)
        self._keep_what_pages_and_assumptions_need()
        self._keep_what_belongs()
        self._keep_where(V, lambda row: row["printing_of"] in self.keys[V])
        self._keep_where("links", lambda row: bool(row["partition"]) and row["to_id"] in self.keys[V])
        for name in BETWEEN:
            self._keep_between(name)
        self._keep_where("exceptions", lambda row: row["row_key"] in self.keys[row["table_name"]])
        self._keep_one_of_each_other_table()
        self._keep_what_belongs()
        self._keep_words()

    def _keep_where(self, name: str, is_wanted: Callable[[Row], bool]) -> None:
        for row in self.package.rows(name):
            if is_wanted(row):
                self._keep(name, row)

    def _keep(self, name: str, row: Row) -> None:
        """Keep a row, and what it points at."""
        table = self.package.contract.table(name)
        if table.key_of(row) in self.keys[name]:
            return
        self.keys[name].add(table.key_of(row))
        for key in table.foreign_keys:
            if row[key.field]:
                self._keep(key.table, self.package.row(key.table, row[key.field]))

    def _keep_what_pages_and_assumptions_need(self) -> None:
        facts = {row["fact_id"] for row in self.package.rows("assumptions")} - {""}
        linked = _statements_that_pages_link_to()
        self._keep_where(V, lambda row: bool(facts & _facts_of(row)))
        self._keep_where(V, lambda row: row["study_id"] == STUDY or row["series"] == SERIES)
        self._keep_where("statements", lambda row: row["statement_id"] in linked)
        self._keep_where("claim_values", lambda row: row["claim_id"] == CLAIM)
        for name in ("tip_tiers", "tip_tier_sources"):
            self._keep_where(name, lambda row: row["place_id"] == PLACE)

    def _keep_what_belongs(self) -> None:
        for name in BELONGING:
            first = self.package.contract.table(name).foreign_keys[0]
            kept = self.keys[first.table]
            for key in sorted(kept):
                for row in self.package.grouped(name, first.field, key):
                    self._keep(name, row)

    def _keep_between(self, name: str) -> None:
        keys = self.package.contract.table(name).foreign_keys
        named = [key for key in keys if key.table in (V, "studies")]
        self._keep_where(
            name,
            lambda row: all(row[key.field] in (self.keys[key.table] | {""}) for key in named),
        )

    def _keep_words(self) -> None:
        """Those of an indicator that the one study alone has are left out, as when it was sent as new."""
        kept = [row for row in self.package.rows(V) if row["value_id"] in self.keys[V]]
        worded = {row["indicator_id"] for row in kept if row["study_id"] != STUDY}
        self.keys["indicator_words"].clear()  # one row may have stood for all
        self._keep_where("indicator_words", lambda row: row["indicator_id"] in worded)

    def _keep_one_of_each_other_table(self) -> None:
        """No table may be empty; one that joins two others brings a row of each."""
        for table in sorted(self.package.tables, key=lambda table: -len(table.primary_key)):
            if not self.keys[table.name]:
                for row in self.package.rows(table.name)[:1]:
                    self._keep(table.name, row)


def _statements_that_pages_link_to() -> set[str]:
    pages = [page.read_text(encoding="utf-8") for page in (ROOT / "docs").glob("*.md")]
    return {found for page in pages for found in re.findall(r"\((?:statements\.md)?#(S\d+)\)", page)}


def _facts_of(row: Row) -> set[str]:
    """The ids of the evidence that a reading carries."""
    own = row["value_id"]
    return {own, own.rpartition("-")[0], *row["also_fact_ids"].split(";")}
