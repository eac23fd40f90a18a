"""A sentence to quote for each reading: who reported it, when, what was found, of whom and where.

It states nothing that is not in the row. If a reading must not be quoted alone, what must go with it
follows. Readers paste the sentence as their own, so it uses neither “we” nor our internal terms.
"""

import re

from scripts.package.files import Row
from scripts.package.package import Package
from scripts.package.reading import Reading
from scripts.package.shared_words import is_number_in_words
from scripts.wording.publisher_names import organisation_with_article
from scripts.wording.reading_words import ReadingWords
from scripts.wording.text_formatting import (
    capitalise_first,
    date_in_words,
    format_percent,
    format_whole_number,
    join_with_commas_and,
    period_in_words,
)

ACTIVITY = " The figure comes from records, which show activity, not how common the harm is."
AUTHORS = "the data set's authors"
SAID = ("{were}", "{judged}", "{held}", "{tallied}", "{there_were}", "estimated", "planned", "a plan")
LAST = {
    "retrospective_only": " The figure looks back on childhood; it is not a share of children today.",
    "no_trend": " Editions of this estimate differ in method and are not a trend.",
}
DIGITS, MILLIONS = re.compile(r"\d[\d,.]*\d|\d"), re.compile(r"\b(\d+),(\d)00,000\b")
OF_NUMBERS = {"claim_type": "measurement", "reach": "no_study_named"}  # statements about numbers
UNNAMED = " does not name"  # marks the name of an organisation that stands for unnamed ones
AGAINST_ITS_ENDS = "change_against_its_ends"
BESIDE = " Quote it only beside this: "


def _period_with_preposition(date: str) -> str:
    return f"{'on' if date.count('-') == 2 else 'in'} {date_in_words(date)}"


def period_as_adverb(reading: Reading) -> str:
    """Words for the time, such as “in March 2015”; if no period is known, the source's own words.

    If there are no such words either, they say that the time is not stated.
    """
    if reading.period:
        return (
            f"from {period_in_words(reading.period)}"
            if "/" in reading.period
            else _period_with_preposition(reading.period)
        )
    return f"“{reading.period_as_printed}”" if reading.period_as_printed else "when is not stated"


def _short_period_words(reading: Reading) -> str:
    return f" ({period_in_words(reading.period)})" if reading.period else ""


def estimates_by_preferred_method(package: Package, value_id: str) -> list[Row]:
    """The rows of `estimates` for a share that are computed by the method that pages show first."""
    rows = package.rows_with_cell("estimates", "value_id", value_id)
    return [row for row in rows if row["is_first_method"] == "true"]


class QuotableSentences:
    """The quotable sentences for the readings of one package."""

    def __init__(self, package: Package, values: ReadingWords) -> None:
        self._package, self._values = package, values

    def sentence_to_quote(self, value_id: str) -> str:
        """The sentence to quote for a reading; blank if the reading was withdrawn."""
        reading = self._values.reading(value_id)
        if reading.is_withdrawn:
            return ""
        parts = (
            self.who_reported_what_clause,
            self._sentences_on_scope_not_yet_said,
            self._note_if_number_does_not_follow,
            self._sentences_on_compared_figures,
            self._sentence_on_reported_totals,
            self._sentence_on_companion_figures,
        )
        return "".join(part(reading) for part in parts)

    def who_reported_what_clause(self, reading: Reading) -> str:
        """A sentence that says who reported a figure and when, who is credited, and what was found."""
        found = (
            f"{self._period_phrase(reading)}"
            f"{self._values.naming.finding_clause(reading, self._number_with_printed_token(reading))}"
        )
        date = self._values.source_row(reading.id)["date_published"]
        told = (
            f"{self._values.publisher_in_sentence(reading.id)} reported"
            f"{f' {_period_with_preposition(date)}' if date else ''}"
        )
        return (
            f"{capitalise_first(told)}{self._credited_or_disputing_phrase(reading)} that {found}"
            f"{self._inferred_scope_note(reading, date)}."
        )

    def _number_with_printed_token(self, reading: Reading) -> str:
        """The number, followed by the source's own words if they do not give the same digits."""
        words = MILLIONS.sub(r"\1.\2 million", self._values.number_with_unit(reading.id)).replace(
            ".0 million", " million"
        )
        has_digits = all(number in reading.printed for number in DIGITS.findall(words))
        is_told = (has_digits and words != "none") or is_number_in_words(reading.printed)
        return (
            words if is_told or reading.is_exact_in_digits else f"{words} (reported: “{reading.printed}”)"
        )

    def _period_phrase(self, reading: Reading) -> str:
        is_between = "{between}" in self._values.naming.indicator_words(reading)["sentence"]
        return "" if is_between or not reading.period else f"{period_as_adverb(reading)}, "

    def _credited_or_disputing_phrase(self, reading: Reading) -> str:
        """A phrase saying who is credited with the survey or disputes it; blank for its own figure."""
        if reading.credits_a_person:
            return ", crediting a person but no organisation,"
        if names := self._disputing_organisations(reading):
            return f", in telling that {join_with_commas_and(names)} disputed the survey,"
        credited = self._values.credit_of_another(reading)
        is_own = (
            reading.credited_to
            and self._values.source_row(reading.id)["organisation_id"] == reading.credited_to
        )
        if is_own or (not credited and reading.is_primary):
            return ""
        if credited:
            return f", citing {organisation_with_article(credited)},"
        return f", naming no source{self._partly_read_caveat(reading)},"

    def _partly_read_caveat(self, reading: Reading) -> str:
        """A phrase that limits a remark on what a text lacks, if only a part of the text was read."""
        is_whole = self._values.source_row(reading.id)["read_extent"] == "whole"
        return "" if is_whole else f" in the part that {AUTHORS} read"

    def _sentences_on_scope_not_yet_said(self, reading: Reading) -> str:
        """Sentences on the time, place and kind of number, unless the main sentence already gives them."""
        words, vague = self._values.naming.indicator_words(reading)["sentence"], reading.period_as_printed
        when = f" The text gives the time as “{vague}”." if vague else " The text does not say when."
        parts = [
            "" if reading.period else when,
            ""
            if self._values.naming.place_in_sentence(reading)
            else f" The text names no place{self._partly_read_caveat(reading)}.",
            "" if any(form in words for form in SAID) else self._note_on_how_number_came_about(reading),
            self._claim_warning(reading) if reading.is_claim else "",
        ]
        return "".join(parts)

    def _note_on_how_number_came_about(self, reading: Reading) -> str:
        """A remark on how the number came about; blank if there is none for it."""
        note = self._package.reading_index.words_for_code("nature", reading.nature, "note")
        return note and f" {note}"

    def _claim_warning(self, reading: Reading) -> str:
        """A warning that the figure is a claim, with what the text says about how numbers came about."""
        told = self._package.rows_with_cells("statements", source_id=reading.source_id, **OF_NUMBERS)
        said = "".join(f" {row['paraphrase'].partition('. ')[0]}." for row in told)
        credited = self._values.credit_of_another(reading)
        is_lost = self._package.rows_with_cells("origins", value_id=reading.id, chain="chain_breaks")
        is_named = credited and UNNAMED not in credited and is_lost
        lacks = f", from {organisation_with_article(credited)} or anyone else" if is_named else ""
        return f"{said} The figure is a claim: {AUTHORS} found no count behind it{lacks}."

    def _inferred_scope_note(self, reading: Reading, published: str) -> str:
        """A note on what was inferred or taken from another source: the dates and the place.

        It also says if the date of the text was not seen.
        """
        by = reading.period_basis if reading.period else ""
        others = ["the date of the figure"] if by == "other_source" else []
        if reading.place_basis:
            others.append("the place")
        parts = [
            "" if published else "the date of the text was not seen",
            "the date of the figure is inferred" if by == "our_reading" else "",
            f"{' and '.join(others)} {'are' if others[1:] else 'is'} from another source" if others else "",
        ]
        return f" ({'; '.join(filter(None, parts))})" if any(parts) else ""

    def _note_if_number_does_not_follow(self, reading: Reading) -> str:
        """What the reported figures give, if the reported share or change does not follow from them."""
        if (other := self._recomputed_change_if_different(reading)) is not None:
            told = other.replace(" percent", "%")
            return f" But the two figures compared give a different change: from {told}."
        return self._note_on_recomputed_share(reading)

    def _recomputed_change_if_different(self, reading: Reading) -> str | None:
        """The change computed from the two figures, if it differs from the reported one; otherwise None."""
        rows = self._package.rows_with_cell("conflicts", "value_id", reading.id)
        return next((row["other_has"] for row in rows if row["kind"] == AGAINST_ITS_ENDS), None)

    def _sentences_on_compared_figures(self, reading: Reading) -> str:
        """Sentences on the two figures that a change compares, and on what their counts give instead."""
        ends = self._values.earlier_and_later_figure(reading.id)
        if not ends or self._recomputed_change_if_different(reading) is not None:
            return ""
        whom = " of {}" if not reading.population_id else ""
        groups = [whom.format(self._values.naming.population_name(end)) for end in ends]
        values = [self._values.number_with_noun(end.id) for end in ends]
        told = map("".join, zip(values, groups, map(_short_period_words, ends), strict=True))
        notes = "".join(map(self._note_on_end_of_change, ends))
        return f" The two figures compared are {' and '.join(told)}.{notes}"

    def _note_on_end_of_change(self, end: Reading) -> str:
        """A note on one figure of a change, if it has no denominator or its counts give another share."""
        value = self._values.number_with_unit(end.id)
        if self._lacks_denominator(end.id):
            return f" {capitalise_first(AUTHORS)} found no number of people for the {value}."
        given = self._note_on_recomputed_share(end)
        return f"{given} The change would then be different." if given else ""

    def _lacks_denominator(self, value_id: str) -> bool:
        """Return whether this is a share whose count is reported but whose denominator is not."""
        return self._package.row("values", value_id)["no_interval_reason"] == "denominator_not_printed"

    def _is_incompatible_with_its_counts(self, reading: Reading) -> bool:
        """Return whether a reported share does not follow from its counts under any rounding rule."""
        follows = self._package.rows_with_cell("consistency", "value_ids", reading.id)
        verdicts = {row["verdict"] for row in follows if row["denominator"]}
        return bool(verdicts) and "consistent" not in verdicts

    def _note_on_recomputed_share(self, reading: Reading) -> str:
        """What the reported counts give, if the reported share does not follow from them."""
        rows = estimates_by_preferred_method(self._package, reading.id)
        if not rows or not self._is_incompatible_with_its_counts(reading):
            return ""
        first, *others = rows
        numerator, denominator = map(format_whole_number, (first["numerator"], first["denominator"]))
        counts = f"{numerator} of {denominator} people"
        gave = (
            f" The counts that {self._values.publisher_in_sentence(first['denominator_id'])} "
            f"gave, {counts},"
        )
        reported = self._values.number_with_unit(reading.id)
        come = f"work out at {format_percent(first['estimate'])}, not {reported}"
        return f"{gave} {come}{''.join(map(self._other_total_words, others))}."

    def _other_total_words(self, row: Row) -> str:
        gave = f"; {self._values.publisher_in_sentence(row['denominator_id'])} gave a total of"
        return (
            f"{gave} {format_whole_number(row['denominator'])} people, which would make it "
            f"{format_percent(row['estimate'])}"
        )

    def _sentence_on_reported_totals(self, reading: Reading) -> str:
        """A sentence on each total reported for the count of an age group, or on the lack of one."""
        if total := self._values.number_of_people_asked(reading):
            return f" The number is out of {total}."
        if "people {judged}" not in self._values.naming.indicator_words(reading)["caption"]:
            return ""
        matching = self._package.rows_with_cells
        shares = [
            row["to_id"] for row in matching("links", from_id=reading.quantity_id, relation="numerator_of")
        ]
        rows = [row for share in shares for row in matching("estimates", value_id=share)]
        bases = list(dict.fromkeys(format_whole_number(row["denominator"]) for row in rows))
        if bases:
            return f" The total number of people is reported as {' and as '.join(bases)}."
        is_missing = any(map(self._lacks_denominator, shares))
        return f" {capitalise_first(AUTHORS)} found no total number of people." if is_missing else ""

    def _sentence_on_companion_figures(self, reading: Reading) -> str:
        if company := [
            self.who_reported_what_clause(other)
            for other in self._package.reading_index.required_companions(reading)
        ]:
            return f"{BESIDE}{' '.join(company)}"
        if reading.is_none_found and reading.denominator_reason:
            return (
                f" {capitalise_first(AUTHORS)} do not know how many people were seen: none "
                "found is not none."
            )
        if self._package.rows_with_cell("limitation_examples", "value_id", reading.quantity_id):
            return " The figure is not a count of exploited children."
        is_of_records = not reading.is_claim and self._counts_activity(reading)  # claims have no records
        return LAST.get(reading.show, "") or (ACTIVITY if is_of_records else "")

    def _disputing_organisations(self, reading: Reading) -> list[str]:
        """The organisations that, in the same text, dispute that none was found."""
        rows = self._package.scope_rows("statements", "value_id", reading.quantity_id)
        keys = [row["statement_id"] for row in rows if row["bearing"] == "disputes"]
        told = [self._package.row("statements", key) for key in keys if reading.is_none_found]
        bodies = {row["organisation_id"] for row in told if row["source_id"] == reading.source_id}
        return sorted(self._package.name_of("organisations", body) for body in bodies)

    def _counts_activity(self, reading: Reading) -> bool:
        """Return whether the reading counts what police, courts or organisations did or recorded."""
        population = self._package.rows_by_key("populations").get(reading.population_id, {})
        return reading.topic == "response" and population.get("population_kind") == "records"
