"""One result, asked for in questions: the answers become a workbook, which is checked like any other.

No question asks for a person, a venue or a case, and an answer with a telephone number or a mail address
is not read further.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from scripts.contribute import template
from scripts.contribute.filling import is_needed
from scripts.contribute.labels import Labels, of_reason, of_word
from scripts.contribute.sheets import PARTS, offered, reasons, sheet_name
from scripts.package.contract import Field, Table
from scripts.package.files import Row, csv_rows
from scripts.package.opening import Package

QUESTIONS = "questions.csv"  # beside this module
NAME = "one-result.xlsx"
VALUES, LIMITS = "reported_values", "limitations"
SCOPE, SCOPE_OF_BASE = "scope_as_printed", "scope_of_base"
LINE, LINE_OF_BASE = 2, 4  # of the sheets: a share, its count and its base are three rows
NUMBER = r"[0-9][0-9.,\s]*?"
PARTS_OF_A_SHARE = re.compile(
    rf"(?P<count>{NUMBER})\s+(?:out )?of\s+(?P<base>{NUMBER})\s*\((?P<share>.+)\)"
)
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
    is_needed: bool
    choices: Sequence[tuple[str, str]] = ()
    target: str = ""  # the table whose names are offered


def _asked() -> list[Row]:
    return csv_rows((resources.files("scripts.contribute") / QUESTIONS).read_bytes())


def questions(package: Package) -> list[Question]:
    """Every question, in the order in which it is asked."""
    return [_question(row, package.contract.table(row["table"])) for row in _asked()]


def _question(row: Row, table: Table) -> Question:
    field = _field(row["field"], table)
    choices = [(word, of_word(word)) for word in field.words]
    why_blank = [(of_reason(word), of_reason(word)) for word in reasons(table, field)] if choices else []
    targets = [key.table for key in table.foreign_keys if key.field == field.name]
    return Question(
        id=row["question"],
        group=row["group"],
        label=row["label"],
        khmer=row["khmer"],
        help=row["help"] or field.description,
        is_needed=row["field"] in table.header and is_needed(table, field),
        choices=[*choices, *why_blank],
        target="indicators" if field.name in PARTS else next(iter(targets), ""),
    )


def _field(name: str, table: Table) -> Field:
    name = SCOPE if name == SCOPE_OF_BASE else name
    return PARTS.get(name) or next(one for one in table.fields if one.name == name)


def question_at(package: Package, place: str) -> str:
    """The question whose answer stands at a place of the workbook; blank for what it does not ask."""
    for asked in _asked():
        table = package.contract.table(asked["table"])
        line = LINE_OF_BASE if asked["field"] == SCOPE_OF_BASE else LINE
        title = re.escape(_field(asked["field"], table).title)
        if re.search(
            rf"sheet “{re.escape(sheet_name(table))}”, cell [A-Z]+{line}, column “{title}”", place
        ):
            return asked["label"]
    return ""


def names(package: Package, table: str) -> list[str]:
    """The names of a table, such as those of places, that are offered while somebody types."""
    return sorted(Labels(package, package.contract.table(table)).known)


def refused(answers: Answers) -> list[str]:
    """A sentence for each answer that looks like a contact of somebody."""
    return [
        REFUSED.format(label=row["label"], what=what)
        for row in _asked()
        if (what := _contact(row["question"], answers.get(row["question"], "")))
    ]


def _contact(question: str, answer: str) -> str:
    if MAIL.search(answer):
        return "mail address"
    has_telephone = question not in WITHOUT_TELEPHONES and TELEPHONE.search(answer)
    return "telephone number" if has_telephone else ""


def workbook(package: Package, answers: Answers) -> bytes:
    """The answers as a workbook."""
    return template.workbook(package, rows(package, answers), is_compressed=False)


def rows(package: Package, answers: Answers) -> dict[str, list[Row]]:
    """The answers as rows: a source, a study, its result with count and base, and a limit."""
    made: dict[str, list[Row]] = {table.name: [] for table in offered(package.contract)}
    for name, row in _by_table(package, answers).items():
        made[name] = _with_parts(row) if name == VALUES else [_raised(row) if name == LIMITS else row]
    return made


def _by_table(package: Package, answers: Answers) -> dict[str, Row]:
    """The row of each table that has an answer."""
    rows: dict[str, Row] = {}
    for asked in _asked():
        if answer := " ".join(answers.get(asked["question"], "").split()):
            blank = dict.fromkeys(package.contract.table(asked["table"]).header, "")
            rows.setdefault(asked["table"], blank)[asked["field"]] = answer
    return rows


def _with_parts(row: Row) -> list[Row]:
    """“37 of 412 (9.0 %)” is a share, its count and its base, in three rows."""
    match = PARTS_OF_A_SHARE.fullmatch(row["printed"])
    indicators = {relation: row.pop(relation, "") for relation in PARTS}
    of_base = row.pop(SCOPE_OF_BASE, "")
    if match is None:
        return [row]
    tokens = {"numerator_of": match["count"], "denominator_of": match["base"]}
    blank = dict.fromkeys(row, "")
    parts = [blank | {"printed": tokens[one], "indicator_id": indicators[one]} for one in PARTS]
    parts[1][SCOPE] = of_base
    return [row | {"printed": match["share"]} | tokens, *parts]


def _raised(row: Row) -> Row:
    """A limit that no body is named for is raised by whoever fills this in."""
    return (
        row
        if row["raised_by"]
        else row | dict.fromkeys(("raised_by_reason", "source_id_reason"), "this_project")
    )
