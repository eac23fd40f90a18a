"""What somebody typed in another form than its column wants, where only one thing can be meant by it."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from scripts.contribute.guesses import CODES, HOST, MONTHS, SPAN, day_in, guess
from scripts.contribute.sheets import Entry
from scripts.package.contract import Field, Table
from scripts.package.files import Row

MOST = 20  # lines of what was taken otherwise
NUMBERS, OF_A_FORM = ("integer", "number"), ("language", "printed")
NOTHING = re.compile(
    r"n\.?\s?/?\s?a\.?|[-–—?.]+|(?:not |un)known|not available|don['’]t know", re.IGNORECASE
)
DOI = re.compile(r"(?:doi:?\s*|(?:dx\.)?doi\.org/)?(10\.[0-9]{4,9}/\S+)", re.IGNORECASE)
CODE = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z]{2})?")
YEARS_OLD = re.compile(r"([0-9]{1,3})\s*(?:years?|yrs?\.?|y)(?:\s*old)?", re.IGNORECASE)
AGES = ("age_min", "age_max")
FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
KHMER = "មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ"
IN_ENGLISH = {
    name: month for names in (FRENCH, KHMER) for name, month in zip(names.split(), MONTHS, strict=True)
}
BESIDE_A_DATE = ("from", "in", "of", "the", "st", "nd", "rd", "th", "de", "er", "ខែ", "ឆ្នាំ")
WORD, JOINED = (
    re.compile(r"[^\s\d,./–—-]+"),
    re.compile(r"(?<=[0-9]{4})-(?=[0-9]{4}$)|(?<=[^\W\d_])-(?=[^\W\d_])"),
)


class Taken(NamedTuple):
    """A cell that is taken otherwise than it was typed."""

    table: str
    field: str
    typed: str
    now: str


def taken(field: Field, text: str) -> str:
    """The text in the form of its column where nothing else can be meant; else as it was typed."""
    if NOTHING.fullmatch(text) and field.name != "printed":
        return ""
    if field.is_date:
        return _date(field, text) or text
    if field.is_address:
        doi = DOI.fullmatch(text)
        return f"https://doi.org/{doi[1]}" if doi else f"https://{text}" if HOST.match(text) else text
    if field.name == "language":
        code = CODE.fullmatch(text)
        return code[1].lower() if code else CODES.get(text.casefold(), text)
    age = YEARS_OLD.fullmatch(text) if field.name in AGES else None
    return age[1] if age else text


def _date(field: Field, text: str) -> str:
    """A date or two, if each part of the text is a part of it; blank where one is left over or in doubt."""
    plain = WORD.sub(
        lambda word: IN_ENGLISH.get(word[0].lower(), word[0].lower()), JOINED.sub(" to ", text)
    )
    *first, last = SPAN.split(plain, maxsplit=1)
    year = day_in(last)[:4]
    starts = [one if re.search("[0-9]{4}", one) else f"{one} {year}" for one in first]
    return guess(field, plain) if all(map(_is_all_of_a_date, (*starts, last))) else ""


def _is_all_of_a_date(text: str) -> bool:
    words = [word for word in WORD.findall(text) if word not in BESIDE_A_DATE]
    are_months = all(len(word) >= 3 and any(month.startswith(word) for month in MONTHS) for word in words)
    parts = len(words) + len(re.findall("[0-9]+", text))
    date = day_in(text)
    return bool(date) and are_months and len(date.split("-")) == parts


def taken_of(entry: Entry, cells: Row, table: Table) -> Iterator[Taken]:
    """Each cell of a row that is taken otherwise than it was typed."""
    for field in table.fields:
        typed, now = entry.typed.get(field.name, ""), cells[field.name]
        is_form = field.is_date or field.is_address or field.type in NUMBERS or field.name in OF_A_FORM
        if NOTHING.fullmatch(typed) if not now else is_form and typed and not _is_same(typed, now):
            yield Taken(table.name, field.name, typed, now)


def _is_same(typed: str, now: str) -> bool:
    """Is it the same to who reads it? 9 is the 9.0 of the result."""
    numbers = [re.fullmatch(r"([0-9]+)(?:\.0+)?", text) for text in (typed, now)]
    return typed == now or (all(numbers) and numbers[0][1] == numbers[1][1])  # type: ignore[index]


def said(some: Sequence[Taken], titles: Callable[[Taken], str]) -> tuple[str, ...]:
    """A line for each, each once; of very many the first."""
    lines = dict.fromkeys(
        f"“{titles(one)}”: “{one.typed}” is taken as {f'“{one.now}”' if one.now else 'blank'}."
        for one in some
    )
    more = [f"{len(lines) - MOST:,} more were taken in the same way."] if len(lines) > MOST else []
    return (*[*lines][:MOST], *more)
