"""The answers about one result as rows of a workbook, which is checked like any other.

A name that no list has is taken for a new row as soon as one of the questions that describe it is answered.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl.workbook.workbook import Workbook

from scripts.contribute import template
from scripts.contribute.labels import Labels, word_of
from scripts.contribute.merge import VALUES
from scripts.contribute.one_result import Answers, asked_rows, field_of, own_field, target_of
from scripts.contribute.sheets import NEW_WORDS, PARTS, offered, reasons
from scripts.contribute.taken_as import NOTHING
from scripts.package.contract import Table
from scripts.package.files import Row
from scripts.package.opening import Package
from scripts.package.small_cell import ENOUGH_PEOPLE

NAME = "one-result.xlsx"
LIMITS = "limitations"
CREDITED, SMALL = "credited_to", "disclosure"
LINE = 2  # of the sheets
LINES = {"": LINE, "numerator_of": LINE + 1, "denominator_of": LINE + 2}  # of a share, its count, its base
WHOLE, NOT_REPORTED, NOT_READ = "whole", "not_reported", "not_read"
NOT_STATED, ALL = "not_stated", "all"
OF_WOMEN = re.compile(r"\b(?:girls?|wom[ae]n|females?|hostesses|femmes|filles)\b|ស្ត្រី|ស្រី|នារី", re.IGNORECASE)
OF_MEN = re.compile(r"\b(?:boys?|m[ae]n|males?|hommes|garçons)\b|បុរស|ប្រុស", re.IGNORECASE)
OF_THE_SHARE_ALONE = ("age_min_reason", "age_max_reason")  # nobody asked for the ages of the base
NO_INTERVAL = {"interval_level_reason": "not_applicable"}
Place = tuple[str, int, str]  # table, line of its sheet, field


@dataclass(frozen=True)
class Filled:
    """The rows that the answers make, and the question that each cell comes from."""

    rows: Mapping[str, list[Row]]
    asked: Mapping[Place, Row]
    given: Mapping[str, str]  # the answers, by question
    blank: Mapping[str, str] = field(default_factory=dict)  # why, by the label of the question

    def workbook(self, package: Package) -> Workbook:
        """The answers as a workbook."""
        return template.book_of(package, self.rows)


def filled(package: Package, answers: Answers) -> Filled:
    """The answers as rows: a source, a study, its result with count and base, a limit, and new names."""
    return _Filling(package, answers).filled()


class _Filling:
    """Rows as they come together."""

    def __init__(self, package: Package, answers: Answers) -> None:
        self._package = package
        tidied = {name: " ".join(text.split()) for name, text in answers.items()}
        self._given = {name: "" if NOTHING.fullmatch(text) else text for name, text in tidied.items()}
        self._questions = [row for row in asked_rows() if row["table"] not in NEW_WORDS]
        self._rows: dict[str, list[Row]] = {table.name: [] for table in offered(package.contract)}
        self._asked: dict[Place, Row] = {}
        self._blank: dict[str, str] = {}

    def filled(self) -> Filled:
        """Rows of the four sheets, then those of the new names; none where there is no answer."""
        for name in dict.fromkeys(row["table"] for row in self._questions):
            self._fill(name)
        for question in self._questions:
            self._describe(question)
        return Filled(self._rows, self._asked, self._given, blank=self._blank)

    def _table(self, name: str) -> Table:
        return self._package.contract.table(name)

    def _fill(self, name: str) -> None:
        """The row of one table; that of a limit only where one of its questions has an answer."""
        own = [row for row in self._questions if row["table"] == name]
        for row in own:
            self._place(row)
        cells = {row["field"]: self._given.get(row["question"], "") for row in own}
        if not any((cells if name == LIMITS else self._given).values()):
            return
        row = dict.fromkeys(self._table(name).header, "") | cells | self._why_blank(name)
        if name == VALUES:
            row |= {"population_id": self._given.get("population", "")} | self._no_ends_linked(row)
            self._rows[name] = _with_parts(self._credited(row))
        else:
            self._rows[name] = [_raised(row) if name == LIMITS else row]

    def _no_ends_linked(self, row: Row) -> Row:
        """A change stands alone in the form, which asks for one result."""
        indicators = self._table("indicators")
        key = Labels(self._package, indicators).key_of(row["indicator_id"])
        is_change = self._package.index(indicators.name).get(key, {}).get("kind") == "change"
        return {"base_reason": self._why} if is_change else {}

    def _place(self, question: Row) -> None:
        relation = question["field"].rpartition(".")[0]
        self._asked[question["table"], LINES[relation], own_field(question)] = question
        if question["field"] in PARTS:  # what it names is printed in a row of its own
            self._asked[question["table"], LINES[question["field"]], "printed"] = question
        for other in question["tells"].split():
            table, _, field = other.partition(".")
            self._asked.setdefault((table, LINE, field), question)

    @property
    def _why(self) -> str:
        """Who read the whole of a document and leaves a question blank did not find its answer there."""
        return NOT_REPORTED if self._given.get("extent") == WHOLE else NOT_READ

    def _why_blank(self, name: str) -> Row:
        """Why the cells of one table are blank whose questions are."""
        cells: Row = {}
        for question in self._questions:
            if not self._given.get(question["question"]) and question["field"] != CREDITED:
                own = f"{question['table']}.{question['field']}"
                tells = [one.partition(".") for one in (own, *question["tells"].split())]
                why = NOT_READ if question["aside"] else self._why  # who unfolds nothing looked for nothing
                told = [
                    _blank_as(why, self._table(name), field) for table, _, field in tells if table == name
                ]
                cells |= {column: why for column in told if column}
                if any(told) and question["table"] == name:
                    self._blank[question["label"]] = why
        return cells

    def _credited(self, row: Row) -> Row:
        """Where nobody else is named, the body that ran the study has the credit, as the form says."""
        if row[CREDITED]:
            return row
        self._asked[VALUES, LINE, CREDITED] = next(
            one for one in self._questions if one["question"] == "run_by"
        )
        return row | {CREDITED: self._given.get("run_by", "")}

    def _describe(self, question: Row) -> None:
        """A name that no list has becomes a row, if somebody describes it."""
        target = target_of(question, self._table(question["table"]))
        name = self._given.get(question["question"], "")
        below = [row for row in asked_rows() if row["describes"] == question["question"]]
        more = [row for row in below if row["table"] in NEW_WORDS]
        cells = {row["field"]: self._given.get(row["question"], "") for row in more}
        if not any(cells.values()) or self._is_listed(name, question, target):
            return
        if question["field"] != own_field(question):
            cells["kind"] = "count"
        self._add(target, name, cells, (question, *more))

    def _is_listed(self, name: str, question: Row, target: str) -> bool:
        table = self._table(question["table"])
        is_reason = word_of(name, reasons(table, field_of(question, table)))
        key = Labels(self._package, self._table(target)).key_of(name)
        return not name or bool(is_reason) or key in self._package.index(target)

    def _add(self, target: str, name: str, cells: Row, asked: Sequence[Row]) -> None:
        """One row for a name, whichever question gives it; the first answer of each kind stands."""
        rows = self._rows[target]
        names = [row["name"].casefold() for row in rows]
        if name.casefold() not in names:
            rows.append(dict.fromkeys(self._table(target).header, "") | {"name": name})
            names.append(name.casefold())
        at = names.index(name.casefold())
        rows[at] |= {field: cell for field, cell in cells.items() if cell and not rows[at][field]}
        for row in asked:
            field = row["field"] if row["describes"] else "name"
            self._asked.setdefault((target, LINE + at, field), row)


def _blank_as(why: str, table: Table, name: str) -> str:
    """The column that can say why a question is blank; blank where none can."""
    field = next((one for one in table.fields if one.name == name), None)
    if field and why in field.words:
        return name
    return f"{name}_reason" if field and any(one.value == why for one in reasons(table, field)) else ""


def _with_parts(row: Row) -> list[Row]:
    """A share, its count and its base are rows of their own; where there is no count, a blank row."""
    why_blank = {name: cell for name, cell in row.items() if name.endswith("_reason")}
    parts = {relation: _popped(row, f"{relation}.") for relation in PARTS}
    if not any(row[one] for one in PARTS):
        return [row]
    blank = dict.fromkeys(row, "")
    rows = [row | {SMALL: ""}]
    for relation, own in parts.items():
        token = row[relation]
        if token:
            own |= {"printed": token, SMALL: row[SMALL] if _is_small(token) else ""}
        rows.append(blank | (why_blank | NO_INTERVAL | own if token else {}))
    if row["denominator_of"]:
        rows[-1] |= {"sex": _sex_of(rows[-1], row)} | dict.fromkeys(OF_THE_SHARE_ALONE, "")
    return rows


def _popped(row: Row, prefix: str) -> Row:
    """The cells whose names begin so, taken out of the row."""
    names = [name for name in row if name.startswith(prefix)]
    return {name.removeprefix(prefix): row.pop(name) for name in names}


def _is_small(token: str) -> bool:
    return token.isdecimal() and int(token) < ENOUGH_PEOPLE


def _sex_of(base: Row, share: Row) -> str:
    """Whom the base counts, by its words; who counts both has both in the base."""
    women, men = (bool(words.search(base["scope_as_printed"])) for words in (OF_WOMEN, OF_MEN))
    if share["sex"] == ALL or (women and men):
        return ALL
    return "female" if women else "male" if men else NOT_STATED


def _raised(row: Row) -> Row:
    """A limit that no body is named for is told by this publication in its own name, from no page."""
    own = {"locator": "", **dict.fromkeys(("raised_by_reason", "source_id_reason"), "this_project")}
    return row if row["raised_by"] else row | own
