"""The words of a finding for somebody who answers questions: no sheet, no cell, no column."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from scripts.checks.contribution_rules import NO_BASE, PART
from scripts.checks.schema import PATTERN, REFERENCE, REQUIRED
from scripts.contribute.answers_as_rows import LINE, LINES, Filled
from scripts.contribute.in_sheets import NEEDS_REASON, InSheet, Sheets
from scripts.contribute.labels import Labels
from scripts.contribute.merge import VALUES
from scripts.contribute.one_result import Question, each, questions
from scripts.contribute.pointing import OF_THE_TOKEN
from scripts.contribute.sheets import Entry, offered
from scripts.contribute.taken_as import Taken
from scripts.findings import Cell, Finding
from scripts.package.contract import Table
from scripts.package.files import Row
from scripts.package.opening import Package

KEY = re.compile(r"(?<![\w./“-])[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*(?![\w-])")
LINKED = ("from_id", "relation", "to_id")  # a count or a base and its share
BLANK = "This question has no answer."
NOT_LISTED, CHOOSE = "This name is not in the list.", "Choose a name of the list."
DESCRIBE = "If it is a new one, answer the questions below it, which describe it."
HELP_IS_ENOUGH = {
    PATTERN.id,
    "evidence-fits-speaker",
    "independence-against-body",
    "place-inside-parent",
    "small-cell-is-marked",
}
IS = re.compile(r"(?:\b[Tt]he |^)(?:\[(\w+)\]|([A-Za-z]+)|(\{field\}))(?= is\b)")
OF_A_FORM = {  # what a template says of a sheet, and what stands for it here
    r"Give each number a row of its own\.": "Type only the share here, count and base below it.",
    r"Give (\S+) a row of its own": r"Type \1 as the base",
    r"; add the population to data/\w+\.csv if it is new": "",
    r"Add a row to data/\w+\.csv": "Answer the last questions, on what the result leaves out",
    r"Correct the (?:coded )?(?:cell|code)\b(?:, or the words)?": "Correct the answer",
    r"the cell\b": "the answer",
    r"Fill ": "Answer ",
    r", or choose why it is blank|(?<=nothing is known), and say why": "",
    r"give that number its own row and name it under “Base of the share”": "type that number as the base",
}


def _of_a_form(text: str) -> str:
    """The same without what it says of sheets."""
    for words, instead in OF_A_FORM.items():
        text = re.sub(words, instead, text)
    return text


class InForm(InSheet):
    """The words of what is found in the answer to one question."""

    def __init__(self, form: "InQuestions", found: Finding, table: Table, question: Question) -> None:
        words = found.words
        if isinstance(words, InSheet):
            super().__init__(words.sheets, words.entry, words.contract_table)
        else:
            blank = Entry(table.name, dict.fromkeys(table.header, ""), found.table, found.line)
            super().__init__(form.sheets, blank, table)
        self.form, self.question, self.found, self._of_cell = form, question, found, table

    def filled(self, found: Finding, template: str) -> str:
        """A template without what it says of sheets."""
        return super().filled(found, IS.sub(self._of_question, _of_a_form(template)))

    def _of_question(self, match: re.Match[str]) -> str:
        """“The nature is” becomes the question that fills this column, where there is one."""
        if match[3]:
            return match[3]
        name = match[1] or match[2].lower()
        return f"[{name}]" if self.form.label(name, self._of_cell) else match[0]

    def name(self, name: str) -> str:
        """The question that fills a column."""
        label = self.form.label(name, self._of_cell)
        return f"“{label}”" if label else super().name(name)

    def table(self, name: str) -> str:
        """There is one form in place of the sheets."""
        return "this form"

    def key(self, key: str) -> str:
        """A name as it was answered, a reading by its words, a source by its title."""
        return self.form.named(key, self.sheets) or super().key(key)

    def _sentence(self, text: str) -> str:
        return KEY.sub(
            lambda one: self.form.named(one[0], self.sheets) or super(InForm, self)._sentence(one[0]), text
        )

    @property
    def _is_unanswered(self) -> bool:
        """Is the cell blank because nobody typed anything, not because a number could not be read?"""
        is_read = self.found.field in OF_THE_TOKEN and self.form.is_answered(self.question)
        return self.found.rule in (REQUIRED.id, NEEDS_REASON) and not self.found.value and not is_read

    def message(self, found: Finding) -> str:
        """What is wrong with the answer."""
        found = self.found  # whose field is a column, not a question
        if self._is_unanswered:
            return BLANK
        if found.rule == REFERENCE.id:
            close = super().message(found).partition("Did you mean ")
            return f"{NOT_LISTED} {''.join(close[1:])}".strip()
        return super().message(found)

    def fix(self, found: Finding) -> str:
        """What to type there."""
        found = self.found
        if found.rule in HELP_IS_ENOUGH or self._is_unanswered:
            return self.question.help
        if found.rule == REFERENCE.id:
            more = f" {DESCRIBE}" if self.question.target and self.question.more else ""
            return f"{CHOOSE}{more} {self.question.help}"
        is_read = found.rule == REQUIRED.id  # the number in an answer: a sheet says what to type
        fix = _of_a_form(super().fix(found)) if is_read else self.filled(found, found.mend)
        is_vague = found.level == "error" and found.mend.startswith(("Correct the c", "Correct one of"))
        return f"{fix} {self.question.help}" if is_vague else fix


class InQuestions:
    """Knows which question filled which cell."""

    def __init__(self, package: Package, filled: Filled) -> None:
        self._package, self._filled = package, filled
        self._tables = {table.name: table for table in offered(package.contract)}
        self.sheets = Sheets(package, {})

    def said(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings in the order of the questions, each once; `field` is the id of the question."""
        order = ["", *self._questions]
        told: dict[tuple[str, str], Finding] = {}
        for one in (one for found in findings for one in self._of_each_place(found)):
            is_blank = one.message == BLANK
            told.setdefault((one.field, BLANK if is_blank else one.rule), one)  # of a share and its parts
        basic = {one.field for one in told.values() if _is_basic(one)}
        left = [one for one in told.values() if _is_basic(one) or one.field not in basic]
        return tuple(
            sorted(
                map(self._with_answer, filter(self._is_news, left)),
                key=lambda one: (one.level != "error", order.index(one.field)),
            )
        )

    def _is_news(self, found: Finding) -> bool:
        """A warning on a blank cell is none where its question is answered, or may stay blank as told."""
        if found.rule == NO_BASE.id:
            return False
        return found.level == "error" or bool(found.value) or not self._filled.given.get(found.field)

    def _with_answer(self, found: Finding) -> Finding:
        return replace(
            found, value=self._filled.given.get(found.field, found.value if not found.field else "")
        )

    def taken(self, taken: Taken) -> str:
        """The question whose answer is taken otherwise than it was typed."""
        return self._row(taken.table, LINE, taken.field)["label"]

    def is_answered(self, question: Question) -> bool:
        """Did somebody type something there?"""
        return bool(self._filled.given.get(question.id))

    def notes(self) -> tuple[str, ...]:
        """What was left blank, and what is recorded of it; and what was answered for nothing."""
        told = {
            f"Left blank, and recorded as “{self._package.contract.labels[why]}”: ": [
                label for label, reason in self._filled.blank.items() if reason == why
            ]
            for why in dict.fromkeys(self._filled.blank.values())
        }
        told["Not used, because the result has no such count or base: "] = self._unused
        return tuple(
            f"{first}{', '.join(f'“{label}”' for label in labels)}."
            for first, labels in told.items()
            if labels
        )

    @property
    def _unused(self) -> list[str]:
        """Questions on a count or a base that the result does not have."""
        filled = self._filled
        lines = {line for line, row in enumerate(filled.rows[VALUES], start=LINE) if row["printed"]}
        none = {*LINES.values()} - {LINE, *lines}
        asked = [row for (name, line, _), row in filled.asked.items() if name == VALUES and line in none]
        return list(dict.fromkeys(row["label"] for row in asked if filled.given.get(row["question"])))

    @cached_property
    def _questions(self) -> Mapping[str, Question]:
        return {one.id: one for one in each(questions(self._package))}

    @cached_property
    def _answered(self) -> Mapping[str, str]:
        """The names that were answered, by their keys."""
        labels = {
            target: Labels(self._package, self._package.contract.table(target))
            for target in {one.target for one in self._questions.values()} - {""}
        }
        return {
            labels[one.target].key_of(answer): answer
            for one in self._questions.values()
            if one.target and (answer := self._filled.given.get(one.id, ""))
        }

    def _of_each_place(self, found: Finding) -> Iterator[Finding]:
        """A slip in several cells is one of each of their questions."""
        places = [one for one in found.cells if one.table in self._tables]
        if not places:
            yield replace(found, cells=(Cell("Your answers"),), field="")
        for place in places:
            table = self._tables[place.table]
            question = self._question(found, table, place, is_alone=len(places) == 1)
            yield replace(
                found,
                cells=(Cell(f"“{question.label}”"),),
                field=question.id,
                words=InForm(self, found, table, question),
            )

    def _question(self, found: Finding, table: Table, place: Cell, is_alone: bool) -> Question:
        is_named = place.field and place.field != table.fields[0].name
        is_of_cell = is_named and (not is_alone or found.field in OF_THE_TOKEN)
        name = place.field if is_of_cell else found.field or place.field
        line = place.line
        if name in LINKED:  # it stands in the row of the share, and is about the row of its base
            line, name = LINES.get(place.field, line), "indicator_id"
        return self._questions[self._row(table.name, line, name.removesuffix("_reason"))["question"]]

    def _row(self, table: str, line: int, name: str) -> Row:
        """The question of a cell; for what none asks of a count or a base, that of the share."""
        asked = self._filled.asked
        own = [row for place, row in asked.items() if place[0] == table]
        first = next(
            (row for row in own if row["table"] == table), (own or [asked[VALUES, LINE, "printed"]])[0]
        )
        return asked.get((table, line, name)) or asked.get((table, LINE, name)) or first

    def label(self, name: str, table: Table) -> str:
        """The question that fills a column, of this table first; blank where none does."""
        tables = (table.name, *self._tables)
        asked = (self._filled.asked.get((one, LINE, name)) for one in tables)
        return next((row["label"] for row in asked if row), "")

    def named(self, key: str, sheets: Sheets) -> str:
        """What a key stands for; blank where it is none of an answer, a reading or a source."""
        if key in self._answered:
            return self._answered[key]
        own = sheets.own.get(VALUES, {}).values()
        if entry := next((one for one in own if one.cells["value_id"] == key), None):
            return f"“{entry.cells['printed']}”"
        if row := self._package.index(VALUES).get(key):
            title = self._package.index("sources")[row["source_id"]]["title"]
            return f"“{row['printed']}” in “{title}”"
        row = self._package.index("sources").get(key) if "-" in key else None
        return f"“{row['title']}”" if row else ""


def _is_basic(found: Finding) -> bool:
    """Is there no answer that could be judged further?"""
    return found.rule in (REQUIRED.id, PART.id) or found.message == BLANK
