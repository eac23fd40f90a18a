"""What pages ask for by role: a featured reading in words, and the computed rows that rest on some of them.

A reading that was withdrawn, or a row that is not there, is `Gone`: the page then says so.
"""

from collections.abc import Callable

from markupsafe import Markup

from scripts.package.files import Row
from scripts.package.opening import Package
from scripts.package.reading import Reading
from scripts.site.gone import Gone
from scripts.wording.quotes import Quotes
from scripts.wording.reading_words import Values
from scripts.wording.reported_by import reported_by
from scripts.wording.words import begun, by_number, escape

Words = str | Gone
Rows = list[Row] | Gone
Found = Row | Gone


class Figure:
    """A featured reading as pages write it; its words are gone where it was withdrawn."""

    def __init__(
        self, one: Reading, values: Values, quotes: Quotes, value_url: Callable[[str], Markup]
    ) -> None:
        self.id, self.source_id, self.oldest_age = one.id, one.source_id, one.ages[1]
        self._one, self._values, self._quotes, self._value_url = one, values, quotes, value_url

    @property
    def link(self) -> Words:
        """Its number as a link to its page."""
        link = Markup('<a href="{}">{}</a>')
        return self._said(link.format(self._value_url(self.id), escape(self._values.value(self.id))))

    @property
    def value(self) -> Words:
        """Its number with the unit."""
        return self._said(self._values.value(self.id))

    @property
    def printed(self) -> Words:
        """Its token in quotation marks."""
        return self._said(self._values.printed(self.id))

    @property
    def label(self) -> Words:
        """The name of what it measures."""
        return self._said(self._values.label(self.id))

    @property
    def scope(self) -> Words:
        """What its source calls the people."""
        return self._said(self._one.scope_as_printed)

    @property
    def quote(self) -> Words:
        """The sentence ready to quote."""
        return self._said(self._quotes.sentence(self.id))

    def _said(self, words: str) -> Words:
        return Gone([self.id]) if self._one.is_withdrawn else words


class Figures:
    """The featured readings of one package, asked for by role, and what was computed from them."""

    def __init__(
        self, package: Package, values: Values, quotes: Quotes, value_url: Callable[[str], Markup]
    ) -> None:
        self._package, self._values, self._quotes = package, values, quotes
        self._value_url = value_url
        self.featured = package.featured
        self.study_of, self.limitation_of = self.featured.study_id, self.featured.limitation_id
        self.missing_of = self.featured.missing_id

    def v(self, role: str) -> Words:
        """Write a featured reading as a link to its page."""
        return self.figure(role).link

    def figure(self, role: str) -> Figure:
        """All that pages write of a featured reading."""
        return Figure(self.featured.reading(role), self._values, self._quotes, self._value_url)

    def reported_by(self, *roles: str, called: str) -> Words:
        """Who reported featured readings, to begin a sentence; `called` is the body that they credit."""
        readings = self.readings(*roles)
        if isinstance(readings, Gone):
            return readings
        return begun(reported_by(self._package, readings, called))

    def facts_of(self, study: str, attribute: str) -> list[Row]:
        """What sources print of one kind about a featured study."""
        return self._package.matching("study_facts", study_id=self.study_of(study), attribute=attribute)

    def interval(self, share: str, people: str, effect: str) -> Found:
        """The first interval of a share at the least, largest or this design effect, or with all alike."""
        rows = _measured(self.rows("estimates", value_id=share, denominator_id=people), "sampled_share")
        first = _those(rows, lambda row: row["stands_first"] == "yes")
        if effect == "all_alike":  # clustering at its end
            return _first(_those(first, lambda row: self._assumes(row, "icc", 1)))
        tried = _those(first, lambda row: self._assumes(row, "design_effect"))
        if effect in ("least", "largest"):
            return _first(_sorted(tried, "design_effect"), at=0 if effect == "least" else -1)
        return _first(_those(tried, lambda row: row["design_effect"] == effect))

    def _assumes(self, row: Row, parameter: str, value: float | None = None) -> bool:
        """Does a row rest on an assumption of this parameter, and of this value if one is asked for?"""
        assumed = self._package.row("assumptions", row["assumption_id"])
        return assumed["parameter"] == parameter and value in (None, float(assumed["value"]))

    def _compared(self, earlier: str, later: str, measure: str) -> Rows:
        """What is computed of two featured readings by this measure."""
        return _measured(self.rows("comparisons", earlier_id=earlier, later_id=later), measure)

    def change(self, earlier: str, later: str, measure: str) -> Found:
        """How one featured reading became another: as printed, or as counted."""
        rows = self._compared(earlier, later, measure)
        return _first(_those(rows, lambda row: row["basis"] != "scenario"))

    def differences(self, earlier: str, later: str) -> Rows:
        """The limits of the difference of two counted shares, each with the likeness behind it, if any."""
        rows = self._compared(earlier, later, "difference")
        found = _those(rows, lambda row: row["basis"] == "scenario")
        if isinstance(found, Gone):
            return found
        likeness = {
            row["assumption_id"]: row["value"]
            for row in self._package.matching("assumptions", parameter="icc")
        }
        return [row | {"likeness": likeness.get(row["assumption_id"], "")} for row in found]

    def people_by_venue(self, earlier: str, later: str) -> Found:
        """How far the people judged under 18 in a venue became fewer."""
        rows = self._compared(earlier, later, "relative_reduction")
        return _first(_those(rows, lambda row: row["method"] == "poisson_conditional"))

    def venue_count(self, people: str) -> Found:
        """How many venues of a wave had none of these people, at the least."""
        rows = self.rows("estimates", numerator_id=people)
        return _first(_measured(rows, "least_share_of_venues_without"))

    def least_specificity(self, share: str, people: str) -> Found:
        """The specificity at which adults taken for children make up a counted share."""
        rows = self.rows("estimates", value_id=share, denominator_id=people)
        return _first(_measured(rows, "least_specificity"))

    def sensitivity_ratio(self, earlier: str, later: str) -> Found:
        """How much less often children would have to be recognised later, so that there is no fall."""
        return _first(self._compared(earlier, later, "sensitivity_ratio"))

    def design_effect_until_zero(self, earlier: str, later: str) -> Found:
        """The design effect at which the interval of a difference holds zero, at the smallest base."""
        return _first(
            _sorted(self._compared(earlier, later, "design_effect_to_include_zero"), "earlier_base")
        )

    def mistakes_in_one_wave(self, earlier: str, later: str) -> Found:
        """How many adults taken for children in the earlier wave alone would make the fall."""
        return _first(self._compared(earlier, later, "earlier_false_positive_rate"))

    def venue_size_cv(self, earlier: str, later: str, side: str) -> Found:
        """How unequal the venues of a wave must be for that design effect, at the smallest base."""
        return _first(_sorted(self._compared(earlier, later, f"{side}_venue_size_cv"), "earlier_base"))

    def variance_inflation(self, earlier: str, later: str) -> Found:
        """How many times the variance of counts by venue may be before they fit no change."""
        return _first(self._compared(earlier, later, "variance_inflation"))

    def parts_outside(self, earlier: str, later: str) -> Rows:
        """How affected each assumed part outside the frame would have to be to undo a fall."""
        return _sorted(self._compared(earlier, later, "affected_needed"), "assumed")

    def change_with_part_outside(self, earlier: str, later: str, assumed: str) -> Found:
        """Where a change can lie with so large a part outside the frame, of which nothing is known."""
        rows = self._compared(earlier, later, "change_bounds")
        return _first(_those(rows, lambda row: row["assumed"] == assumed))

    def joint_errors(self, earlier: str, later: str) -> Rows:
        """The hidden part that is enough to undo a fall, beside other errors, at the smallest base.

        By how affected the hidden are, by design effect, and by how well children are recognised.
        """
        rows = _sorted(self._compared(earlier, later, "hidden_share_needed_jointly"), "earlier_base")
        if isinstance(rows, Gone):
            return rows
        smallest = [row for row in rows if row["earlier_base"] == rows[0]["earlier_base"]]
        turned = {"assumed": 1, "later_design_effect": 1, "sensitivity_ratio": -1}
        return sorted(smallest, key=lambda row: [side * float(row[name]) for name, side in turned.items()])

    def zero_bounds(self, none_found: str) -> Rows:
        """All that is computed of a “none found”: bounds, sizes and chances."""
        rows = self.rows("estimates", value_id=none_found)
        return _those(rows, lambda row: row["method"] == "exact_one_sided")

    def luck(self, none_found: str) -> Rows:
        """How likely it is that none of those found elsewhere is in this place."""
        rows = self.zero_bounds(none_found)
        chance, surprise = (_measured(rows, name) for name in ("chance_of_none", "part_until_surprise"))
        if isinstance(chance, Gone) or isinstance(surprise, Gone):
            return Gone()
        return [*chance, *surprise]

    def rounding_tests(self, share: str, people: str) -> Rows:
        """Does a printed share follow from its count and this number of people? One row a rule."""
        base = self.featured.reading(people)
        if base.is_withdrawn:
            return Gone([base.id])
        return _those(self.rows("consistency", value_ids=share), lambda row: row["denominator"] == base.low)

    def readings(self, *roles: str) -> list[Reading] | Gone:
        """The readings in these roles; gone where one of them was withdrawn."""
        found = [self.featured.reading(role) for role in roles]
        withdrawn = [one.id for one in found if one.is_withdrawn]
        return Gone(withdrawn) if withdrawn else found

    def rows(self, table: str, **roles: str) -> Rows:
        """The rows of a derived table that rest on these featured readings, by the column of each."""
        found = self.readings(*roles.values())
        if isinstance(found, Gone):
            return found
        ids = {column: one.id for column, one in zip(roles, found, strict=True)}
        return self._package.matching(table, **ids) or Gone()


def _those(rows: Rows, is_meant: Callable[[Row], bool]) -> Rows:
    """Some of the rows; gone where none is there."""
    if isinstance(rows, Gone):
        return rows
    return [row for row in rows if is_meant(row)] or Gone()


def _measured(rows: Rows, measure: str) -> Rows:
    return _those(rows, lambda row: row["measure"] == measure)


def _sorted(rows: Rows, column: str) -> Rows:
    return rows if isinstance(rows, Gone) else by_number(rows, column)


def _first(rows: Rows, at: int = 0) -> Found:
    return rows if isinstance(rows, Gone) else rows[at]
