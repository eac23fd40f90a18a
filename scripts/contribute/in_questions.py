"""The words of a finding for somebody who answers questions: no sheet, no cell, no column."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from scripts.checks.contribution_rules import NO_BASE, PART
from scripts.checks.schema import PATTERN, REFERENCE, REQUIRED
from scripts.contribute.answers_as_rows import LINE, LINES, Filled
from scripts.contribute.labels import Labels, of_word
from scripts.contribute.merge import VALUES
from scripts.contribute.one_result import Question, each, questions
from scripts.contribute.sheets import columns, offered, sheet_name
from scripts.contribute.taken_as import Taken
from scripts.contribute.titles import NEEDS_REASON, OF_THE_TOKEN
from scripts.findings import Finding
from scripts.package.contract import Table
from scripts.package.files import Row
from scripts.package.opening import Package

AT = re.compile(r"cell [A-Z]+([0-9]+), column “([^”]*)”")
SHEET = re.compile(r"sheet “([^”]*)”")
KEY = re.compile(r"(?<![\w./“-])[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*(?![\w-])")
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
IS = re.compile(r"(?:\bThe |^)([A-Za-z]+)(?= is\b)")  # the name of a column that is a word of English
OF_A_FORM = {  # what is said of a sheet, and what stands for it here
    r" \(row [0-9]+\)": "",
    r"Add a column with the title “[^”]*” at the right of the sheet\. ": "",
    r" on the root\b": "",
    r"Give each number a row of its own\.": "Type only the share here, count and base below it.",
    r"Give (\S+) a row of its own": r"Type \1 as the base",
    r"; add the population to the sheet “[^”]*” if it is new": "",
    r"Add a row to the sheet “[^”]*”": "Answer the last questions, on what the result leaves out",
    r"Correct the (?:coded )?(?:cell|code)\b(?:, or the words)?": "Correct the answer",
    r"the cell\b": "the answer",
    r"Fill ": "Answer ",
    r", or choose why it is blank|(?<=nothing is known), and say why": "",
    r"(?:of|on|to|in) the sheet “[^”]*”": "of this form",
    r"give that number its own row and name it under “Base of the share”": "type that number as the base",
}


class InQuestions:
    """Knows which question filled which cell."""

    def __init__(self, package: Package, filled: Filled) -> None:
        self._package, self._filled = package, filled
        self._tables = {sheet_name(table): table for table in offered(package.contract)}

    def said(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings in the order of the questions, each once; `field` is the id of the question."""
        order = ["", *self._questions]
        told: dict[tuple[str, str], Finding] = {}
        for one in (one for found in findings for one in self._of_each_place(found)):
            told.setdefault(
                (one.field, BLANK if one.message == BLANK else one.rule), one
            )  # of a share, its count and its base
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

    def label(self, taken: Taken) -> str:
        """The question whose answer is taken otherwise than it was typed."""
        return self._row(taken.table, LINE, taken.field)["label"]

    def notes(self) -> tuple[str, ...]:
        """What was left blank, and what is recorded of it; and what was answered for nothing."""
        told = {
            f"Left blank, and recorded as “{of_word(why)}”: ": [
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
        sheet = SHEET.search(found.cell)
        table = self._tables.get(sheet[1]) if sheet else None
        places = AT.findall(found.cell)
        if table is None or not places:
            yield replace(found, cell="Your answers", field="")
            return
        for line, title in places:
            question = self._question(found, table, line=int(line), title=title, is_alone=len(places) == 1)
            yield self._worded(found, table, question)

    def _question(self, found: Finding, table: Table, *, line: int, title: str, is_alone: bool) -> Question:
        names = {column.title: column.name for column in columns(table)}
        is_named = title in names and title != table.fields[0].title
        is_of_cell = is_named and (not is_alone or found.field in OF_THE_TOKEN)
        name = names[title] if is_of_cell else found.field or names.get(title, "")
        if name in LINKED:  # it stands in the row of the share, and is about the row of its base
            line, name = LINES.get(names.get(title, ""), line), "indicator_id"
        return self._questions[self._row(table.name, line, name.removesuffix("_reason"))["question"]]

    def _row(self, table: str, line: int, name: str) -> Row:
        """The question of a cell; for what none asks of a count or a base, that of the share."""
        asked = self._filled.asked
        own = [row for place, row in asked.items() if place[0] == table]
        first = next(
            (row for row in own if row["table"] == table), (own or [asked[VALUES, LINE, "printed"]])[0]
        )
        return asked.get((table, line, name)) or asked.get((table, LINE, name)) or first

    def _worded(self, found: Finding, table: Table, question: Question) -> Finding:
        message, fix = self._words(found, question)
        message, fix = (self._in_labels(text, table) for text in (message, fix))
        return replace(found, cell=f"“{question.label}”", field=question.id, message=message, fix=fix)

    def _words(self, found: Finding, question: Question) -> tuple[str, str]:
        """What is wrong, and what to type there."""
        is_read = found.field in OF_THE_TOKEN and self._filled.given.get(question.id)
        if found.rule in (REQUIRED.id, NEEDS_REASON) and not found.value and not is_read:
            return BLANK, question.help
        if found.rule == REFERENCE.id:
            close = found.message.partition("Did you mean ")
            more = f" {DESCRIBE}" if question.target and question.more else ""
            return f"{NOT_LISTED} {''.join(close[1:])}".strip(), f"{CHOOSE}{more} {question.help}"
        if found.rule in HELP_IS_ENOUGH:
            return found.message, question.help
        is_vague = found.level == "error" and found.fix.startswith("Correct the c")
        return found.message, f"{found.fix} {question.help}" if is_vague else found.fix

    def _in_labels(self, text: str, table: Table) -> str:
        """Titles of columns become the questions that fill them, and keys what they stand for."""
        for words, instead in OF_A_FORM.items():
            text = re.sub(words, instead, text)
        for one in (table, *self._tables.values()):
            titles = {column.title: column.name for column in columns(one)}
            for title, name in titles.items():
                if row := self._filled.asked.get((one.name, LINE, name)):
                    text = text.replace(f"“{title}”", f"“{row['label']}”")
        text = re.sub(r"\bThe (?=“[^”]*” is\b)", "", IS.sub(lambda match: self._label(match, table), text))
        return KEY.sub(lambda match: self._named(match[0]), text)

    def _label(self, match: re.Match[str], table: Table) -> str:
        row = self._filled.asked.get((table.name, LINE, match[1].lower()))
        return f"“{row['label']}”" if row else match[0]

    def _named(self, key: str) -> str:
        """A reading of the package by its words, a source by its title, a name as it was answered."""
        if key in self._answered:
            return self._answered[key]
        if row := self._package.index(VALUES).get(key):
            title = self._package.index("sources")[row["source_id"]]["title"]
            return f"“{row['printed']}” in “{title}”"
        row = self._package.index("sources").get(key) if "-" in key else None
        return f"“{row['title']}”" if row else key


def _is_basic(found: Finding) -> bool:
    """Is there no answer that could be judged further?"""
    return found.rule in (REQUIRED.id, PART.id) or found.message == BLANK
