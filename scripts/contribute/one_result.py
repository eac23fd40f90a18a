"""One result, asked for in questions: what is asked, what explains it, and what is offered.

No question asks for a person, a venue or a case, and an answer with a telephone number or a mail address
is not read further.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from scripts.contribute.filling import is_needed
from scripts.contribute.labels import Labels, of_reason, of_word
from scripts.contribute.notes import in_plain_words, meaning_of
from scripts.contribute.sheets import PARTS, reasons
from scripts.package.contract import Field, Table
from scripts.package.files import Row, csv_rows
from scripts.package.opening import Package

QUESTIONS = "questions.csv"  # beside this module
SCOPE, SCOPE_OF_BASE = "scope_as_printed", "scope_of_base"
MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
TELEPHONE = re.compile(r"(?:\+|\b0)[0-9](?:[ ().-]?[0-9]){6,}")
WITHOUT_TELEPHONES = ("address", "published", "fieldwork", "result")  # whose digits are of another kind
REFUSED = "“{label}” looks like a {what}. Take it out: contacts are never sent. Nothing was read further."
Answers = Mapping[str, str]


@dataclass(frozen=True)
class Question:
    """One question: how it is asked, what explains it, and what is offered."""

    id: str
    group: str
    label: str
    khmer: str
    help: str
    needed: str  # in words; blank where it may be left blank
    choices: Sequence[tuple[str, str]] = ()
    target: str = ""  # the table whose names are offered
    more: Sequence["Question"] = ()  # what describes a name that no list has


def asked_rows() -> list[Row]:
    """Every question as it stands in the table, in the order in which it is asked."""
    return csv_rows((resources.files("scripts.contribute") / QUESTIONS).read_bytes())


def questions(package: Package) -> list[Question]:
    """Every question, those that describe a new name inside that of the name."""
    rows = asked_rows()
    return [
        _question(
            row, package, [_question(one, package) for one in rows if one["describes"] == row["question"]]
        )
        for row in rows
        if not row["describes"]
    ]


def _question(row: Row, package: Package, more: Sequence[Question] = ()) -> Question:
    table = package.contract.table(row["table"])
    field = field_of(row, table)
    choices = [(word, _explained(of_word(word), field, word)) for word in field.words]
    why_blank = [
        (of_reason(word), _explained(of_reason(word), field, word)) for word in reasons(table, field)
    ]
    must = row["field"] in table.header and is_needed(table, field)
    return Question(
        id=row["question"],
        group=row["group"],
        label=row["label"],
        khmer=row["khmer"],
        help=row["help"] or in_plain_words(field),
        needed="needed" if must else row["needed"],
        choices=[*choices, *why_blank] if choices else [],
        target=target_of(row, table),
        more=more,
    )


def _explained(shown: str, field: Field, word: str) -> str:
    """A coded word with its meaning, unless that says no more."""
    meaning = meaning_of(field, word)
    return f"{shown} – {meaning}" if meaning else shown


def target_of(row: Row, table: Table) -> str:
    """The table whose names answer a question; blank where none does."""
    if row["field"] in PARTS:
        return "indicators"
    return next((key.table for key in table.foreign_keys if key.field == row["field"]), "")


def field_of(row: Row, table: Table) -> Field:
    """The column that a question fills."""
    name = SCOPE if row["field"] == SCOPE_OF_BASE else row["field"]
    return PARTS.get(name) or next(one for one in table.fields if one.name == name)


def names(package: Package, table: str) -> list[str]:
    """What is offered while somebody types a name, such as that of a place, and why there may be none."""
    rows = asked_rows()
    tables = {row["table"]: package.contract.table(row["table"]) for row in rows}
    asking = [row for row in rows if target_of(row, tables[row["table"]]) == table]
    words = {
        of_reason(word)
        for row in asking
        for word in reasons(tables[row["table"]], field_of(row, tables[row["table"]]))
    }
    return [*sorted(Labels(package, package.contract.table(table)).known), *sorted(words)]


def refused(answers: Answers) -> list[str]:
    """A sentence for each answer that looks like a contact of somebody."""
    return [
        REFUSED.format(label=row["label"], what=what)
        for row in asked_rows()
        if (what := _contact(row["question"], answers.get(row["question"], "")))
    ]


def _contact(question: str, answer: str) -> str:
    if MAIL.search(answer):
        return "mail address"
    has_telephone = question not in WITHOUT_TELEPHONES and TELEPHONE.search(answer)
    return "telephone number" if has_telephone else ""
