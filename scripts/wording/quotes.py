"""A sentence ready to quote for each reading: when, what was found of whom and where, who printed it.

Nothing is said that the row does not hold. What may not stand alone carries what must stand beside it.
"""

import re

from scripts.package.files import Row
from scripts.package.meaning import is_plain_number
from scripts.package.opening import Package
from scripts.package.reading import Reading
from scripts.wording.printers import body, of_what_we_read, printer
from scripts.wording.reading_words import Values
from scripts.wording.words import begun, date_words, percent, span_words, whole

NATURES = {  # said where the words of the indicator do not
    "estimated": " The number is an estimate.",
    "modelled": " The number is the result of a model.",
}
ACTIVITY = " It comes from records, which show activity, not how common the harm is."
AS_JUDGED = ("{were}", "{judged}", "{held}", "{counted}")
SAID = ("{were}", "{judged}", "{held}", "{tallied}", "{there_were}", "estimated", "planned", "a plan")
PERIODS = {"other_source": "the date is from another source", "our_reading": "the date is our inference"}
PLACE_CARRIED = "the place is from another source"
LAST = {
    "retrospective_only": " It looks back on childhood; it is not a share of children today.",
    "no_trend": " Editions of this estimate differ in method and are not a trend.",
}
DIGITS, MILLIONS = re.compile(r"\d[\d,.]*\d|\d"), re.compile(r"\b(\d+),(\d)00,000\b")
OF_NUMBERS = {"claim_type": "measurement", "reach": "no_study_named"}  # statements on what was counted
UNNAMED = " does not name"  # in a body that stands for those that a source leaves unnamed
AGAINST_ITS_ENDS = "change_against_its_ends"
BESIDE = " Quote it only beside this: "


def _in(date: str) -> str:
    return f"{'on' if date.count('-') == 2 else 'in'} {date_words(date)}"


def period_words(one: Reading) -> str:
    """Say when: in a year or month, or from one to another; else what the source says of it."""
    if one.period:
        return f"from {span_words(one.period)}" if "/" in one.period else _in(one.period)
    return f"“{one.period_as_printed}”" if one.period_as_printed else "when is not stated"


def _when_short(one: Reading) -> str:
    return f" ({span_words(one.period)})" if one.period else ""


def plain_intervals(package: Package, value_id: str) -> list[Row]:
    """The rows of `estimates` by the first method on printed counts, people treated as independent."""
    rows = package.grouped("estimates", "value_id", value_id)
    return [row for row in rows if (row["is_first_method"], row["basis"]) == ("yes", "counted")]


class Quotes:
    """Sentences for the readings of one package."""

    def __init__(self, package: Package, values: Values) -> None:
        self._package, self._values = package, values

    def sentence(self, value_id: str) -> str:
        """The sentence; blank for a reading that was withdrawn."""
        one = self._values.reading(value_id)
        if one.is_withdrawn:
            return ""
        parts = (self.told, self._unsaid, self._counted, self._ends, self._of_how_many, self._beside)
        return "".join(part(one) for part in parts)

    def told(self, one: Reading) -> str:
        """When, what was found of whom and where, who printed it when, and who is credited."""
        found = f"{self._when(one)}{self._values.naming.clause(one, self._value(one))}"
        source = self._package.row("sources", one.source_id)
        date = source["date_published"]
        told = f"{printer(source)} reported {_in(date) if date else '(date not visible)'}"
        return f"{begun(found)}, {told}{self._credit(one)}{self._ours(one)}."

    def _value(self, one: Reading) -> str:
        """The number; and the token, where that does not have the number in digits."""
        words = MILLIONS.sub(r"\1.\2 million", self._values.value(one.id)).replace(".0 million", " million")
        has_digits = all(number in one.printed for number in DIGITS.findall(words))
        is_told = (has_digits and words != "none") or is_plain_number(one.printed)
        return words if is_told or one.is_decimal else f"{words} (reported: “{one.printed}”)"

    def _when(self, one: Reading) -> str:
        is_between = "{between}" in self._values.naming.words(one)["sentence"]
        return "" if is_between or not one.period else f"{period_words(one)}, "

    def _credit(self, one: Reading) -> str:
        """Whom a document credits, where that is another than the body that speaks in it."""
        if one.credits_person:
            return ", crediting a person and no body"
        credited = self._values.credit_of_another(one)
        source = self._package.row("sources", one.source_id)
        if one.credited_to and source["organisation_id"] == one.credited_to:
            return ""
        if credited:
            return f", citing {body(credited)}"
        if one.evidence == "primary":
            return ""
        return f", naming no source{of_what_we_read([source])}"

    def _ours(self, one: Reading) -> str:
        """What of the sentence its source does not say, so that nobody quotes it as that of the source."""
        parts = [self._carried(one), self._judged(one)]
        return f" ({'; '.join(part for part in parts if part)})" if any(parts) else ""

    def _unsaid(self, one: Reading) -> str:
        """When, where and what kind of number it is, as far as the sentence has not said it."""
        words = self._values.naming.words(one)["sentence"]
        parts = [
            "" if one.period else self._no_period(one),
            "" if self._values.naming.place(one) else " The place is not named in what we read.",
            "" if any(form in words for form in SAID) else NATURES.get(one.nature, ""),
            self._claimed(one) if one.nature == "claimed" else "",
        ]
        return "".join(parts)

    def _claimed(self, one: Reading) -> str:
        """That it is a claim; what the same text says of numbers; and whom it credits in vain."""
        told = self._package.matching("statements", source_id=one.source_id, **OF_NUMBERS)
        said = "".join(f" {row['paraphrase'].partition('. ')[0]}." for row in told)
        credited = self._values.credit_of_another(one)
        is_lost = self._package.matching("origins", value_id=one.id, chain="chain_breaks")
        is_named = credited and UNNAMED not in credited and is_lost
        lacks = f", from {body(credited)} or anyone else" if is_named else ""
        return f"{said} It is a claim: we found no count behind it{lacks}."

    def _carried(self, one: Reading) -> str:
        """What of date and place another source says, or we infer."""
        if one.place_basis and one.period and one.period_basis == "other_source":
            return "the date and the place are from another source"
        date = PERIODS.get(one.period_basis, "") if one.period else ""
        return "; ".join(part for part in (date, PLACE_CARRIED if one.place_basis else "") if part)

    def _judged(self, one: Reading) -> str:
        """That judged is a word of ours, where we could not see how a study decided ages."""
        method = self._package.row("studies", one.study_id)["age_method"] if one.study_id else ""
        is_said = any(form in self._values.naming.words(one)["sentence"] for form in AS_JUDGED)
        is_ours = is_said and self._values.naming.judged(one)[0] == "judged" and method == "not_read"
        return "“judged” is not the source's word" if is_ours else ""

    def _no_period(self, one: Reading) -> str:
        vague = one.period_as_printed
        return f" It gives the time as “{vague}”." if vague else " It does not say when."

    def _counted(self, one: Reading) -> str:
        """What the printed counts give, where the printed share or change does not follow from them."""
        if (other := self._other_change(one)) is not None:
            return f" But its own two ends give a different change: {other}."
        return self._counts_give(one, "it")

    def _other_change(self, one: Reading) -> str | None:
        """What the two ends of a change give, where that is not what is printed."""
        rows = self._package.grouped("conflicts", "root_id", one.id)
        return next((row["printing_has"] for row in rows if row["kind"] == AGAINST_ITS_ENDS), None)

    def _ends(self, one: Reading) -> str:
        """The two ends of a change, what is missing of them, and what the counts of each give."""
        ends = self._values.ends(one.id)
        if not ends or self._other_change(one) is not None:
            return ""
        told = [f"{self._values.with_noun(end.id)}{_when_short(end)}" for end in ends]
        return f" The two ends are {' and '.join(told)}.{''.join(map(self._of_end, ends))}"

    def _of_end(self, end: Reading) -> str:
        """That nobody prints of how many an end is a share; or what its counts give in its place."""
        value = self._values.value(end.id)
        rows = self._package.grouped("estimates", "value_id", end.id)
        if any(row["no_interval_reason"] == "base_not_printed" for row in rows):
            return f" We found no number of people for the {value}."
        given = self._counts_give(end, value)
        return f"{given} The change would then be different." if given else ""

    def _is_off(self, one: Reading) -> bool:
        """A printed share that follows from the counts printed for it under no rule of rounding."""
        follows = self._package.grouped("consistency", "value_ids", one.id)
        verdicts = {row["verdict"] for row in follows if row["denominator"]}
        return bool(verdicts) and "consistent" not in verdicts

    def _counts_give(self, one: Reading, name: str) -> str:
        """What the counts printed for a share give, where it does not follow from them."""
        rows = plain_intervals(self._package, one.id)
        if not rows or not self._is_off(one):
            return ""
        first, *others = rows
        counts = f"{whole(first['numerator'])} of {whole(first['denominator'])} people"
        return f" The counts reported for {name}, {counts}, give {percent(first['estimate'])}." + "".join(
            f" With the total of {whole(row['denominator'])} people in "
            f"{self._values.printer(row['denominator_id'])}, {whole(row['numerator'])} would be "
            f"{percent(row['estimate'])}."
            for row in others
        )

    def _of_how_many(self, one: Reading) -> str:
        """Beside a count of people of an age, every printed number of all people; or that there is none."""
        if total := self._values.out_of(one):
            return f" The number is out of {total}."
        if "people {judged}" not in self._values.naming.words(one)["caption"]:
            return ""
        matching = self._package.matching
        shares = [row["to_id"] for row in matching("links", from_id=one.root_id, relation="numerator_of")]
        rows = [
            row for key in shares for row in matching("estimates", value_id=key, measure="sampled_share")
        ]
        bases = list(dict.fromkeys(whole(row["denominator"]) for row in rows if row["denominator"]))
        if bases:
            return f" The total number of people is reported as {' and as '.join(bases)}."
        is_missing = any(row["no_interval_reason"] == "base_not_printed" for row in rows)
        return " We found no total number of people." if is_missing else ""

    def _beside(self, one: Reading) -> str:
        company = [self.told(other) for other in self._values.company(one.id)]
        if company:
            return f"{BESIDE}{' '.join(company)}"
        if one.qualifier == "none_found" and one.base_reason:
            not_none = " We do not know how many people were seen there, and none found is not none."
            return not_none + "".join(f" {name} disputes it." for name in self._disputing(one))
        if self._package.grouped("limitation_examples", "value_id", one.root_id):
            return " It is not a count of exploited children."
        is_of_records = one.nature != "claimed" and self._is_activity(one)  # a claim rests on no record
        return LAST.get(one.show, "") or (ACTIVITY if is_of_records else "")

    def _disputing(self, one: Reading) -> list[str]:
        """The bodies that dispute a figure."""
        rows = self._package.scopes("statements", "value_id", one.root_id)
        keys = {row["statement_id"] for row in rows if row["bearing"] == "disputes"}
        bodies = {self._package.row("statements", key)["organisation_id"] for key in keys}
        return sorted(self._package.name_of("organisations", body) for body in bodies)

    def _is_activity(self, one: Reading) -> bool:
        """It counts what police, courts or organisations did or wrote down."""
        population = self._package.index("populations").get(one.population_id, {})
        return one.topic == "response" and population.get("base_kind") == "records"
