"""One slip is told once: what a second rule, or another cell, says of it again is left out."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache

from scripts.checks.schema import ENUM, PATTERN, REFERENCE, REQUIRED, TYPE, UNIQUE
from scripts.checks.sql_rules import RULES
from scripts.findings import Finding

NO_DATE, ORDER = "date-does-not-exist", "dates-out-of-order"
NO_ANSWER = {PATTERN.id, TYPE.id, ENUM.id, REFERENCE.id, NO_DATE}  # nothing to judge further
FILLED_FROM = {"credited_to": {"organisation_id"}}  # of the study, where it is known who ran it
TOLD_BY = {  # rules that say of a row again what one of these says of it more plainly
    "printed-interval-holds-value": ("low-above-high",),
    "share-against-counts": ("share-above-100", "low-above-high", "reading-against-token"),
    "qualifier-fits-bounds": ("bounding-word-against-qualifier",),
}
Place = tuple[str, int]  # sheet and line
Shares = Mapping[Place, Place]  # where counts and bases stand, and the share that names each


def once(findings: Iterable[Finding], shares: Shares) -> Iterator[Finding]:
    """Drop what says again what another finding says, and join the cells of one slip."""
    told = _Told(_joined(_without_taken_over([*findings], shares)))
    return filter(told.is_news, told.findings)


class _Told:
    """What has been told so far, and what other findings will tell."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = findings
        self._seen: dict[str, Finding] = {}  # the first of each cell
        self._said: set[tuple[str, str]] = set()  # rules and the cells that they have spoken of
        self._unknown = {one.cell for one in findings if one.rule == REFERENCE.id} - {""}
        self._basic = {one.cell for one in findings if one.rule in NO_ANSWER} - {""}
        self._errors = {one.cell for one in findings if one.level == "error"} - {""}
        self._rules = {(*place_of(one), one.rule) for one in findings if one.cell}
        self._dates, self._unreadable = _Dates(findings), _Unreadable(findings)

    def is_news(self, found: Finding) -> bool:
        """Does nothing else tell it? Asked of each finding once, in their order."""
        if (found.cell and self._is_told_of_cell(found)) or self._is_told_elsewhere(found):
            return False
        self._said.add((found.rule, found.cell))
        self._seen.setdefault(found.cell, found)
        return True

    def _is_told_of_cell(self, found: Finding) -> bool:
        is_judged_further = found.cell in self._basic and found.rule not in NO_ANSWER
        is_name_for_key = found.rule == PATTERN.id and found.cell in self._unknown
        is_beside_an_error = found.level != "error" and found.cell in self._errors
        is_said = _is_told(found, self._seen) or (found.rule, found.cell) in self._said
        return is_said or is_judged_further or is_name_for_key or is_beside_an_error

    def _is_told_elsewhere(self, found: Finding) -> bool:
        follows = self._dates.have_said(found) or self._unreadable.is_read_by(found)
        return follows or _is_told_of_row(found, self._rules)


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
        reads = _words_of_rules().get(found.rule, frozenset())
        if reads.isdisjoint(self._all):  # most findings: no text is looked for in their words
            return False
        is_of_row = not reads.isdisjoint(self._columns.get(place_of(found), ()))
        return is_of_row or any(
            text in found.message and not reads.isdisjoint(columns) for text, columns in self._texts.items()
        )


@cache
def _words_of_rules() -> Mapping[str, frozenset[str]]:
    return {rule.id: frozenset(re.findall(r"\w+", rule.query)) for rule in RULES}


class _Dates:
    """“May 2018” is in the calendar, and whether one date comes before another is for two dates to say."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._no_form = {found.cell for found in findings if found.rule == PATTERN.id} - {""}
        self._is_one_wrong = any(found.rule == NO_DATE for found in findings)

    def have_said(self, found: Finding) -> bool:
        """Does the finding only follow from a date that another finding asks to mend?"""
        is_no_form = found.rule == NO_DATE and found.cell in self._no_form
        return is_no_form or (found.rule == ORDER and self._is_one_wrong)


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
    joined: dict[tuple[str, ...], Finding] = {}
    for found in findings:
        same = (found.rule, found.table, str(found.line), _sheet(found), found.message)
        if not found.cell or same not in joined:
            joined[same if found.cell else (*same, str(len(joined)))] = found
        elif found.cell not in joined[same].cell:
            joined[same] = joined[same].at(f"{joined[same].cell} and {found.cell.partition(', ')[2]}")
    return [*joined.values()]


def _is_told(found: Finding, seen: Mapping[str, Finding]) -> bool:
    """A blank cell has one fault, that it is blank."""
    return found.cell in seen and not found.value and not seen[found.cell].value


def _is_told_of_row(found: Finding, rules: Collection[tuple[str, int, str]]) -> bool:
    """Does another rule say it of the same row, and more plainly?"""
    others = TOLD_BY.get(found.rule, ())
    return bool(found.cell) and any((*place_of(found), other) in rules for other in others)


def place_of(found: Finding) -> Place:
    """Which row a finding is about: its sheet, or its file where it has none, and its line."""
    return _sheet(found), found.line


def _sheet(found: Finding) -> str:
    return found.cell.partition(",")[0] or found.table
