"""The questions about one result: what is asked, what explains it, and what is suggested.

No question asks for a person, a venue or a case. If an answer contains a contact, the rule
contact-or-coordinate reports it, as in every cell.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from scripts.contribute.contribution_layout import PARTS, blank_reasons, column_description, is_needed
from scripts.contribute.key_labels import Labels
from scripts.package.contract import Category, Field, Table
from scripts.package.files import Row, rows_of_csv
from scripts.package.package import Package
from scripts.package.reading import ENOUGH_PEOPLE

ORIGIN, STUDY = "origin", "study"  # the first question, and its answer for a study
NOT_NEEDED = "no"  # for a column that must be filled in a sheet, but has a default here
Answers = Mapping[str, str]


@dataclass(frozen=True)
class Question:
    """A question: its label, its help text, and the choices or names that it offers."""

    id: str
    group: str
    label: str
    help: str
    needed: str  # whether it must be answered, in words; blank if optional
    choices: Sequence[Category] = ()
    target: str = ""  # the table whose names are offered
    more: Sequence["Question"] = ()  # follow-up questions on an answer or a new name
    is_beside: bool = False  # whether a phone shows it on the same screen as the question before it
    is_aside: bool = False  # whether it is folded away
    is_of_a_share: bool = False  # whether it is asked of shares alone
    prefilled: str = ""  # the usual answer
    same_as: str = ""  # the question whose answer may be this one too
    asked_of: str = ""  # the origins for which it is asked; blank for all
    why_blank: Sequence[Category] = ()  # reasons that may be typed instead


@cache
def question_rows() -> tuple[Row, ...]:
    """Every question as a row of questions.csv, in the order in which they are asked."""
    enough = str(ENOUGH_PEOPLE)
    rows = _csv_rows_of("questions.csv")
    return tuple(row | {"label": row["label"].replace("{enough_people}", enough)} for row in rows)


def _csv_rows_of(name: str) -> list[Row]:
    return rows_of_csv((resources.files("scripts.contribute") / name).read_bytes())


def origin_categories() -> list[Category]:
    """Where a number may come from: a study, or the reason why there is none."""
    return [Category(**row) for row in _csv_rows_of("origins.csv")]


def is_asked_of(origin: str, row: Row) -> bool:
    """Return whether this question is asked about numbers of this origin."""
    return not row["asked_of"] or origin in row["asked_of"].split()


def nested_questions(package: Package) -> list[Question]:
    """Every question, with its follow-up questions nested in it."""
    return _follow_up_questions("", package)


def _follow_up_questions(question: str, package: Package) -> list[Question]:
    """The questions that follow once a question is answered, such as those that describe a new name."""
    rows = [row for row in question_rows() if row["describes"] == question]
    return [_make_question(row, package, _follow_up_questions(row["question"], package)) for row in rows]


def flatten_questions(nested: Iterable[Question]) -> Iterator[Question]:
    """Yield every question, including nested ones."""
    for question in nested:
        yield question
        yield from flatten_questions(question.more)


def _make_question(row: Row, package: Package, follow_ups: Sequence[Question] = ()) -> Question:
    table = package.contract.table(row["table"])
    field = question_field(row, table)
    why_blank = [replace(why, value=why.label) for why in blank_reasons(table, field)]
    choices = [*field.categories, *why_blank] if field.categories else []
    is_asked = row["field"] in table.column_names and field.constraints.get("required")
    is_must = is_asked and is_needed(table, field)  # the form gives reasons for other blanks
    needed = "" if row["needed"] == NOT_NEEDED else row["needed"] or ("needed" if is_must else "")
    return Question(
        id=row["question"],
        group=row["group"],
        label=row["label"],
        help=row["help"] or column_description(field),
        needed=needed,
        choices=origin_categories() if row["question"] == ORIGIN else choices,
        target=table_of_names(row, table),
        more=follow_ups,
        is_beside=bool(row["beside"]),
        is_aside=bool(row["aside"]),
        is_of_a_share=bool(row["of_a_share"]),
        prefilled=row["prefilled"],
        same_as=row["same_as"],
        asked_of=row["asked_of"],
        why_blank=[] if choices else why_blank,
    )


def table_of_names(row: Row, table: Table) -> str:
    """The table whose names answer a question; blank if there is none."""
    name = own_field(row)
    return next((key.table for key in table.foreign_keys if key.field == name), "")


def question_field(row: Row, table: Table) -> Field:
    """The column that a question fills."""
    name = own_field(row)
    return PARTS.get(name) or table.field_by_name[name]


def own_field(row: Row) -> str:
    """The field that a question fills, without a prefix: `age_min` for `numerator_of.age_min`."""
    return row["field"].rpartition(".")[2]


def name_suggestions(package: Package, table: str) -> list[str]:
    """The names to suggest while somebody types, and the reasons why there may be no name."""
    asking = [(row, package.contract.table(row["table"])) for row in question_rows()]
    reasons = [
        blank_reasons(asking_table, question_field(row, asking_table))
        for row, asking_table in asking
        if table_of_names(row, asking_table) == table
    ]
    words = {why.label for several in reasons for why in several}
    return [*Labels(package, package.contract.table(table)).name_suggestions(), *sorted(words)]
