"""A sentence ready to quote for each reading: value, what it is of, place, period, as printed by whom.

Nothing is said that the row does not hold. What may not stand alone carries what must stand beside it.
"""

from scripts.derived._company import company
from scripts.derived._what import IN_POPULATION, has_age_band, judged
from scripts.package.ledger import Reading
from scripts.package.opening import Package
from scripts.wording.reading_words import CARRIED, Values
from scripts.wording.words import date_words, inside, percent, plain_word, whole

NATURES = {"claimed": ", a claim", "estimated": ", an estimate", "modelled": ", the result of a model"}
OF_COUNTS_AND_SHARES = ("fall-of-count", "fall-of-share")  # a change whose people a sentence can name
LAST = {
    "retrospective_only": " Adults recalled it; it is not a share of children today.",
    "no_trend": " Editions of this estimate differ in method and are not a trend.",
}
BESIDE = " To be quoted only beside what is also printed: "


def _in(date: str) -> str:
    return f"{'on' if date.count('-') == 2 else 'in'} {date_words(date)}"


def period_words(one: Reading) -> str:
    """Say when: in a year or month, or from one to another; and whose reading of the period it is."""
    start, slash, end = one.period.partition("/")
    vague = one.period_as_printed
    if not start:
        return f"period as printed: “{vague}”" if vague else "period not stated"
    words = f"from {date_words(start)} to {date_words(end)}" if slash else _in(start)
    return words + CARRIED.get(one.period_basis, "")


def _sex(one: Reading) -> str:
    return f" ({one.sex})" if one.sex in ("female", "male") else ""


class Quotes:
    """Sentences for the readings of one package."""

    def __init__(self, package: Package, values: Values) -> None:
        self._package, self._values = package, values

    def sentence(self, value_id: str) -> str:
        """The sentence; blank for a reading that was withdrawn."""
        one = self._values.reading(value_id)
        if one.is_withdrawn:
            return ""
        finding = self._finding(one)
        begun = finding[:1].upper() + finding[1:]
        return f"{begun}, {self._printed_by(one)}.{self._counted(one)}{self._beside(one)}"

    def of_whom(self, one: Reading) -> str:
        """The population that a reading names; said where the source that was read names none."""
        name = self._package.name_of("populations", one.population_id)
        return inside(name) if name else f"people not described (population {self._no_population(one)})"

    def _no_population(self, one: Reading) -> str:
        return plain_word(one.population_id_reason) or "not stated"

    def _value(self, one: Reading) -> str:
        words = self._values.value(one.id)
        return (
            words
            if self._is_plain(one) or words == one.printed.lower()
            else f"{words} (printed: “{one.printed}”)"
        )

    def _is_plain(self, one: Reading) -> bool:
        """Printed as a number and no more."""
        return one.written_in == "digits" and one.is_point

    def _finding(self, one: Reading) -> str:
        where = f"({self._package.name_of('places', one.place_id)}, {period_words(one)})"
        is_share = self._values.kind(one.id) == "share"
        if one.indicator_id in ("share-in-age-band", "claimed-share") and has_age_band(one):
            return self._age_band(one, where)
        if one.indicator_id == "people-in-age-band" and has_age_band(one):
            return self._people_in_age_band(one, where)
        if one.indicator_id == IN_POPULATION and one.population_id:
            return self._size(one)
        if one.indicator_id in OF_COUNTS_AND_SHARES and has_age_band(one):
            return self._change(one, where)
        subject = ", ".join(part for part in self._values.subject(one.id) if part)
        of = f" of {self.of_whom(one)}" if is_share else self._counted_whom(one)
        return f"{subject}: {self._value(one)}{of} {where}{NATURES.get(one.nature, '')}"

    def _counted_whom(self, one: Reading) -> str:
        """Of whom a number is: their name, or what the source says where they have none."""
        if one.population_id:
            whom = self.of_whom(one)
            if whom == inside(self._values.subject(one.id)[0]):
                return ""
            return f" of {whom}" if whom.startswith("all ") else f", {whom}"
        words = self._values.source_words(one)
        return f", in the source, condensed: {words}" if words else ""

    def _age_band(self, one: Reading, where: str) -> str:
        whom, verb = f"{self.of_whom(one)}{_sex(one)}", judged(self._package, one)
        return f"{self._value(one)} of {whom} were {verb} {self._values.ages(one.id)} {where}"

    def _people_in_age_band(self, one: Reading, where: str) -> str:
        among = f", among {self.of_whom(one)}" if one.population_id else ""
        ages = f"{self._values.ages(one.id)}{_sex(one)}"
        if one.qualifier == "none_found":
            return f"None found {ages} (printed: “{one.printed}”){among} {where}"
        return f"{self._value(one)} people {judged(self._package, one)} {ages}{among} {where}"

    def _size(self, one: Reading) -> str:
        """So many of a population, at which ages, where and when."""
        number, whom = self._values.value(one.id), self.of_whom(one)
        token = "" if number == one.printed.lower() or self._is_plain(one) else f"printed: “{one.printed}”"
        place = f"{self._package.name_of('places', one.place_id)}, {period_words(one)}"
        about = "; ".join(part for part in (token, *self._values.subject(one.id)[1:], place) if part)
        return f"{number} {whom} ({about}){NATURES.get(one.nature, '')}"

    def _change(self, one: Reading, where: str) -> str:
        """By how much a count or a share of people of some ages fell."""
        what = f"share of {self.of_whom(one)}" if one.indicator_id.endswith("share") else "number of people"
        ages = f"{judged(self._package, one)} {self._values.ages(one.id)}{_sex(one)}"
        return f"The {what} {ages} fell by {self._value(one)} {where}"

    def _printed_by(self, one: Reading) -> str:
        date = self._package.row("sources", one.source_id)["date_published"]
        when = f" {_in(date)}" if date else " (date not visible)"
        return f"as printed by {self._values.publisher(one.id)}{when}{self._credit(one)}"

    def _credit(self, one: Reading) -> str:
        credited = self._values.credit_of_another(one)
        return f", which credits {credited}" if credited else ""

    def _counted(self, one: Reading) -> str:
        """What the printed counts give, where the printed share or change does not follow from them."""
        for row in self._package.grouped("conflicts", "root_id", one.id):
            if row["kind"] == "change_against_its_ends":
                return f" The printed ends give another change: {row['printing_has']}."
        follows = self._package.grouped("consistency", "value_ids", one.id)
        verdicts = {row["verdict"] for row in follows if row["denominator"]}
        rows = [
            row
            for row in self._package.grouped("intervals", "value_id", one.id)
            if row["basis"] == "counted" and row["stands_first"] == "yes"
        ]
        if not rows or not verdicts or "consistent" in verdicts:
            return ""
        row = rows[0]
        counts = f"{whole(row['numerator'])} of {whole(row['denominator'])} people"
        return f" The counts printed for it, {counts}, give {percent(row['estimate'])} of them."

    def _beside(self, one: Reading) -> str:
        beside = [self._short(other) for other in company(self._package, one)]
        if beside:
            return f"{BESIDE}{'; '.join(beside)}."
        if one.qualifier == "none_found" and one.base_reason:
            return " How many people were seen there was not found: none found is not none."
        if self._package.grouped("limitation_examples", "value_id", one.root_id):
            return " It is not a count of exploited children."
        return LAST.get(one.show, "")

    def _short(self, one: Reading) -> str:
        return f"{self._finding(one)}, as printed by {self._values.publisher(one.id)}{self._credit(one)}"
