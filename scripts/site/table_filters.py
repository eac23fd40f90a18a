"""The filters for the table of all values, and the numbers by which readers can look up figures.

Each row stores the positions of its choices in the filters, which keeps the table small and lets a simple
script compare them. Keys come from ids, years or ages, never from free text.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from scripts.package.files import Row, group_by_key
from scripts.package.package import Package
from scripts.package.reading import Reading, age_range_words
from scripts.wording.reading_words import ReadingWords
from scripts.wording.text_formatting import code_for_readers

THOUSANDS = re.compile(r"(?<=\d)[,\s](?=\d{3}(?!\d))")
DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
NOT_STATED = "not-stated"
WITH = "with-"  # before a place: figures for several places together that include it
GROUPS = {"boys": "boys, counted apart or named beside girls", NOT_STATED: "not stated"}
SEXES = {
    "all": "both, counted together",
    "female": "female: girls, women or both, as counted",
    "male": "male: boys, men or both, as counted",
}
LEAST_WHOLE, YEARS = 1000, (1900, 2100)


@dataclass(frozen=True)
class Facet:
    """A property to filter by: its name in the address, its label, and its choices."""

    name: str
    label: str
    choices: list[tuple[str, str]]


def positions_of_choices(facets: Sequence[Facet], keys: Mapping[str, Sequence[str]]) -> str:
    """The positions of a row's choices in each facet, such as “1 4.7 2” (two in the second facet)."""
    places = {facet.name: [key for key, _ in facet.choices] for facet in facets}
    found = (sorted(place.index(key) + 1 for key in keys[name]) for name, place in places.items())
    return " ".join(".".join(map(str, choices)) for choices in found)


class ReadingFinder:
    """The filters and the look-up of numbers for the readings in one package."""

    def __init__(self, package: Package, values: ReadingWords) -> None:
        self._package, self._values = package, values
        self._index = package.reading_index

    def filter_keys_of_reading(self, value_id: str) -> dict[str, list[str]]:
        """A reading's keys in each facet."""
        reading, row = self._values.reading(value_id), self._package.row("values", value_id)
        return {
            "topic": [reading.topic],
            "group": row["about_group"].split(";") if row["about_group"] else [NOT_STATED],
            "kind": [row["kind"]],
            "nature": [reading.nature],
            "place": self._place_keys(reading.place_id),
            "year": years_of_period(reading.period),
            "age": [_facet_key(age_range_words(reading))],
            "sex": [reading.sex],
            "population": [reading.population_id or NOT_STATED],
            "source": [self._package.row("sources", reading.source_id)["kind"]],
            "evidence": [reading.evidence],
            "mention": [row["mention"]],
        }

    def _place_keys(self, place_id: str) -> list[str]:
        """The keys of a place and of the places that contain it.

        A place that has figures both of its own and together with other places has a second key, which
        also finds the latter. For a set of places, the second keys of the places in its name are included.
        """
        above = [place_id, *self._index.containing_places(place_id)]
        inner = self._ids_of_other_places_in_name.get(place_id, [])
        return [
            *above,
            *(f"{WITH}{key}" for key in (*above, *inner) if key in self._places_alone_and_with_others),
        ]

    @cached_property
    def _ids_of_other_places_in_name(self) -> dict[str, list[str]]:
        """For each set of places, the ids of other places in its name."""
        names = {row["place_id"]: row["name"] for row in self._package.rows("places")}
        sets = [row for row in self._package.rows("places") if row["level"] == "area_set"]
        return {row["place_id"]: self._places_named_in_area(row, names) for row in sets}

    def _places_named_in_area(self, area: Row, names: Mapping[str, str]) -> list[str]:
        """The places that are mentioned in the name of an area, except those that contain it."""
        above = {area["place_id"], *self._index.containing_places(area["place_id"])}
        others = {key: name for key, name in names.items() if key not in above}
        return [key for key, name in others.items() if re.search(rf"\b{re.escape(name)}\b", area["name"])]

    @cached_property
    def _places_alone_and_with_others(self) -> set[str]:
        """The places that have figures both of their own and together with other places."""
        used = {reading.place_id for reading in self._index.not_withdrawn}
        return used & {key for area in used for key in self._ids_of_other_places_in_name.get(area, [])}

    @cached_property
    def facets(self) -> list[Facet]:
        """The facets, each with only those choices that occur in readings."""
        ages = {
            _facet_key(age_range_words(reading)): age_range_words(reading)
            for reading in self._index.not_withdrawn
        }
        places = {row["place_id"]: row["name"] for row in self._package.rows("places")}
        places |= {
            f"{WITH}{key}": f"{places[key]}, also with other places"
            for key in self._places_alone_and_with_others
        }
        populations = {row["population_id"]: row["name"] for row in self._package.rows("populations")}
        populations[NOT_STATED] = "not stated"
        groups = self._package.contract.table("values").field_by_name["about_group"].label_by_code
        mentions = {"main": "main mention of each quantity", "further": "further mentions"}
        codes = self._package.rows_with_cells("code_words", column_name="evidence", form="filter")
        speaks = {row["code"]: row["words"] for row in codes}
        return [
            self._make_facet("topic", "Topic", {}),
            self._make_facet("group", "Group it is about", groups | GROUPS),
            self._make_facet("kind", "Kind of figure", {}),
            self._make_facet("nature", "How it came about", {}),
            self._make_facet("place", "Place, with those inside it", places),
            self._make_facet("year", "Year", {}),
            self._make_facet("age", "Age", ages),
            self._make_facet("sex", "Sex", SEXES),
            self._make_facet("population", "Of whom", populations),
            self._make_facet("source", "Kind of source", {}),
            self._make_facet("evidence", "The source", speaks),
            self._make_facet("mention", "Mentions", mentions),
        ]

    def _make_facet(self, name: str, label: str, words: dict[str, str]) -> Facet:
        used = {
            key
            for reading in self._index.not_withdrawn
            for key in self.filter_keys_of_reading(reading.id)[name]
        }
        choices = [(key, words.get(key, code_for_readers(key.replace("-", "_")))) for key in used]
        return Facet(name, label, sorted(choices, key=lambda choice: (choice[0] == NOT_STATED, choice[1])))

    def one_reading_per_number(self, is_here: bool) -> list[Reading]:
        """One reading for each number of each quantity, smallest first, from this country or elsewhere."""
        every = [
            reading
            for main in self._index.main_mentions
            for reading in self._index.mentions_main_first(main.id)
        ]
        first = group_by_key(
            ((reading.quantity_id, reading.low, reading.high), reading) for reading in every
        )
        here = [
            reading
            for reading, *_ in first.values()
            if is_here == (self._index.country_of_place(reading.place_id) == self._package.country_id)
        ]
        return sorted(here, key=lambda reading: (float(reading.low or reading.high or 0), reading.id))

    def mentions_with_same_number(self, reading: Reading) -> list[Reading]:
        """All mentions of the same quantity with this number."""
        mentions = self._index.mentions_of_quantity(reading.quantity_id)
        return [other for other in mentions if (other.low, other.high) == (reading.low, reading.high)]


def years_of_period(period: str) -> list[str]:
    """The years in which a period lies, even in part; for an unknown period, `not-stated`."""
    ends = [int(date[:4]) for date in period.split("/") if date[:4].isdecimal()]
    return [str(year) for year in range(min(ends), max(ends) + 1)] if ends else [NOT_STATED]


def searchable_numbers_of_readings(readings: Sequence[Reading]) -> list[str]:
    """The numbers that find these readings: limits, printed numbers, and numbers of people in scopes."""
    ends = [end for reading in readings for end in (reading.low, reading.high)]
    tokens = [number for reading in readings for number in _numbers_in_digits(reading.printed)]
    wholes = [number for reading in readings for number in _numbers_in_digits(reading.scope_as_printed)]
    found = [
        *filter(None, ends),
        *tokens,
        *(number for number in wholes if is_number_of_people(float(number))),
    ]
    return list(dict.fromkeys(f"{float(number):.12g}" for number in found))


def is_number_of_people(number: float) -> bool:
    """Return whether a number in a scope counts people: at least 1,000 and not a year, 1900 to 2100."""
    return number >= LEAST_WHOLE and not YEARS[0] <= number <= YEARS[1]


def _numbers_in_digits(text: str) -> list[str]:
    """The numbers in a text as digits: 15,000 becomes 15000, and 52,2 becomes 52.2."""
    return NUMBER.findall(DECIMAL_COMMA.sub(".", THOUSANDS.sub("", text)))


def _facet_key(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
