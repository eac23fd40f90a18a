"""Leads what the check finds to the cells of a contribution, one finding for one slip, the cause first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from scripts.checks import causes
from scripts.checks.causes import reads_of
from scripts.checks.schema import ENUM, PATTERN, REFERENCE, REQUIRED, TYPE, UNIQUE
from scripts.checks.sql_rules import NEEDED, OPEN
from scripts.contribute.in_sheets import InSheet, Sheets
from scripts.contribute.merge import Merged
from scripts.contribute.names import Names
from scripts.contribute.sheets import VALUES, Entry
from scripts.findings import Finding
from scripts.package.contract import Table
from scripts.package.opening import Package

OF_ONE_ROW = {*OPEN, NEEDED.id}  # rules that judge a row by others like it, and may have exceptions
ENDS = ("low", "high")
OF_THE_TOKEN = (*ENDS, "qualifier", "written_in")
OF_THE_STUDY = {"weighted": "weighting"}  # what the row of a study tells of each of its readings
BESIDE = {"disclosure": "place_id"}  # columns that no sheet has, and the one to look at in their place
NOTHING = "Nothing for you to do: the maintainer looks at that row."
BESIDE_IT = "Beside it, the row {of_package} of the package is no longer right: "
NOT_YOURS = "This is about the row {of_package} of the package, not about yours: "
IN_SHEET, IN_PACKAGE = (
    "Row {first} of the same sheet holds this already.",
    "The package holds this already, in its row {first}.",
)

NO_DATE, ORDER = "date-does-not-exist", "dates-out-of-order"
NO_ANSWER = {PATTERN.id, TYPE.id, ENUM.id, REFERENCE.id, NO_DATE}  # nothing to judge further
INSTEAD = {PATTERN.id: REFERENCE.id, NO_DATE: PATTERN.id}  # of one cell, a name for a key, “May 2018”
FILLED_FROM = {"credited_to": {"organisation_id"}}  # of the study, where it is known who ran it
TOLD_BY = {  # rules that say of a row again what one of these says of it more plainly
    "printed-interval-holds-value": ("low-above-high",),
    "share-against-counts": ("share-above-100", "low-above-high", "reading-against-token"),
    "qualifier-fits-bounds": ("bounding-word-against-qualifier",),
}
Place = tuple[str, int]  # table and line
Shares = Mapping[Place, Place]  # where counts and bases stand, and the share that names each


def at_the_cells(findings: Iterable[Finding], merged: Merged, package: Package) -> tuple[Finding, ...]:
    """The same findings where a contributor looks for them."""
    shares = {(VALUES, part): (VALUES, share) for part, share in merged.of_share.items()}
    pointer = _Pointer(merged, package)
    left = [*once(pointer.point(findings), shares)]
    return tuple(causes.first(left, pointer.is_own, lambda row: None))


class _Pointer:
    """Knows which line of the merged tables is whose row."""

    def __init__(self, merged: Merged, package: Package) -> None:
        self._package, self._sheets = package, Sheets(Names(package, merged.added))
        self._tables = {table.path: table for table in package.contract.entered}
        self._merged = merged
        self._all = [entry for entries in merged.added.values() for entry in entries.values()]

    def point(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Each finding at a contributed row; one at a row of the package, at the row behind it."""
        own: list[Finding] = []
        filled_in: list[Finding] = []
        others: list[Finding] = []
        for found in findings:
            if entry := self._entry(found.table, found.line):
                if not _is_filled_in(entry, found.field):
                    own.append(self._at(found, entry))
                    continue
                if not self._is_shown(entry, found.field):  # nobody can mend what they cannot see
                    found = replace(found, level="warning", mend=NOTHING)
                filled_in.append(self._at(found, entry))
            else:
                found = self._of_another(found)
                also = own if found.rule == UNIQUE.id else others  # what is there already is told first
                also.append(self._blamed(found) if self._is_workbook else replace(found, line=0))
        # What was filled in follows from what was typed: where that has an error, it has no news.
        yield from own if any(found.level == "error" for found in own) else (*own, *filled_in, *others)

    def is_own(self, row: str) -> bool:
        """Is a row contributed, and none that holds many readings? Else it is no cause of what names it."""
        holders = {table.name for table in causes.holders(self._package.contract)}
        return any(entry.table not in holders for entry in self._by_key.get(row.casefold(), ()))

    @property
    def _is_workbook(self) -> bool:
        return any(entry.places for entry in self._all)

    def _entry(self, path: str, line: int) -> Entry | None:
        table = self._tables.get(path)
        return self._merged.added.get(table.name, {}).get(line) if table else None

    def _is_shown(self, entry: Entry, name: str) -> bool:
        """Has the sheet a column for what the import filled in?"""
        return entry.asks(name) or (name in ENDS and entry.table == VALUES)

    def _at(self, found: Finding, entry: Entry) -> Finding:
        if not entry.places:
            return replace(found, table=entry.file, line=entry.line)
        if found.field in OF_THE_STUDY and not entry.asks(found.field):
            found, entry = self._of_the_study(found, entry)
        if found.rule == UNIQUE.id and (first := _first(found)):
            found = self._held(found, self._package.contract.table(entry.table), first)
        return self._worded(found, entry)

    def _of_the_study(self, found: Finding, entry: Entry) -> tuple[Finding, Entry]:
        """The same where it was answered, if the study is contributed too."""
        key, name = entry.cells["study_id"], OF_THE_STUDY[found.field]
        studies = self._merged.added.get("studies", {}).values()
        of_it = next((study for study in studies if study.cells["study_id"] == key), None)
        if of_it is None:
            return found, entry
        return replace(found, field=name, value=of_it.cells[name]), of_it

    def _worded(self, found: Finding, entry: Entry) -> Finding:
        """At the row of the contributor, in the words of the sheet, with what was typed there."""
        typed = entry.typed.get(found.field, "")
        if typed and found.value:
            facts = ((name, typed if fact == found.value else fact) for name, fact in found.parameters)
            found = replace(found, parameters=tuple(facts))
        column = _column(found, entry)
        value = entry.typed.get(column) or self._sheets.names.key(found.value)
        place, words = entry.place(column), InSheet(self._sheets, entry)
        return replace(found, table=entry.file, line=entry.line, value=value, cells=(place,), words=words)

    def _held(self, found: Finding, table: Table, line: int) -> Finding:
        """Which row holds the same: of the sheet, or of the package."""
        other = self._entry(table.path, line)
        key = table.key_of(self._merged.rows[table.name][line - 2])
        first = str(other.line) if other else key
        return replace(
            found, template=IN_SHEET if other else IN_PACKAGE, parameters=(("first", first),), names=(key,)
        )

    def _blamed(self, found: Finding) -> Finding:
        """A row of the package that a contributed row puts wrong: the contributor sees the latter."""
        table = self._tables.get(found.table)
        first = self._entry(found.table, _first(found)) if found.rule == UNIQUE.id else None
        entry = first or self._named(found)
        row = found.row or found.value
        is_of_table = table and table.name == entry.table and found.mend != NOTHING
        column = found.field if is_of_table else ""
        template = f"{NOT_YOURS if found.mend == NOTHING else BESIDE_IT}{found.template}"
        parameters = (*found.parameters, ("of_package", row))
        if first:
            template, parameters = IN_PACKAGE, (("first", found.row),)
        found = replace(
            found, template=template, parameters=parameters, field=column, value=entry.typed.get(column, "")
        )
        return self._worded(found, entry)

    def _of_another(self, found: Finding) -> Finding:
        """A row of the package that stands out among its like holds up nobody who does not name it."""
        if found.rule not in OF_ONE_ROW or self._names(found) or found.row in self._named_here:
            return found
        return replace(found, level="warning", mend=NOTHING)

    def _named(self, found: Finding) -> Entry:
        """The contributed row whose key the finding names; else one of the same table, else the first."""
        table, named = self._tables.get(found.table), self._names(found)
        alike = [*self._merged.added.get(table.name, {}).values()][:1] if table else []
        of_its_table = [entry for entry in named if table and entry.table == table.name]
        return (of_its_table or named or alike or self._all)[0]

    def _names(self, found: Finding) -> list[Entry]:
        """The contributed rows whose keys the finding names."""
        keys = (*found.names, found.value)
        return [entry for key in keys for entry in self._by_key.get(key.casefold(), ())]

    @cached_property
    def _named_here(self) -> set[str]:
        """All that contributed rows hold, which is where they name rows of the package."""
        return {cell for entry in self._all for cell in entry.cells.values()}

    @cached_property
    def _by_key(self) -> dict[str, list[Entry]]:
        """The contributed rows by their keys, of which one table may have the word of another."""
        rows: dict[str, list[Entry]] = {}
        for entry in self._all:
            key = self._package.contract.table(entry.table).key_of(entry.cells)
            rows.setdefault(key.casefold(), []).append(entry)
        return rows


def _first(found: Finding) -> int:
    """The line of the first row with the same key, which the schema tells."""
    return int(dict(found.parameters).get("first", 0))


def _column(found: Finding, entry: Entry) -> str:
    """The column to look at: a reading that nobody typed was read from its token."""
    is_read = found.field in OF_THE_TOKEN and not entry.typed.get(found.field)
    if found.field in BESIDE and not entry.asks(found.field) and not entry.beside:
        return BESIDE[found.field]
    return "printed" if is_read and entry.table == VALUES else found.field


def _is_filled_in(entry: Entry, name: str) -> bool:
    """Did the import write this cell, and nobody type it? An end that a token tells was typed with it."""
    name = "printed" if name in ENDS and entry.table == VALUES else name
    return bool(entry.places and entry.cells.get(name) and not entry.typed.get(name))


def once(findings: Iterable[Finding], shares: Shares) -> Iterator[Finding]:
    """Drop what says again what another finding says, and join the cells of one slip."""
    told = _Told(_joined(_without_taken_over([*findings], shares)))
    return filter(told.is_news, told.findings)


class _Told:
    """What has been told so far, and what other findings will tell."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = findings
        self._said: set[tuple[str, str]] = set()  # rule and cell; no rule of a cell told to be blank
        self._of_cell: dict[str, set[str]] = defaultdict(set)  # rules
        self._of_row: dict[Place, set[str]] = defaultdict(set)
        self._unreadable: dict[Place, set[str]] = defaultdict(set)  # columns that hold nothing to judge
        self._texts: dict[str, set[str]] = defaultdict(set)  # the columns of each text that answers nothing
        self._errors = {one.cell for one in findings if one.level == "error"}
        for found in findings:
            self._of_cell[found.cell].add(found.rule)
            self._of_row[place_of(found)] |= {found.rule} if found.cell else set()
            if found.rule in {*NO_ANSWER, REQUIRED.id, UNIQUE.id}:
                self._unreadable[place_of(found)].add(found.field)
                if len(found.value) > 2:
                    self._texts[found.value].add(found.field)
        self._all = set[str]().union(*self._unreadable.values())
        self._is_a_date_wrong = any(one.rule == NO_DATE for one in findings)

    def is_news(self, found: Finding) -> bool:
        """Does nothing else tell it? Asked of each finding once, in their order."""
        if found.cell and self._is_told_of_cell(found):
            return False
        if (found.rule == ORDER and self._is_a_date_wrong) or self._reads_what_is_unreadable(found):
            return False
        self._said |= {(found.rule, found.cell), *([] if found.value else [("", found.cell)])}
        return True

    def _is_told_of_cell(self, found: Finding) -> bool:
        rules = self._of_cell[found.cell]
        is_judged_further = rules & NO_ANSWER and found.rule not in NO_ANSWER
        is_plainer = self._of_row[place_of(found)].intersection(TOLD_BY.get(found.rule, ()))
        is_beside_an_error = found.level != "error" and found.cell in self._errors
        also = {(found.rule, found.cell), *([] if found.value else [("", found.cell)])}
        return bool(
            is_judged_further
            or is_plainer
            or is_beside_an_error
            or INSTEAD.get(found.rule) in rules
            or also & self._said
        )

    def _reads_what_is_unreadable(self, found: Finding) -> bool:
        """Does its rule read such a column, in its row or in one whose text it repeats?"""
        if found.rule in NO_ANSWER:
            return False
        if not found.value:
            return bool(FILLED_FROM.get(found.field, set()) & self._all)
        reads = reads_of(found.rule)
        if reads.isdisjoint(self._all):  # most findings: no text is looked for in their words
            return False
        told = " ".join(fact for _, fact in found.parameters)
        repeated = (columns for text, columns in self._texts.items() if text in told)
        return any(reads & columns for columns in (self._unreadable[place_of(found)], *repeated))


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
