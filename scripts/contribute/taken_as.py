"""What somebody meant by a cell whose form is wrong: taken where nothing else is meant, else guessed."""

import difflib
import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scripts.contribute.labels import of_word
from scripts.contribute.notes import meaning_of
from scripts.contribute.printed_result import is_same_number
from scripts.contribute.proposed_keys import slug
from scripts.contribute.sheets import Entry
from scripts.package.contract import Field, Table
from scripts.package.files import Row
from scripts.package.languages import LANGUAGES

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}(?:[/:?#]\S*)?$")
MOST = 3  # words of a list that may be meant
CODES = {name.casefold(): code for code, name in LANGUAGES.items()}
SPAN = re.compile(r"\s*(?:–|—|\bto\b|\buntil\b|\s-\s|(?<=[0-9]{4})/(?=[^0-9]))\s*", re.IGNORECASE)
MOST_LINES = 20  # of what was taken otherwise
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

    title: str
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
        if NOTHING.fullmatch(typed) if not now else is_form and typed and not is_same_number(typed, now):
            yield Taken(entry.place(field.name).title, typed, now)


def said(some: Sequence[Taken]) -> tuple[str, ...]:
    """A line for each, each once; of very many the first."""
    lines = dict.fromkeys(
        f"{one.title}: “{one.typed}” is taken as {f'“{one.now}”' if one.now else 'blank'}." for one in some
    )
    left = len(lines) - MOST_LINES
    return (*[*lines][:MOST_LINES], *([f"{left:,} more were taken in the same way."] if left > 0 else []))


def guess(field: Field, text: str) -> str:
    """The first reading of a text that has the form of its column; blank where there is none."""
    pattern = str(field.constraints.get("pattern", ""))
    return next((one for one in _readings(field, text.strip()) if re.fullmatch(pattern, one)), "")


def _readings(field: Field, text: str) -> Iterator[str]:
    if field.is_date:
        yield from _spans(text)
        day = day_in(text)
        yield from (day, day[:7], day[:4])
    elif field.is_address:
        yield f"https://{text}" if HOST.match(text) else ""
    elif field.name == "language":
        close = difflib.get_close_matches(text.casefold(), CODES, 1)
        yield CODES[close[0]] if close else ""
        yield re.split("[^a-z]", text.casefold(), maxsplit=1)[0]
    else:
        yield re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-").upper()
        yield slug(text)


def _spans(text: str) -> Iterator[str]:
    """A span of two months or years; a first month without a year is of the year of the second."""
    first, *last = SPAN.split(text, maxsplit=1)
    if not last:
        return
    end = day_in(last[0])
    start = day_in(first) or day_in(f"{first} {end[:4]}")
    yield f"{start[:7]}/{end[:7]}" if start and end else ""


def day_in(text: str) -> str:
    """As much of a date as the text tells, the year first. Where day and month may be either, the year."""
    years = re.findall(r"(?<![0-9])[12][0-9]{3}(?![0-9])", text)
    if len(years) != 1:
        return ""
    rest = text.replace(years[0], " ", 1)
    numbers = [int(number) for number in re.findall("[0-9]{1,2}", rest)]
    month, days = _month(rest, numbers)
    if not 1 <= month <= 12 or len(days) > 1:
        return str(years[0])
    is_day = all(1 <= day <= monthrange(int(years[0]), month)[1] for day in days)
    return "-".join([str(years[0]), f"{month:02}", *(f"{day:02}" for day in days if is_day)])


def _month(rest: str, numbers: list[int]) -> tuple[int, list[int]]:
    """The month of a text without its year, 0 where it tells none, and the numbers beside it."""
    words = [word.lower() for word in re.findall("[A-Za-z]+", rest)]
    named = [at for at, name in enumerate(MONTHS, start=1) for word in words if _is_short_for(word, name)]
    if named or words:
        return (named[0] if len(named) == 1 else 0), numbers
    if len(numbers) == 2 and min(numbers) <= 12 < max(numbers):  # 31/05
        return min(numbers), [max(numbers)]
    return (numbers[0], []) if len(numbers) == 1 else (0, [])


def _is_short_for(word: str, month: str) -> bool:
    return len(word) >= 3 and month.startswith(word)


def by_meaning(field: Field, text: str) -> list[str]:
    """The few words of a list whose own words, or those that explain them, hold what was typed."""
    typed = _stems(text)
    told = {word: _stems(f"{of_word(word)} {meaning_of(field, word)}") for word in field.words}
    fitting = [word for word, stems in told.items() if typed and typed <= stems]
    return fitting if len(fitting) <= MOST else []


def _stems(text: str) -> set[str]:
    """The words of a text, several as one: ngos as ngo."""
    return {word.rstrip("s") for word in re.findall("[a-z]+", text.casefold())}
