"""What pages may ask of whole tables. An unknown key is a KeyError, which fails the build."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter

from scripts.package.files import Row, csv_rows
from scripts.package.ledger import Reading
from scripts.package.opening import Package
from scripts.wording.words import plain_word

# Which studies a row of these tables is about, where there are several.
STUDIES_OF = {
    "limitations": "limitation_studies",
    "statements": "statement_studies",
    "not_available": "not_available_studies",
}


class Tables:
    """The tables of one package, read once."""

    def __init__(self, package: Package) -> None:
        self.package, self.ledger, self.contract = package, package.ledger, package.contract
        self.rows, self.row, self.name_of = package.rows, package.row, package.name_of
        self.grouped, self.matching = package.grouped, package.matching

    def about_study(self, table: str, study_id: str) -> list[Row]:
        """The rows of a table that name a study alone, then those that list it among several."""
        key = self.contract.table(table).primary_key[0]
        listed = self.grouped(STUDIES_OF[table], "study_id", study_id)
        return self.grouped(table, "study_id", study_id) + [self.row(table, one[key]) for one in listed]

    def scope_of(self, table: str, row: Row) -> str:
        """What a row is about: its study or studies by name, a whole topic, or why no study is named."""
        key = self.contract.table(table).primary_key[0]
        among = [row, *self.grouped(STUDIES_OF[table], key, row[key])]
        names = [self.name_of("studies", one["study_id"]) for one in among if one["study_id"]]
        why = row["study_id_reason"]
        return "; ".join(names) or plain_word(f"topic: {row['topic']}" if why == "whole_topic" else why)

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
        return frozenset(root.id for root in self.ledger.roots if root.topic == topic)

    def listed(self, topics: Sequence[str]) -> list[tuple[Reading, str]]:
        """The readings that stand, topic by topic; the first of a topic comes with its name."""
        groups = [[one for one in self.ledger.standing if one.topic == topic] for topic in topics]
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
        groups = groupby(asked, key=itemgetter("hypothesis", "variant"))
        return [(variant, list(rows)) for (_, variant), rows in groups]

    def kill_table(self) -> list[Row]:
        """How many faults of each kind were put in and who found them, as `make mutants` saved it."""
        return csv_rows(self.package.content("docs/assets/kill-table.csv"))

    def own_table(self, name: str) -> list[Row]:
        """A table about this project itself, kept beside the pages: what it meets, and where."""
        return csv_rows(self.package.content(f"docs/assets/{name}.csv"))
