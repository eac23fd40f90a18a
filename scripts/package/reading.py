"""One reading: a number that one source prints, as a typed row of the ledger."""

from dataclasses import dataclass, fields

from scripts.package.files import Row


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One number that one source prints: the columns that code asks for, under their names, as text."""

    value_id: str
    printing_of: str
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
    base_reason: str
    also_fact_ids: str

    @property
    def id(self) -> str:
        """The key of the row."""
        return self.value_id

    @property
    def root_id(self) -> str:
        """The reading that defines the quantity: another, or this one."""
        return self.printing_of or self.value_id

    @property
    def ages(self) -> tuple[str, str]:
        """The youngest and the oldest age; blank where it is not known."""
        return self.age_min, self.age_max

    @property
    def number(self) -> tuple[str, str, str]:
        """The number that it prints, with what is said of it: 2.2, just over 2."""
        return self.low, self.high, self.qualifier

    @property
    def is_root(self) -> bool:
        """A root defines a quantity; a printing restates one."""
        return self.id == self.root_id

    @property
    def is_withdrawn(self) -> bool:
        """Taken back: its row and its page stay, and nothing is computed from it."""
        return self.show == "withdrawn"

    @property
    def base(self) -> tuple[str, ...]:
        """What figures of one study must share to have one base: whom, where and which sex."""
        return self.study_id, self.population_id, self.place_id, self.sex

    @property
    def is_decimal(self) -> bool:
        """A point that is printed in digits, so that its last digit says how it was rounded."""
        return self.is_point and self.written_in == "digits"

    @property
    def is_counted(self) -> bool:
        """A point that somebody counted, not an estimate that was itself rounded or scaled."""
        return self.is_point and self.nature in ("observed", "recorded")

    @property
    def is_origin(self) -> bool:
        """Printed by the body that measured or recorded it, and no claim."""
        return self.evidence == "primary" and self.nature != "claimed"

    @property
    def credits_person(self) -> bool:
        """Printed by somebody who credits a person: no body can be named, and persons are not."""
        return self.evidence == "secondary" and self.credited_to_reason == "not_applicable"

    @property
    def is_free(self) -> bool:
        """May stand beside another figure without its contradiction or a warning."""
        return self.show in ("free", "with_both_denominators")

    @property
    def is_point(self) -> bool:
        """One exact number, not a bound, a range or a rough wording."""
        return self.qualifier == "exact"


COLUMNS = tuple(one.name for one in fields(Reading))


def reading(row: Row) -> Reading:
    """Read one row of the table reported_values."""
    return Reading(**{name: row[name] for name in COLUMNS})
