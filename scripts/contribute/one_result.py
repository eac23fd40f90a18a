"""One result, asked for in questions: what is asked, what explains it, and what is offered.

No question asks for a person, a venue or a case, and an answer with a contact of somebody is not read
further, nor is one that is too long or that no file can hold. However a contact is written, it is told;
what a report prints is spared. The rule contact-or-coordinate finds the same in cells, by the same
patterns; an answer is judged before anything is read. Each pattern reads a bounded stretch from where it
begins: the work grows as the length of a text, no faster.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from scripts.contribute.names import Labels
from scripts.contribute.sheets import PARTS, in_plain_words, is_needed, reasons
from scripts.package.contract import Category, Field, Table
from scripts.package.files import Row, csv_rows
from scripts.package.opening import Package
from scripts.package.reading import ENOUGH_PEOPLE

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
DASH = "\N{MINUS SIGN}"
HIDDEN = ("Cc", "Cf", "Cn", "Co", "Cs", "Me", "Mn")  # Unicode categories of signs that hide between digits
MAIL = re.compile(r"[^\s@/] ?@ ?(?:[^\s@./]{1,63}\.){1,4}[^\W\d_]{2}")
CHAT = re.compile(
    r"(?<![A-Za-z0-9-])(?:(?:t|wa|m|line|telegram|signal)\.me|(?:chat|api)\.whatsapp\.com) ?/"
    r"|(?<![A-Za-z0-9])(?:tel|sms|callto|mailto|whatsapp|viber|skype|tg):(?=\S)",
    re.IGNORECASE,
)
# Digits of another kind: ISBN 0-12-345678-9, Report no. 0123456789, 01.03.2018.
NUMBERED = re.compile(
    r"\bIS[BS]N:? ?[0-9][0-9X -]{7,16}"
    r"|\b(?:report|paper|document|publication|series|grant|protocol)"
    r" (?:no\.?|nr\.?|number) ?[0-9]{1,20}(?![0-9])"
    r"|(?<![0-9])(?:0?[1-9]|[12][0-9]|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:19|20)[0-9]{2}(?![0-9])",
    re.IGNORECASE,
)
BEGINS = r"(?<![A-Za-z0-9])(?<![0-9][.,/-])"
NO_THOUSANDS = r"(?<![^0-9][0-9] )(?<![^0-9][0-9]{2} )(?<![^0-9][0-9]{3} )"  # 1 012 345 678 people
BETWEEN = r"[\W_]{0,3}"
TELEPHONES = (
    # +855 12 345 678, +(855) 12, 345, 678; +1 202 555 0123
    rf"\+[ (]{{0,2}}(?:855(?:{BETWEEN}[0-9]){{8,10}}|[1-9](?:[ ()./-]{{0,3}}[0-9]){{7,14}})(?![0-9])",
    # 0085512345678
    rf"{BEGINS}00 ?[1-9](?:[ ()./-]?[0-9]){{8,12}}(?![0-9])",
    # 855 12 345 678, (855) 12-34-56-78
    rf"{BEGINS}855{BETWEEN}0?{BETWEEN}[1-9][0-9]"
    rf"(?:{BETWEEN}[0-9]{{3}}{BETWEEN}[0-9]{{3,4}}|(?:{BETWEEN}[0-9]{{2}}){{3}})(?![0-9])",
    # 012 345 678, (012) 345-678, 012/345/678, 012, 34, 56, 78
    rf"{BEGINS}{NO_THOUSANDS}0[1-9][0-9](?:{BETWEEN}[0-9]){{6,8}}(?![0-9])",
    # 02 123 4567, 01 23 45 67 89; not ages such as 05-09 10-14 15-19
    rf"{BEGINS}{NO_THOUSANDS}0[1-9]"
    r"(?:\)?([ .-])[0-9]{3}\1[0-9]{3,4}|([ .-])[0-9]{2}(?:\2[0-9]{2}){3})(?![0-9])",
    # 202-555-0123, (202) 555-0123
    rf"{BEGINS}(?:[2-9][0-9]{{2}}-|(?<=\()[2-9][0-9]{{2}}\) ?)[0-9]{{3}}-[0-9]{{4}}(?![0-9])",
)
# 11.5564, 104.9282; 11.5564 N 104.9282 E; 11.5°N. One of the two is 1 or more: p-values are not caught.
POINT = re.compile(
    r"(?:[0-9]{1,3}\.[0-9]{4,15}°? ?[NS]?[,;/\s]{1,3}-?[1-9][0-9]{0,2}"
    r"|(?<![0-9A-Za-z_])[1-9][0-9]{0,2}\.[0-9]{4,15}°? ?[NS]?[,;/\s]{1,3}-?[0-9]{1,3})\.[0-9]{4}"
    r"|[0-9] ?°[ 0-9.,'\"’”′″]{0,30}[NSEW](?![0-9A-Za-z_])"
)
TELEPHONE = tuple(map(re.compile, TELEPHONES))
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
    rows = csv_rows((resources.files("scripts.contribute") / "questions.csv").read_bytes())
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
    """A sentence for each answer that is not read: too long, or a contact of somebody."""
    found = (_why_refused(row, answers.get(row["question"], "")) for row in asked_rows())
    return [sentence for sentence in found if sentence]


def _why_refused(question: Row, answer: str) -> str:
    label = question["label"]
    if len(answer) > LONGEST:  # before anything looks into it
        return TOO_LONG.format(label=label, count=len(answer), most=LONGEST)
    if what := contact(answer, is_address=question["question"] == "address"):
        return REFUSED.format(label=label, what=what)
    return ""


def contact(text: str, *, is_address: bool = False) -> str:
    """What sort of contact a text holds; blank for none. Numbers inside a web address are its own."""
    plain = _plain(text)
    if MAIL.search(plain):
        return "mail address"
    if CHAT.search(plain):
        return "link to a telephone or a chat"
    plain = _without_addresses(plain) if is_address else plain
    if POINT.search(plain):
        return "point on the map"
    numbers = NUMBERED.sub(" – ", plain)
    has_telephone = any(one.search(f"  {numbers}") for one in TELEPHONE)  # two: what is looked for behind
    return "telephone number" if has_telephone else ""


def _plain(text: str) -> str:
    """The text with plain digits, dashes and single spaces, for this test alone."""
    return " ".join("".join(map(_sign, unicodedata.normalize("NFKC", text))).split())


def _sign(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    if kind == "Pd" or sign == DASH:
        return "-"
    return "" if kind in HIDDEN and not sign.isspace() else sign


def _without_addresses(text: str) -> str:
    """Without the words that have a Latin letter, of which a web address is one."""
    return " ".join(word for word in text.split() if not re.search("[A-Za-z]", word))
