"""One reading: a number that one source reports, as a typed row, with its dates and ages.

Partial dates and periods are as in ISO 8601: `2015`, `2015-06`, `2015-06-10`, `2012/2015`. They stay
strings and are never completed; functions return what can be concluded from them.
"""

from collections.abc import Mapping
from typing import NamedTuple

from scripts.package.files import Row

# The smallest count of people in one city that identifies nobody. This is the only place with the number.
ENOUGH_PEOPLE = 11


class Reading:
    """A number that one source prints, with each column of its row as an attribute, in text.

    `kinds` maps a column and a code to the kind of that code. Properties that need the kind of a code raise
    KeyError if it has none.
    """

    __slots__ = ("__dict__", "_kinds")

    value_id: str
    mention_of: str
    topic: str
    study_id: str
    study_id_reason: str
    indicator_id: str
    place_id: str
    place_basis: str
    age_min: str
    age_min_reason: str
    age_max: str
    age_max_reason: str
    sex: str
    population_id: str
    population_id_reason: str
    period: str
    period_reason: str
    period_as_printed: str
    period_basis: str
    printed: str
    written_in: str
    low: str
    high: str
    qualifier: str
    interval_low: str
    interval_high: str
    interval_level: str
    interval_level_reason: str
    nature: str
    weighted: str
    evidence: str
    credited_to: str
    credited_to_reason: str
    scope_as_printed: str
    source_id: str
    locator: str
    show: str
    series: str
    denominator_reason: str
    disclosure: str
    also_fact_ids: str

    def __init__(self, row: Row, kinds: Mapping[tuple[str, str], str]) -> None:
        self.__dict__ = row  # not copied, because a large ledger has many rows
        self._kinds = kinds

    @property
    def id(self) -> str:
        """The key of the row, its `value_id`."""
        return self.value_id

    @property
    def quantity_id(self) -> str:
        """The id of the main mention, which defines the quantity: this reading or another."""
        return self.mention_of or self.value_id

    @property
    def ages(self) -> tuple[str, str]:
        """The youngest and the oldest age; blank if unknown."""
        return self.age_min, self.age_max

    @property
    def has_ages(self) -> bool:
        """Does it name an age limit? “From birth” does not count."""
        return any(end.isdecimal() and end != "0" for end in self.ages)

    @property
    def number(self) -> tuple[str, str, str]:
        """The number with its qualifier, such as 2.2, or just over 2."""
        return self.low, self.high, self.qualifier

    @property
    def is_main(self) -> bool:
        """Is this the main mention, which defines the quantity? Other mentions restate it."""
        return self.id == self.quantity_id

    @property
    def is_withdrawn(self) -> bool:
        """Was it withdrawn? Its row and page stay, but nothing is computed from it."""
        return self.show == "withdrawn"

    @property
    def base(self) -> tuple[str, ...]:
        """The study, population, place and sex: figures that agree in all four have the same
        denominator. ("share" is read as the noun)
        """
        return self.study_id, self.population_id, self.place_id, self.sex

    @property
    def is_decimal(self) -> bool:
        """Is it an exact number in digits, whose last digit shows how it was rounded?"""
        return self.is_point and self.written_in == "digits"

    @property
    def evidence_type(self) -> str:
        """The kind of evidence: other_study, administrative_record, estimate, model or claim."""
        return self._kinds["nature", self.nature]

    @property
    def bound(self) -> str:
        """The kind of its qualifier: exact, about, below, above, between or none_found."""
        return self._kinds["qualifier", self.qualifier]

    @property
    def is_primary(self) -> bool:
        """Does the source report its own work, and not that of others?"""
        return self._kinds["evidence", self.evidence] == "primary"

    @property
    def is_observed(self) -> bool:
        """Were people seen, asked or measured, and counted?"""
        return self.evidence_type == "other_study"

    @property
    def is_estimate(self) -> bool:
        """Was it judged or computed, and not counted?"""
        return self.evidence_type in ("estimate", "model")

    @property
    def is_claim(self) -> bool:
        """Was it stated without an explanation of how it is known?"""
        return self.evidence_type == "claim"

    @property
    def is_counted(self) -> bool:
        """Is it an exact number that somebody counted, and not a rounded or scaled estimate?"""
        return self.is_point and self.evidence_type in ("other_study", "administrative_record")

    @property
    def is_origin(self) -> bool:
        """Was it published by the organisation that measured or recorded it, and is it no claim?"""
        return self.is_primary and not self.is_claim

    @property
    def credits_a_person(self) -> bool:
        """Does a secondary source credit a person? Persons are not named, so no organisation can be."""
        return not self.is_primary and self.credited_to_reason == "not_applicable"

    @property
    def is_free(self) -> bool:
        """May it be shown without a contradicting figure or a warning?"""
        return self.show in ("free", "with_both_denominators")

    @property
    def is_point(self) -> bool:
        """Is it one exact number, and not a bound, a range or an approximation?"""
        return self.bound == "exact"

    @property
    def is_none_found(self) -> bool:
        """Does the source say that it looked and found none?"""
        return self.bound == "none_found"


class Span(NamedTuple):
    """The first and last day that a partial date or period may mean, as text that sorts."""

    start: str
    end: str


def span(period: str) -> Span:
    """The first and last day that a partial date, or a period with a slash, may include.

    Every month ends on day 31: the text is only compared, and sorts as well as the true last day.
    """
    first, _, last = period.partition("/")
    return Span(first + "0000-01-01"[len(first) :], (last or first) + "9999-12-31"[len(last or first) :])


def period_contains(outer: str, inner: str) -> bool:
    """Does the second period lie within the first? A year contains its months."""
    wide, narrow = span(outer), span(inner)
    return wide.start <= narrow.start and narrow.end <= wide.end


def sort_key(date: str) -> tuple[str, int]:
    """Sort partial dates by their last possible day, the more exact date first.

    So a bare year follows its months, and a blank date comes last.
    """
    return (span(date).end, -len(date)) if date else ("~", 0)


def _ages_without_end(low: str, reason: str) -> str:
    if reason == "all_ages":
        return "all ages" if low in ("", "0") else f"{low} and older"
    words = reason.replace("_", " ")
    if low in ("", "0"):
        return f"upper age {words}" if low else words
    return f"from {low}, upper age {words}"


def age_words(reading: Reading) -> str:
    """Say an age range as a reader would."""
    low, high = reading.ages
    if not high:
        return _ages_without_end(low, reading.age_max_reason)
    if low in ("", "0"):
        return f"under {int(high) + 1}"
    return low if low == high else f"{low} to {high}"
