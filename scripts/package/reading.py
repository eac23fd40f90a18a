"""Readings: numbers that sources report, as objects made from their rows, with their dates and ages.

Partial dates and periods are written as in ISO 8601: `2015`, `2015-06`, `2015-06-10`, `2012/2015`. They
stay strings and are never completed; functions return what can be concluded from them.
"""

from collections.abc import Mapping
from typing import NamedTuple

from scripts.package.files import Row

# The smallest count of people in one city that identifies nobody; no other place in the code has this
# number.
ENOUGH_PEOPLE = 11


class Reading:
    """A number that one source reports; each column of its row is an attribute, as text.

    `kinds` maps a column and a code to the kind of that code. Properties that depend on a kind raise
    KeyError for a code without one.
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
        self.__dict__ = row  # not copied, because a large package has many rows
        self._kinds = kinds

    @property
    def id(self) -> str:
        """The key of the row, its `value_id`."""
        return self.value_id

    @property
    def quantity_id(self) -> str:
        """The id of the main mention, this reading or another, which is also the id of the quantity."""
        return self.mention_of or self.value_id

    @property
    def age_limits(self) -> tuple[str, str]:
        """The youngest and the oldest age; blank where unknown."""
        return self.age_min, self.age_max

    @property
    def has_ages(self) -> bool:
        """Whether the reading gives an age limit; “from birth” does not count."""
        return any(end.isdecimal() and end != "0" for end in self.age_limits)

    @property
    def number_limits_and_qualifier(self) -> tuple[str, str, str]:
        """The lower and the upper number as text, and the code of the qualifier, such as exact or about."""
        return self.low, self.high, self.qualifier

    @property
    def is_main(self) -> bool:
        """Whether this is the main mention, which defines the quantity that other mentions restate."""
        return self.id == self.quantity_id

    @property
    def is_withdrawn(self) -> bool:
        """Whether the reading was withdrawn: its row and page stay, but nothing is computed from it."""
        return self.show == "withdrawn"

    @property
    def denominator_key(self) -> tuple[str, ...]:
        """The study, population, place and sex; shares that agree in all four have the same denominator."""
        return self.study_id, self.population_id, self.place_id, self.sex

    @property
    def is_exact_in_digits(self) -> bool:
        """Whether this is an exact number printed in digits, so that its last digit shows its rounding."""
        return self.is_one_exact_number and self.written_in == "digits"

    @property
    def evidence_type(self) -> str:
        """The kind of evidence: other_study, administrative_record, estimate, model or claim."""
        return self._kinds["nature", self.nature]

    @property
    def qualifier_kind(self) -> str:
        """The kind of the qualifier: exact, about, below, above, between or none_found."""
        return self._kinds["qualifier", self.qualifier]

    @property
    def is_primary(self) -> bool:
        """Whether the source reports its own work, rather than that of others."""
        return self._kinds["evidence", self.evidence] == "primary"

    @property
    def is_observed(self) -> bool:
        """Whether the number comes from people who were seen, asked or measured, and then counted."""
        return self.evidence_type == "other_study"

    @property
    def is_estimate(self) -> bool:
        """Whether the number was judged or computed, rather than counted."""
        return self.evidence_type in ("estimate", "model")

    @property
    def is_claim(self) -> bool:
        """Whether the number was stated without explaining how it is known."""
        return self.evidence_type == "claim"

    @property
    def is_counted(self) -> bool:
        """Whether this is an exact number that somebody counted, not a rounded or scaled estimate."""
        return self.is_one_exact_number and self.evidence_type in ("other_study", "administrative_record")

    @property
    def is_from_original_organisation(self) -> bool:
        """Whether this is not a claim and comes from the organisation that measured or recorded it."""
        return self.is_primary and not self.is_claim

    @property
    def credits_a_person(self) -> bool:
        """Whether a secondary source credits a person (who is not named), rather than an organisation."""
        return not self.is_primary and self.credited_to_reason == "not_applicable"

    @property
    def may_be_shown_alone(self) -> bool:
        """Whether the reading may be shown without a contradicting figure or a warning."""
        return self.show in ("free", "with_both_denominators")

    @property
    def is_one_exact_number(self) -> bool:
        """Whether this is one exact number, not a bound, a range or an approximation."""
        return self.qualifier_kind == "exact"

    @property
    def is_none_found(self) -> bool:
        """Whether the source says that it looked for cases and found none."""
        return self.qualifier_kind == "none_found"


class DateSpan(NamedTuple):
    """The first and last day that a partial date or period may cover, as strings that sort by date."""

    start: str
    end: str


def date_span(period: str) -> DateSpan:
    """The first and last day that a partial date, or a period with a slash, may cover.

    Every month is taken to have 31 days, which is harmless because the strings are only compared.
    """
    first, _, last = period.partition("/")
    return DateSpan(
        first + "0000-01-01"[len(first) :], (last or first) + "9999-12-31"[len(last or first) :]
    )


def period_contains(outer: str, inner: str) -> bool:
    """Return whether the second period lies within the first; a year contains its months."""
    wide, narrow = date_span(outer), date_span(inner)
    return wide.start <= narrow.start and narrow.end <= wide.end


def date_sort_key(date: str) -> tuple[str, int]:
    """A key that sorts partial dates by their last possible day, more exact dates first.

    So a year alone comes after its months, and a blank date comes last.
    """
    return (date_span(date).end, -len(date)) if date else ("~", 0)


def _open_age_range_words(low: str, reason: str) -> str:
    if reason == "all_ages":
        return "all ages" if low in ("", "0") else f"{low} and older"
    words = reason.replace("_", " ")
    if low in ("", "0"):
        return f"upper age {words}" if low else words
    return f"from {low}, upper age {words}"


def age_range_words(reading: Reading) -> str:
    """The age range of a reading in words for readers, such as “under 18”."""
    low, high = reading.age_limits
    if not high:
        return _open_age_range_words(low, reading.age_max_reason)
    if low in ("", "0"):
        return f"under {int(high) + 1}"
    return low if low == high else f"{low} to {high}"
