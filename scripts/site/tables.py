"""What pages may ask of whole tables. An unknown key is a KeyError, which fails the build."""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache, cached_property
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from scripts import contract
from scripts.files import Row, read_rows
from scripts.ledger import Ledger, Reading


class Tables:
    """The tables of one package, read once."""

    def __init__(self, package: Path) -> None:
        self.package = package
        self.ledger = Ledger(package)
        self.contract = contract.load(package)

    @cached_property
    def descriptor(self) -> dict[str, Any]:
        """The contract as it is published."""
        text = (self.package / "datapackage.json").read_text(encoding="utf-8")
        descriptor: dict[str, Any] = json.loads(text)
        return descriptor

    @cache  # noqa: B019 (lives as long as one build)
    def rows(self, table: str) -> list[Row]:
        """All rows of a table."""
        return read_rows(self.package / self.contract.table(table).path)

    @cache  # noqa: B019
    def _index(self, table: str) -> dict[str, Row]:
        key = self.contract.table(table).primary_key[0]
        return {row[key]: row for row in self.rows(table)}

    def row(self, table: str, key: str) -> Row:
        """One row of a table with a single key."""
        return self._index(table)[key]

    def name_of(self, table: str, key: str) -> str:
        """The name behind a key; blank for a blank key."""
        return self.row(table, key)["name"] if key else ""

    @cache  # noqa: B019
    def _groups(self, table: str, column: str) -> dict[str, list[Row]]:
        groups: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows(table):
            groups[row[column]].append(row)
        return groups

    def grouped(self, table: str, column: str, key: str) -> list[Row]:
        """The rows of a table that have this key in a column."""
        return self._groups(table, column).get(key, [])

    def matching(self, table: str, **cells: str) -> list[Row]:
        """The rows of a table that have these cells."""
        return [row for row in self.rows(table) if all(row[name] == cell for name, cell in cells.items())]

    def related(self, root_id: str) -> list[tuple[str, Row]]:
        """The links of a quantity: the id at the other end, and the row."""
        from_here = [(row["to_id"], row) for row in self.grouped("links", "from_id", root_id)]
        to_here = [(row["from_id"], row) for row in self.grouped("links", "to_id", root_id)]
        return from_here + to_here

    def outside_links(self, study_id: str) -> list[Row]:
        """The links from the quantities of a study to those of others, each with the other end."""
        readings = self.ledger.readings
        inside = [one["value_id"] for one in self.grouped("reported_values", "study_id", study_id)]
        links = [(other, row) for one in inside for other, row in self.related(one)]
        return [row | {"other": other} for other, row in links if readings[other].study_id != study_id]

    @cache  # noqa: B019
    def of_topic(self, topic: str) -> frozenset[str]:
        """The ids of the quantities of a topic."""
        return frozenset(root.id for root in self.ledger.roots if root.row["topic"] == topic)

    def listed(self, topics: Sequence[str]) -> list[tuple[Reading, str]]:
        """The readings that stand, topic by topic; the first of a topic comes with its name."""
        groups = [[one for one in self.ledger.standing if one.row["topic"] == topic] for topic in topics]
        return [
            (one, "" if number else topic)
            for topic, group in zip(topics, groups, strict=True)
            for number, one in enumerate(group)
        ]

    def claims(self) -> list[Row]:
        """The claims that travel, the one with the most printings first."""
        times = Counter(row["claim_id"] for row in self.rows("claim_values"))
        return sorted(self.rows("claims"), key=lambda claim: -times[claim["claim_id"]])

    def hypotheses(self, question_id: str) -> list[tuple[str, list[Row]]]:
        """The rows of each hypothesis on a mismatch, and the printed share that gives its base, if any."""
        asked = self.grouped("reconciliations", "question_id", question_id)
        groups = groupby(asked, key=itemgetter("hypothesis", "variant_id"))
        return [(variant, list(rows)) for (_, variant), rows in groups]

    def kill_table(self) -> list[Row]:
        """How many faults of each kind were put in and who found them, as `make mutants` saved it."""
        return read_rows(self.package / "docs/assets/kill-table.csv")

    def own_table(self, name: str) -> list[Row]:
        """A table about this project itself, kept beside the pages: what it meets, and where."""
        return read_rows(self.package / f"docs/assets/{name}.csv")
