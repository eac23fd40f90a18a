"""One slip is told once: what a second rule, or another cell, says of it again is left out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from scripts.checks.causes import reads_of
from scripts.checks.schema import ENUM, PATTERN, REFERENCE, REQUIRED, TYPE, UNIQUE
from scripts.findings import Finding

NO_DATE, ORDER = "date-does-not-exist", "dates-out-of-order"
NO_ANSWER = {PATTERN.id, TYPE.id, ENUM.id, REFERENCE.id, NO_DATE}  # nothing to judge further
FILLED_FROM = {"credited_to": {"organisation_id"}}  # of the study, where it is known who ran it
TOLD_BY = {  # rules that say of a row again what one of these says of it more plainly
    "printed-interval-holds-value": ("low-above-high",),
    "share-against-counts": ("share-above-100", "low-above-high", "reading-against-token"),
    "qualifier-fits-bounds": ("bounding-word-against-qualifier",),
}
Place = tuple[str, int]  # table and line
Shares = Mapping[Place, Place]  # where counts and bases stand, and the share that names each


def once(findings: Iterable[Finding], shares: Shares) -> Iterator[Finding]:
    """Drop what says again what another finding says, and join the cells of one slip."""
    told = _Told(_joined(_without_taken_over([*findings], shares)))
    return filter(told.is_news, told.findings)


class _Told:
    """What has been told so far, and what other findings will tell."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = findings
        self._said: set[tuple[str, str]] = set()  # the cells that have been spoken of, and by which rule
        self._blank: set[str] = set()  # cells that are told to be blank
        self._unknown = {one.cell for one in findings if one.rule == REFERENCE.id} - {""}
        self._basic = {one.cell for one in findings if one.rule in NO_ANSWER} - {""}
        self._errors = {one.cell for one in findings if one.level == "error"} - {""}
        self._no_form = {one.cell for one in findings if one.rule == PATTERN.id} - {""}
        self._rules = {(*place_of(one), one.rule) for one in findings if one.cell}
        self._is_a_date_wrong = any(one.rule == NO_DATE for one in findings)
        self._unreadable = _Unreadable(findings)

    def is_news(self, found: Finding) -> bool:
        """Does nothing else tell it? Asked of each finding once, in their order."""
        if found.cell and self._is_told_of_cell(found):
            return False
        if self._is_of_a_wrong_date(found) or self._unreadable.is_read_by(found):
            return False
        self._said.add((found.rule, found.cell))
        self._blank |= set() if found.value else {found.cell}
        return True

    def _is_told_of_cell(self, found: Finding) -> bool:
        is_judged_further = found.cell in self._basic and found.rule not in NO_ANSWER
        is_name_for_key = found.rule == PATTERN.id and found.cell in self._unknown
        is_beside_an_error = found.level != "error" and found.cell in self._errors
        is_said = (found.rule, found.cell) in self._said or (not found.value and found.cell in self._blank)
        by_others = ((*place_of(found), other) for other in TOLD_BY.get(found.rule, ()))
        is_plainer = any(one in self._rules for one in by_others)
        return is_said or is_judged_further or is_name_for_key or is_beside_an_error or is_plainer

    def _is_of_a_wrong_date(self, found: Finding) -> bool:
        """“May 2018” is in the calendar, and whether one date comes before another is for two to say."""
        return (found.rule == NO_DATE and found.cell in self._no_form) or (
            found.rule == ORDER and self._is_a_date_wrong
        )


class _Unreadable:
    """Cells that hold nothing to judge, though something has to stand there: a rule may miss it."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._columns: dict[Place, set[str]] = {}  # by row
        self._texts: dict[str, set[str]] = {}  # the columns of each text that answers nothing
        for found in findings:
            if found.rule in {*NO_ANSWER, REQUIRED.id, UNIQUE.id}:
                self._columns.setdefault(place_of(found), set()).add(found.field)
                if len(found.value) > 2:
                    self._texts.setdefault(found.value, set()).add(found.field)
        self._all = {name for columns in self._columns.values() for name in columns}

    def is_read_by(self, found: Finding) -> bool:
        """Does the rule of a finding read such a column, in its row or in one whose text it repeats?"""
        if found.rule in NO_ANSWER:
            return False
        if not found.value:
            return not FILLED_FROM.get(found.field, set()).isdisjoint(self._all)
        reads = reads_of(found.rule)
        if reads.isdisjoint(self._all):  # most findings: no text is looked for in their words
            return False
        is_of_row = not reads.isdisjoint(self._columns.get(place_of(found), ()))
        told = " ".join(fact for _, fact in found.parameters)
        return is_of_row or any(
            text in told and not reads.isdisjoint(columns) for text, columns in self._texts.items()
        )


def _without_taken_over(findings: Sequence[Finding], shares: Shares) -> Iterator[Finding]:
    """Without what is blank in the row of a count or a base because it is blank in that of its share."""
    blank = {(place_of(found), found.field) for found in findings if _is_blank(found)}
    for found in findings:
        share = shares.get(place_of(found))
        if not (_is_blank(found) and share and (share, found.field) in blank):
            yield found


def _is_blank(found: Finding) -> bool:
    return found.rule == REQUIRED.id and not found.value


def _joined(findings: Iterable[Finding]) -> list[Finding]:
    """The cells of one row about which a rule says the same are one finding."""
    joined: dict[tuple[object, ...], Finding] = {}
    for number, found in enumerate(findings):
        same = (found.rule, place_of(found), found.message if found.cell else "")
        first = joined.setdefault(same if found.cell else (number,), found)
        if not {*found.cells} <= {*first.cells}:
            joined[same] = first.at(*first.cells, *found.cells)
    return [*joined.values()]


def place_of(found: Finding) -> Place:
    """Which row a finding is about: its table, or its file where it is of no workbook, and its line."""
    return next((one.table for one in found.cells if one.place), found.table), found.line
