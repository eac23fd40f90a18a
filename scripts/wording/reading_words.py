"""Words for a reading: its number, its name, its scope, and the cautions it needs."""

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from scripts.package.files import Row, group_by_key
from scripts.package.package import Package
from scripts.package.reading import Reading, age_range_words, date_sort_key
from scripts.package.reading_index import ENDS
from scripts.package.shared_words import denominator_in_printed_share
from scripts.wording.natural_frequencies import (
    about_how_many_in_hundred,
    bound_as_frequency_words,
    mentions_for_same_ages_and_years,
)
from scripts.wording.publisher_names import organisation_with_article, publisher_in_sentence
from scripts.wording.quantity_names import QuantityNames, ages_in_words
from scripts.wording.text_formatting import (
    CONTRADICTION,
    add_thousands_separators,
    code_for_readers,
    period_in_words,
)

UNITS = {"percent": "%", "years": " years", "us_dollars": " US dollars"}  # other units are in the label
CHILDREN = {"female": "girls", "male": "boys"}  # words for people under 18 of one sex
CAUTIONS = {
    "retrospective_only": "recalled from childhood, not a share of children today",
    "no_trend": "editions are not a trend",
    "withdrawn": "withdrawn, do not quote",
}
PLACE_CARRIED = {"other_source": ", place from another source"}
CARRIED = {"other_source": ", period from another source", "our_reading": ", period: our judgement"}
NEARLY = {
    **{"nearly": "nearly", "almost": "almost", "près de": "nearly", "casi": "nearly"},
    "just over": "just over",
}


class ReadingWords:
    """The words for the readings of one package."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._index = package.reading_index
        self.naming = QuantityNames(package)

    def reading(self, value_id: str) -> Reading:
        """The reading with this id, whether withdrawn or not."""
        return self._index.readings_by_id[value_id]

    def number_with_unit(self, value_id: str) -> str:
        """Return the number of a reading, with its qualifier and unit."""
        reading = self.reading(value_id)
        unit = UNITS.get(self._index.indicators_by_id[reading.indicator_id]["unit"], "")
        low, high = (
            add_thousands_separators(_limit_with_enough_digits(reading, end))
            for end in (reading.low, reading.high)
        )
        number = f"{low} to {high}" if low and high and low != high else low or high
        return self._number_with_qualifier(reading).replace("{n}", number + unit)

    def _number_with_qualifier(self, reading: Reading) -> str:
        """The words of the qualifier, with {n} where the number goes.

        “nearly” and “just over” are kept if the source uses them.
        """
        if reading.qualifier_kind in ("below", "above") and (nearly := self.nearly_or_just_over(reading)):
            return f"{nearly} {{n}}"
        form = "count" if self._index.kind_of_indicator(reading) == "count" else "number"
        return self._index.words_for_code("qualifier", reading.qualifier, form)

    def natural_frequency(self, value_id: str, counted: Iterable[str] = ()) -> str:
        """A share in words such as “about 8 in 100”, or as reported if its mentions round differently.

        `counted` holds shares in percent, computed from counts, that must round to the same number.
        """
        share = self.reading(value_id)
        indicator = self._index.indicators_by_id[share.indicator_id]
        is_percentage_of_people = (indicator["kind"], indicator["unit"]) == ("share", "percent")
        if not is_percentage_of_people or share.written_in == "fraction":
            return self.number_with_unit(value_id)
        if not (share.low and share.high):
            return bound_as_frequency_words(
                self._number_with_qualifier(share), share.low or share.high
            ) or self.number_with_unit(value_id)
        return about_how_many_in_hundred(
            [*self.percentages_of_mentions(value_id), *counted]
        ) or self.number_with_unit(value_id)

    def percentages_of_mentions(self, value_id: str) -> list[str]:
        """Every percentage given for a share by its mentions for the same ages and years."""
        mentions = mentions_for_same_ages_and_years(self._index, self.reading(value_id))
        return [*filter(None, (end for mention in mentions for end in (mention.low, mention.high)))]

    def number_with_noun(self, value_id: str) -> str:
        """Return a number with its unit or with a noun for what it counts: 2.2%, 147 people, 2 girls."""
        reading = self.reading(value_id)
        unit = self._index.indicators_by_id[reading.indicator_id]["unit"]
        is_young = unit == "people" and int(reading.age_max or 99) < 18
        noun = CHILDREN.get(reading.sex, unit) if is_young else unit
        return self.number_with_unit(value_id) + ("" if unit in UNITS else f" {code_for_readers(noun)}")

    def earlier_and_later_figure(self, change_id: str) -> tuple[Reading, ...]:
        """The earlier and the later figure that a change compares; empty if either is missing."""
        earlier, later = (self._index.main_mentions_linked_to(end, change_id) for end in ENDS)
        return (earlier[0], later[0]) if earlier and later else ()

    def nearly_or_just_over(self, reading: Reading) -> str:
        """The words “nearly” or “just over” if a source uses them; otherwise blank."""
        near = [said for word, said in NEARLY.items() if word in reading.printed.lower()]
        return near[0] if near else ""

    def quoted_number(self, value_id: str) -> str:
        """The source's own words for the number, in quotation marks."""
        return f"“{self.reading(value_id).printed}”"

    def publisher(self, value_id: str) -> str:
        """Return the publisher of a reading's source, spelt as in the table `sources`."""
        return self.source_row(value_id)["publisher"]

    def publisher_in_sentence(self, value_id: str) -> str:
        """The publisher of a reading's source, as a sentence names it."""
        return publisher_in_sentence(self.source_row(value_id))

    def source_row(self, value_id: str) -> Row:
        """The row of `sources` from which a reading comes."""
        return self._package.row("sources", self.reading(value_id).source_id)

    def measure_ages_and_sex(self, value_id: str) -> list[str]:
        """What is measured, at which ages and for which sex; a part that is not known is blank."""
        reading = self.reading(value_id)
        sex = reading.sex if reading.sex in ("female", "male") else ""
        return [self._index.indicators_by_id[reading.indicator_id]["name"], ages_in_words(reading), sex]

    def quantity_label(self, value_id: str) -> str:
        """A label for a quantity: what is measured, of whom, where and when.

        If other quantities have the same label, it also says who reported this one.
        """
        reading = self.reading(value_id)
        heading = self.naming.heading_for_quantity(reading)
        is_shared = self._heading_counts[heading] > 1 and reading.is_main
        told_by = organisation_with_article(self.credited_body(reading) or self.publisher(value_id))
        return f"{heading}, according to {told_by.partition(' (')[0]}" if is_shared else heading

    @cached_property
    def _heading_counts(self) -> Counter[str]:
        """How many quantities have each heading."""
        return Counter(self.naming.heading_for_quantity(reading) for reading in self._index.main_mentions)

    def scope_words(self, value_id: str) -> str:
        """The people, place and time that a reading covers, according to its source."""
        reading = self.reading(value_id)
        unknown = reading.age_max_reason not in ("", "all_ages") and not reading.age_limits[0]
        place = self._package.name_of("places", reading.place_id)
        parts = [
            "" if unknown else age_range_words(reading),
            reading.sex if reading.sex in ("female", "male") else "",
            self._package.name_of("populations", reading.population_id) or "population not stated",
            f"{place}{PLACE_CARRIED.get(reading.place_basis, '')}",
            self._period_words(reading),
        ]
        return "; ".join(part for part in parts if part)

    def _period_words(self, reading: Reading) -> str:
        printed = reading.period_as_printed
        vague = f"“{printed}”" if printed and reading.period else printed
        words = (
            " – ".join(word for word in (period_in_words(reading.period), vague) if word)
            or "period not stated"
        )
        return words + CARRIED.get(reading.period_basis, "")

    def period_words(self, reading: Reading) -> str:
        """The period of a reading as the data give it; if they give none, in the source's own words."""
        return reading.period or reading.period_as_printed or "not stated"

    def number_of_people_asked(self, reading: Reading) -> str:
        """The number of people asked, if the same passage gives it with a count of some of them.

        Otherwise blank.
        """
        where = reading.source_id, reading.locator, reading.population_id
        links = self._package.rows_with_cell("links", "from_id", reading.id)
        wholes = [self.reading(row["to_id"]) for row in links if row["relation"] == "part_of"]
        beside = [
            whole for whole in wholes if (whole.source_id, whole.locator, whole.population_id) == where
        ]
        kind = (
            self._package.rows_by_key("populations").get(reading.population_id, {}).get("population_kind")
        )
        return self.number_with_unit(beside[0].id) if beside and kind == "respondents" else ""

    def caution_words(self, value_id: str) -> str:
        """The caution that follows a figure wherever it is listed; blank if it needs none."""
        reading = self.reading(value_id)
        if company := self._index.required_companions(reading):
            leads = group_by_key(
                (self._relation_to_other(reading, other), self.number_with_context(other, reading))
                for other in company
            )
            return " – " + "; ".join(f"{lead}: {'; '.join(others)}" for lead, others in leads.items())
        words = [CAUTIONS.get(reading.show, ""), self.why_withdrawn(value_id).rstrip(".")]
        return f" – {': '.join(word for word in words if word)}" if any(words) else ""

    def why_withdrawn(self, value_id: str) -> str:
        """The reason for a withdrawal; blank for a reading that was not withdrawn."""
        of_row = self._package.rows_with_cells("corrections", row_key=value_id, kind="withdrawal")
        return of_row[-1]["reason"] if of_row and self.reading(value_id).is_withdrawn else ""

    def _relation_to_other(self, reading: Reading, other: Reading) -> str:
        """How another figure relates to this one: “contradicted by” only if both cannot be true."""
        if reading.show == "conflict_only" and self._has_recorded_contradiction(reading, other):
            return "contradicted by"
        return "also reported" if reading.quantity_id == other.quantity_id else "to be read with"

    def _has_recorded_contradiction(self, reading: Reading, other: Reading) -> bool:
        """Return whether `conflicts` records a contradiction between these two readings."""
        ids = reading.id, other.id
        rows = self._package.rows_with_cell("conflicts", "type", CONTRADICTION)
        found = [row for row in rows if row["value_id"] in ids]
        if reading.quantity_id != other.quantity_id:
            return any(row["dimension"] == "ends" for row in found)
        return any({row["value_id"], row["other_id"]} == {reading.id, other.id} for row in found)

    def number_with_context(self, reading: Reading, beside: Reading) -> str:
        """A number with its scope and publisher, and its period if its quantity is not that of `beside`."""
        scope = reading.scope_as_printed.removeprefix("of ")
        when = f", {self.period_words(reading)}" if reading.quantity_id != beside.quantity_id else ""
        return f"{self.quoted_number(reading.id)} of {scope}{when} ({self.publisher(reading.id)})"

    @cached_property
    def _all_mentions(self) -> dict[str, list[Reading]]:
        return group_by_key(
            (reading.quantity_id, reading) for reading in self._index.readings_by_id.values()
        )

    def all_mentions(self, quantity_id: str) -> list[Reading]:
        """All mentions of a quantity, including withdrawn ones, because links to them must keep working."""
        return self._all_mentions[quantity_id]

    def mentions_not_withdrawn_or_all(self, quantity_id: str) -> list[Reading]:
        """The mentions that were not withdrawn, or all mentions if every one of them was."""
        return self._index.mentions_of_quantity(quantity_id) or self.all_mentions(quantity_id)

    def earliest_published(self, readings: Iterable[Reading]) -> Reading:
        """The reading with the earliest known date of publication."""
        date_of = self._index.date_published
        return min(readings, key=lambda reading: (date_sort_key(date_of(reading)), reading.id))

    def claims_repeated_by(self, readings: Iterable[Reading]) -> list[str]:
        """The claims that at least one of the readings repeats."""
        return sorted({claim for reading in readings for claim in self._index.claims_of(reading.id)})

    def credited_body(self, reading: Reading) -> str:
        """The organisation that a reading credits; blank if it credits none."""
        return self._package.name_of("organisations", reading.credited_to)

    def credit_of_another(self, reading: Reading) -> str:
        """The credited organisation, unless it published the source itself; otherwise blank."""
        speaker = self._package.row("sources", reading.source_id)["organisation_id"]
        is_own = reading.is_primary and speaker in ("", reading.credited_to)
        return "" if is_own else self.credited_body(reading)


def _limit_with_enough_digits(reading: Reading, end: str) -> str:
    """A limit of a reading, with two significant digits if we did the division: 1 in 350 is 0.29%."""
    is_divided = reading.written_in == "fraction" and denominator_in_printed_share(reading.printed).strip(
        "0"
    ) not in (
        "",
        "1",
    )
    return f"{float(end):.2g}" if end and is_divided else end
