"""The data as objects: readings, the quantities that they report, and the links between them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from scripts.package.files import Row, group_by_key
from scripts.package.reading import Reading, date_sort_key


@dataclass(frozen=True)
class WholeAndParts:
    """The reading for a whole, and the readings for the parts that add up to it."""

    whole: Reading
    parts: list[Reading]


ENDS = ("earlier_end_of", "later_end_of")  # the relations that link the two ends of a change to it


class ReadingIndex:
    """The readings of a package and queries on them; rows and indexes come from the package."""

    def __init__(self, rows: Callable[[str], list[Row]], index: Callable[[str], dict[str, Row]]) -> None:
        self.rows, self.rows_by_key = rows, index

    @cached_property
    def readings_by_id(self) -> dict[str, Reading]:
        """Every reading by its id, withdrawn ones included."""
        codes = self.rows("code_words")
        kinds = {(row["column_name"], row["code"]): row["words"] for row in codes if row["form"] == "kind"}
        return {row["value_id"]: Reading(row, kinds) for row in self.rows("reported_values")}

    def words_for_code(self, column: str, code: str, form: str) -> str:
        """The words for a code in the form asked for; raises KeyError if `code_words` has no such row."""
        return self.rows_by_key("code_words")[f"{column} {code} {form}"]["words"]

    @cached_property
    def indicators_by_id(self) -> dict[str, Row]:
        return self.rows_by_key("indicators")

    @cached_property
    def main_mentions(self) -> list[Reading]:
        """The main mentions: the readings that define a quantity and were not withdrawn."""
        return [reading for reading in self.not_withdrawn if reading.is_main]

    @cached_property
    def not_withdrawn(self) -> list[Reading]:
        """The readings that were not withdrawn."""
        return [reading for reading in self.readings_by_id.values() if not reading.is_withdrawn]

    @cached_property
    def withdrawn(self) -> list[Reading]:
        """The readings that were withdrawn."""
        return [reading for reading in self.readings_by_id.values() if reading.is_withdrawn]

    @cached_property
    def mentions_of_quantity(self) -> Callable[[str], list[Reading]]:
        """A look-up, by the id of a quantity, of all mentions of it that were not withdrawn."""
        return group_by_key((reading.quantity_id, reading) for reading in self.not_withdrawn).__getitem__

    def mentions_main_first(self, quantity_id: str) -> list[Reading]:
        """The mentions of a quantity that were not withdrawn, with the main mention first."""
        return sorted(
            self.mentions_of_quantity(quantity_id), key=lambda reading: (not reading.is_main, reading.id)
        )

    @cached_property
    def _readings_by_link(self) -> dict[tuple[str, str], list[Reading]]:
        rows = self.links_without_withdrawn
        return group_by_key(
            ((row["relation"], row["to_id"]), self.readings_by_id[row["from_id"]]) for row in rows
        )

    @cached_property
    def links_without_withdrawn(self) -> list[Row]:
        """The links in which neither reading has been withdrawn."""
        gone = {reading.id for reading in self.withdrawn}
        return [row for row in self.rows("links") if not gone & {row["from_id"], row["to_id"]}]

    def main_mentions_linked_to(self, relation: str, to_id: str) -> list[Reading]:
        """The readings that have this relation to the main mention with this id."""
        return self._readings_by_link[relation, to_id]

    def pairs_with_relation(self, relation: str) -> list[tuple[Reading, Reading]]:
        """Every pair of main mentions with this relation, in the direction of the link."""
        return [
            (self.readings_by_id[row["from_id"]], self.readings_by_id[row["to_id"]])
            for row in self.links_without_withdrawn
            if row["relation"] == relation
        ]

    @cached_property
    def partitions(self) -> list[WholeAndParts]:
        """Every whole with the parts that make it up, according to the links."""
        rows = (row for row in self.links_without_withdrawn if row["partition"])
        groups = group_by_key(
            ((row["to_id"], row["partition"]), self.readings_by_id[row["from_id"]]) for row in rows
        )
        return [
            WholeAndParts(self.readings_by_id[whole_id], parts) for (whole_id, _), parts in groups.items()
        ]

    @cached_property
    def partitions_by_part(self) -> Callable[[str], list[WholeAndParts]]:
        """A look-up, by the id of a reading, of the partitions of which it is a part."""
        return group_by_key(
            (part.id, partition) for partition in self.partitions for part in partition.parts
        ).__getitem__

    @cached_property
    def claims_of(self) -> Callable[[str], list[str]]:
        """A look-up, by the id of a reading, of the ids of the claims that it repeats."""
        rows = self.rows("scopes")
        return group_by_key(
            (row["value_id"], row["claim_id"]) for row in rows if row["claim_id"]
        ).__getitem__

    def claims_of_quantity(self, quantity_id: str) -> list[str]:
        """The sorted ids of the claims that at least one mention of a quantity repeats."""
        return sorted(
            {
                claim
                for reading in self.mentions_of_quantity(quantity_id)
                for claim in self.claims_of(reading.id)
            }
        )

    @cached_property
    def readings_in_series(self) -> Callable[[str], list[Reading]]:
        """A look-up, by the id of a series, of its readings in the order of their periods."""
        by_period = sorted(
            self.not_withdrawn, key=lambda reading: (date_sort_key(reading.period), reading.id)
        )
        return group_by_key((reading.series, reading) for reading in by_period).__getitem__

    def main_mentions_of(self, topic: str, population_kind: str) -> list[Reading]:
        """The main mentions on a topic for a kind of population; for a blank kind, those without any."""
        populations = self.rows_by_key("populations")
        kinds = {"": ""} | {key: row["population_kind"] for key, row in populations.items()}
        return [
            main
            for main in self.main_mentions
            if main.topic == topic and kinds[main.population_id] == population_kind
        ]

    @cached_property
    def _main_mentions_by_study_and_indicator(self) -> dict[tuple[str, str], list[Reading]]:
        return group_by_key(((main.study_id, main.indicator_id), main) for main in self.main_mentions)

    def main_mentions_in_study(self, study_id: str, indicator_id: str) -> list[Reading]:
        """The main mentions of quantities in a study that have this indicator."""
        return self._main_mentions_by_study_and_indicator[study_id, indicator_id]

    def containing_places(self, place_id: str) -> list[str]:
        """The ids of the places that contain this one, nearest first."""
        places = self.rows_by_key("places")
        found: list[str] = []
        while (parent := places[place_id]["parent_id"]) and parent not in found:  # parents may form a ring
            found.append(parent)
            place_id = parent
        return found

    def country_of_place(self, place_id: str) -> str:
        """The id of the outermost place that contains this one, or of the place itself if there is none."""
        return [place_id, *self.containing_places(place_id)][-1]

    def country_codes_of_place(self, place_id: str) -> set[str]:
        """The ISO 3166-1 codes of a place, or else of the nearest place that contains it and has codes."""
        places = self.rows_by_key("places")
        own = (places[key]["iso_3166_1"] for key in (place_id, *self.containing_places(place_id)))
        return set(filter(None, next(filter(None, own), "").split(";")))

    def assumed_values(self, parameter: str) -> list[Row]:
        """The rows of `scenario_assumptions` for a parameter, in ascending order of their values."""
        chosen = [row for row in self.rows("scenario_assumptions") if row["parameter"] == parameter]
        return sorted(chosen, key=lambda row: (float(row["value"]), row["assumption_id"]))

    def kind_of_indicator(self, reading: Reading) -> str:
        """The kind of the reading's indicator: count, share, change or measure."""
        return self.indicators_by_id[reading.indicator_id]["kind"]

    def required_companions(self, reading: Reading) -> list[Reading]:
        """The readings that must be shown with this one; empty if it may be shown without others."""
        if reading.show == "with_both_denominators":
            return [
                other for other in self.mentions_of_quantity(reading.quantity_id) if other is not reading
            ]
        if reading.show != "conflict_only":
            return []
        return (
            self._change_and_ends(reading)
            if reading.is_main
            else [self.readings_by_id[reading.quantity_id]]
        )

    def _change_and_ends(self, reading: Reading) -> list[Reading]:
        """For a reported change, its two ends; for an end, the change and the other end; otherwise none."""
        changes = {change for end, change in self._change_ends if reading.id in (end, change)}
        found = changes | {end for end, change in self._change_ends if change in changes}
        return [self.readings_by_id[key] for key in sorted(found - {reading.id})]

    @cached_property
    def _change_ends(self) -> list[tuple[str, str]]:
        """The id of each end of a change, with the id of the change; withdrawn readings are included."""
        return [(row["from_id"], row["to_id"]) for row in self.rows("links") if row["relation"] in ENDS]

    @cached_property
    def shares_in_studies(self) -> list[Reading]:
        """The main mentions of shares in a study, which may also report the counts behind them."""
        return [
            main for main in self.main_mentions if self.kind_of_indicator(main) == "share" and main.study_id
        ]

    def distinct_exact_readings(self, quantity_id: str) -> list[Reading]:
        """One exact reading for each distinct number of a quantity, starting with the main mention."""
        first: dict[str, Reading] = {}
        for reading in self.mentions_main_first(quantity_id):
            if reading.is_one_exact_number:
                first.setdefault(reading.low, reading)
        return list(first.values())

    def oldest_exact_reading(self, quantity_id: str) -> Reading:
        """The exact reading in digits from the earliest source; the main mention if there is none."""
        points = [
            reading for reading in self.distinct_exact_readings(quantity_id) if reading.is_exact_in_digits
        ]
        main = self.readings_by_id[quantity_id]
        return min(points, key=lambda reading: date_sort_key(self.date_published(reading)), default=main)

    def date_published(self, reading: Reading) -> str:
        """The publication date of a reading's source, which may be partial or blank."""
        return self.rows_by_key("sources")[reading.source_id]["date_published"]
