"""How pages say one reading: its number, its name, its scope, and what has to stand beside it."""

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from scripts.package.files import Row, grouped
from scripts.package.meaning import printed_base
from scripts.package.opening import Package
from scripts.package.reading import Reading, age_words, sort_key
from scripts.wording.frequencies import about, bound, versions
from scripts.wording.naming import Naming, ages
from scripts.wording.printers import body, printer
from scripts.wording.words import CONTRADICTION, counted, plain_word, span_words, with_commas

UNITS = {"percent": "%", "years": " years", "us_dollars": " US dollars"}  # others stand in the label
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
ENDS = ("earlier_end_of", "later_end_of")


class Values:
    """The words for the readings of one package."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._ledger = package.ledger
        self.naming = Naming(package)

    def reading(self, value_id: str) -> Reading:
        """Find one reading."""
        return self._ledger.readings[value_id]

    def value(self, value_id: str) -> str:
        """Write a reading with its unit."""
        one = self.reading(value_id)
        unit = UNITS.get(self._ledger.indicators[one.indicator_id]["unit"], "")
        low, high = (with_commas(_as_exact(one, end)) for end in (one.low, one.high))
        number = f"{low} to {high}" if low and high and low != high else low or high
        return self._qualified(one).replace("{n}", number + unit)

    def _qualified(self, one: Reading) -> str:
        """The words around a number; one that is nearly reached is not less by any part."""
        if one.bound in ("below", "above") and (nearly := self.nearly(one)):
            return f"{nearly} {{n}}"
        form = "count" if self._ledger.kind(one) == "count" else "number"
        return self._ledger.code_words("qualifier", one.qualifier, form)

    def frequency(self, value_id: str, counted: Iterable[str] = ()) -> str:
        """A share as people say it: about 8 in 100. Where its versions differ too much, as it was reported.

        `counted` holds shares in percent that were worked out from counts and have to round to the same.
        """
        share = self.reading(value_id)
        is_percent = self._ledger.indicators[share.indicator_id]["unit"] == "percent"
        if not is_percent or share.written_in == "fraction":
            return self.value(value_id)
        if not (share.low and share.high):
            return bound(self._qualified(share), share.low or share.high) or self.value(value_id)
        return about([*self.versions(value_id), *counted]) or self.value(value_id)

    def versions(self, value_id: str) -> list[str]:
        """Every percentage that mentions of the same ages and years give for a share."""
        mentions = versions(self._ledger, self.reading(value_id))
        return [end for mention in mentions for end in (mention.low, mention.high) if end]

    def with_noun(self, value_id: str) -> str:
        """A reading with its unit, or with the noun of what it counts: 2.2%, 147 people."""
        unit = self._ledger.indicators[self.reading(value_id).indicator_id]["unit"]
        return self.value(value_id) + ("" if unit in UNITS else f" {plain_word(unit)}")

    def ends(self, change_id: str) -> tuple[Reading, ...]:
        """The earlier and the later figure that a change lies between; none where either is missing."""
        earlier, later = (self._ledger.linked(end, change_id) for end in ENDS)
        return (earlier[0], later[0]) if earlier and later else ()

    def nearly(self, one: Reading) -> str:
        """Nearly or just over, where a source says a number so; else blank."""
        near = [said for word, said in NEARLY.items() if word in one.printed.lower()]
        return near[0] if near else ""

    def printed(self, value_id: str) -> str:
        """The verbatim token in quotation marks."""
        return f"“{self.reading(value_id).printed}”"

    def publisher(self, value_id: str) -> str:
        """The publisher of the source of a reading."""
        return self.source(value_id)["publisher"]

    def printer(self, value_id: str) -> str:
        """Who prints a reading, as a sentence names it."""
        return printer(self.source(value_id))

    def source(self, value_id: str) -> Row:
        """The source of a reading."""
        return self._package.row("sources", self.reading(value_id).source_id)

    def subject(self, value_id: str) -> list[str]:
        """What is measured, at which ages, and of which sex."""
        one = self.reading(value_id)
        sex = one.sex if one.sex in ("female", "male") else ""
        return [self._ledger.indicators[one.indicator_id]["name"], ages(one), sex]

    def label(self, value_id: str) -> str:
        """Name a quantity: what is measured, of whom, where and when; and by whom where two are alike."""
        one = self.reading(value_id)
        heading = self.naming.heading(one)
        is_shared = self._headings[heading] > 1 and one.is_root
        told_by = body(self.credited(one) or self.publisher(value_id))
        return f"{heading}, according to {told_by.partition(' (')[0]}" if is_shared else heading

    @cached_property
    def _headings(self) -> Counter[str]:
        """How many quantities have a heading."""
        return Counter(self.naming.heading(one) for one in self._ledger.roots)

    def scope_words(self, value_id: str) -> str:
        """Say whom, where and when a reading is about, in that source."""
        one = self.reading(value_id)
        unknown = one.age_max_reason not in ("", "all_ages") and not one.ages[0]
        parts = [
            "" if unknown else age_words(one),
            one.sex if one.sex in ("female", "male") else "",
            self._package.name_of("populations", one.population_id) or "population not stated",
            f"{self._package.name_of('places', one.place_id)}{PLACE_CARRIED.get(one.place_basis, '')}",
            self._period_words(one),
        ]
        return "; ".join(part for part in parts if part)

    def _period_words(self, one: Reading) -> str:
        printed = one.period_as_printed
        vague = f"“{printed}”" if printed and one.period else printed
        words = " – ".join(word for word in (span_words(one.period), vague) if word) or "period not stated"
        return words + CARRIED.get(one.period_basis, "")

    def period(self, one: Reading) -> str:
        """The period of a reading, as our reading of it or as the source words it."""
        return one.period or one.period_as_printed or "not stated"

    def company(self, value_id: str) -> list[Reading]:
        """The readings that must stand beside one that may not stand alone."""
        one = self.reading(value_id)
        if one.show == "with_both_denominators":
            return [other for other in self._ledger.printings(one.root_id) if other is not one]
        if one.show != "conflict_only":
            return []
        return self._change_and_ends(one) if one.is_root else [self.reading(one.root_id)]

    def out_of(self, one: Reading) -> str:
        """The number of people asked of whom a count is a part, where one passage gives both."""
        where = one.source_id, one.locator, one.population_id
        links = self._package.grouped("links", "from_id", one.id)
        wholes = [self.reading(row["to_id"]) for row in links if row["relation"] == "part_of"]
        beside = [each for each in wholes if (each.source_id, each.locator, each.population_id) == where]
        kind = self._package.index("populations").get(one.population_id, {}).get("population_kind")
        return self.value(beside[0].id) if beside and kind == "respondents" else ""

    def _change_and_ends(self, one: Reading) -> list[Reading]:
        """A printed change and its two ends, when the reading is one of the three."""
        own = [row for name in ("from_id", "to_id") for row in self._links(name, one.id)]
        changes = {row["to_id"] for row in own}
        found = changes | {row["from_id"] for key in changes for row in self._links("to_id", key)}
        return [self.reading(key) for key in sorted(found - {one.id})]

    def _links(self, column: str, key: str) -> list[Row]:
        return [row for row in self._package.grouped("links", column, key) if row["relation"] in ENDS]

    def caution(self, value_id: str) -> str:
        """What has to be said wherever this figure stands in a list."""
        one = self.reading(value_id)
        if company := self.company(value_id):
            leads = grouped((self._lead(one, other), self.told_apart(other, one)) for other in company)
            return " – " + "; ".join(f"{lead}: {'; '.join(some)}" for lead, some in leads.items())
        words = [CAUTIONS.get(one.show, ""), self.why_withdrawn(value_id).rstrip(".")]
        return f" – {': '.join(word for word in words if word)}" if any(words) else ""

    def why_withdrawn(self, value_id: str) -> str:
        """The reason why a reading was taken back; blank for one that stands."""
        of_row = self._package.matching("corrections", row_key=value_id, kind="withdrawal")
        return of_row[-1]["reason"] if of_row and self.reading(value_id).is_withdrawn else ""

    def _lead(self, one: Reading, other: Reading) -> str:
        """What another is to one that may not stand alone: only what cannot both hold contradicts it."""
        if one.show == "conflict_only" and self._contradict(one, other):
            return "contradicted by"
        return "also reported" if one.root_id == other.root_id else "to be read with"

    def _contradict(self, one: Reading, other: Reading) -> bool:
        """Two printings, or a change and one of its ends, of which `conflicts` says it."""
        ids = one.id, other.id
        rows = self._package.grouped("conflicts", "type", CONTRADICTION)
        found = [row for row in rows if row["value_id"] in ids]
        if one.root_id != other.root_id:
            return any(row["dimension"] == "ends" for row in found)
        return any({row["value_id"], row["other_id"]} == {one.id, other.id} for row in found)

    def told_apart(self, one: Reading, beside: Reading) -> str:
        """A number with what it is of; and when, if it is another quantity than that beside it."""
        scope = one.scope_as_printed.removeprefix("of ")
        when = f", {self.period(one)}" if one.root_id != beside.root_id else ""
        return f"{self.printed(one.id)} of {scope}{when} ({self.publisher(one.id)})"

    @cached_property
    def _all_printings(self) -> dict[str, list[Reading]]:
        return grouped((one.root_id, one) for one in self._ledger.readings.values())

    def every_printing(self, root_id: str) -> list[Reading]:
        """All readings of a quantity, those that were withdrawn too, because their anchors stay."""
        return self._all_printings[root_id]

    def counting(self, root_id: str) -> list[Reading]:
        """The readings that stand; all of them where the whole quantity was withdrawn."""
        return self._ledger.printings(root_id) or self.every_printing(root_id)

    def read_words(self, root_id: str) -> str:
        """How much was read of the documents that print a quantity."""
        ids = {one.source_id for one in self.counting(root_id)}
        extents = Counter(self._package.row("sources", key)["read_extent"] for key in ids)
        read = (
            f"{plain_word(one)} of {counted(times, 'document')}" for one, times in sorted(extents.items())
        )
        return ", ".join(read)

    def first_printed(self, readings: Iterable[Reading]) -> Reading:
        """The reading whose source is the oldest by what is known of dates."""
        return min(readings, key=lambda one: (sort_key(self._ledger.published(one)), one.id))

    def claims_of(self, readings: Iterable[Reading]) -> list[str]:
        """The claims that some of the readings print."""
        return sorted({claim for one in readings for claim in self._ledger.claims_of(one.id)})

    def credited(self, one: Reading) -> str:
        """The body that a reading credits; blank where it credits nobody."""
        return self._package.name_of("organisations", one.credited_to)

    def credit_of_another(self, one: Reading) -> str:
        """Whom a document credits, where that is another than the body that speaks in it."""
        speaker = self._package.row("sources", one.source_id)["organisation_id"]
        is_own = one.is_primary and speaker in ("", one.credited_to)
        return "" if is_own else self.credited(one)


def _as_exact(one: Reading, end: str) -> str:
    """The end of a reading with two digits where the division is ours: 1 in 350 is 0.29%, 51‰ is 5.1%."""
    is_divided = one.written_in == "fraction" and printed_base(one.printed).strip("0") not in ("", "1")
    return f"{float(end):.2g}" if end and is_divided else end
