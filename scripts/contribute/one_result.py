"""One result, asked for in questions: what is asked, what explains it, and what is offered.

No question asks for a person, a venue or a case, and an answer with a contact of somebody is not read
further, nor is one that is too long or that no file can hold.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from scripts.contribute.contacts import contact
from scripts.contribute.filling import is_needed
from scripts.contribute.labels import Labels
from scripts.contribute.notes import in_plain_words
from scripts.contribute.sheets import PARTS, reasons
from scripts.package.contract import Category, Field, Table
from scripts.package.files import Row, csv_rows
from scripts.package.opening import Package
from scripts.package.reading import ENOUGH_PEOPLE

QUESTIONS = "questions.csv"  # beside this module
ADDRESS = "address"  # the question whose answer is a web address
LONGEST = 600  # characters of an answer, as the page says to the browser
NO_SIGNS = re.compile(r"[\x00-\x08\x0e-\x1b\ud800-\udfff\ufffe\uffff]")  # which no workbook can hold
REFUSED = (
    "“{label}” looks like a {what}. Take it out: contacts and points on the map are never sent. "
    "Nothing was read further."
)
TOO_LONG = (
    "“{label}” has {count:,} characters, and at most {most:,} are read. Shorten it. "
    "Nothing was read further."
)
UNSEEN = (
    "“{label}” holds signs that cannot be seen or kept, as text from a PDF may. Delete the answer, and "
    "type it anew: {cleaned}"
)
Answers = Mapping[str, str]


@dataclass(frozen=True)
class Question:
    """One question: how it is asked, what explains it, and what is offered."""

    id: str
    group: str
    label: str
    help: str
    needed: str  # in words; blank where it may be left blank
    choices: Sequence[Category] = ()
    target: str = ""  # the table whose names are offered
    more: Sequence["Question"] = ()  # what is asked once it has an answer, or a name that no list has
    is_aside: bool = False  # is it folded away, for those who looked for its answer?


@cache
def asked_rows() -> tuple[Row, ...]:
    """Every question as it stands in the table, in the order in which it is asked."""
    rows = csv_rows((resources.files("scripts.contribute") / QUESTIONS).read_bytes())
    enough = str(ENOUGH_PEOPLE)
    return tuple(row | {"label": row["label"].replace("{enough_people}", enough)} for row in rows)


def questions(package: Package) -> list[Question]:
    """Every question, those that follow from its answer inside it."""
    return _below("", package)


def _below(question: str, package: Package) -> list[Question]:
    """What is asked once a question has an answer, such as what describes a new name."""
    rows = [row for row in asked_rows() if row["describes"] == question]
    return [_question(row, package, _below(row["question"], package)) for row in rows]


def each(some: Iterable[Question]) -> Iterator[Question]:
    """Every question, also those inside another."""
    for one in some:
        yield one
        yield from each(one.more)


def _question(row: Row, package: Package, more: Sequence[Question] = ()) -> Question:
    table = package.contract.table(row["table"])
    field = field_of(row, table)
    why_blank = [replace(one, value=one.label) for one in reasons(table, field)]
    is_asked = row["field"] in table.header and field.constraints.get("required")
    must = is_asked and is_needed(table, field)  # of what is not required, the form tells why it is blank
    return Question(
        id=row["question"],
        group=row["group"],
        label=row["label"],
        help=row["help"] or in_plain_words(field),
        needed=row["needed"] or ("needed" if must else ""),
        choices=[*field.categories, *why_blank] if field.categories else [],
        target=target_of(row, table),
        more=more,
        is_aside=bool(row["aside"]),
    )


def target_of(row: Row, table: Table) -> str:
    """The table whose names answer a question; blank where none does."""
    name = own_field(row)
    return next((key.table for key in table.foreign_keys if key.field == name), "")


def field_of(row: Row, table: Table) -> Field:
    """The column that a question fills."""
    name = own_field(row)
    return PARTS.get(name) or table.by_name[name]


def own_field(row: Row) -> str:
    """The field that a question fills; numerator_of.indicator_id is of the row of the count."""
    return row["field"].rpartition(".")[2]


def names(package: Package, table: str) -> list[str]:
    """What is offered while somebody types a name, such as that of a place, and why there may be none."""
    asking = [(row, package.contract.table(row["table"])) for row in asked_rows()]
    words = {
        why.label
        for row, of in asking
        if target_of(row, of) == table
        for why in reasons(of, field_of(row, of))
    }
    return [*sorted(Labels(package, package.contract.table(table)).by_key.values()), *sorted(words)]


def refused(answers: Answers) -> list[str]:
    """A sentence for each answer that is not read: too long, a contact of somebody, or not to be kept."""
    found = (_why_refused(row, answers.get(row["question"], "")) for row in asked_rows())
    return [sentence for sentence in found if sentence]


def _why_refused(question: Row, answer: str) -> str:
    label = question["label"]
    if len(answer) > LONGEST:  # before anything looks into it
        return TOO_LONG.format(label=label, count=len(answer), most=LONGEST)
    if what := contact(answer, is_address=question["question"] == ADDRESS):
        return REFUSED.format(label=label, what=what)
    cleaned = NO_SIGNS.sub("", answer)
    return "" if cleaned == answer else UNSEEN.format(label=label, cleaned=" ".join(cleaned.split()))
