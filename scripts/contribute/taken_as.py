"""What somebody meant by a cell whose form is wrong: taken where nothing else is meant, else guessed."""

import difflib
import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from typing import NamedTuple

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
    reading, is_sure = _first(field, text)
    return reading if is_sure else text


def guess(field: Field, text: str) -> str:
    """The first reading of a text that has the form of its column; blank where there is none."""
    return _first(field, text)[0]


def _first(field: Field, text: str) -> tuple[str, bool]:
    pattern = str(field.constraints.get("pattern", ".+"))
    readings = (one for one in _readings(field, text.strip()) if re.fullmatch(pattern, one[0]))
    return next(readings, ("", False))


def _readings(field: Field, text: str) -> Iterator[tuple[str, bool]]:
    """What a text may stand for, the likeliest first, and whether nothing else can be meant by it."""
    if field.is_date:
        yield from _dates(text)
    elif field.is_address:
        doi = DOI.fullmatch(text)
        yield f"https://doi.org/{doi[1]}" if doi else f"https://{text}" if HOST.match(text) else "", True
    elif field.name == "language":
        code, name = CODE.fullmatch(text), text.casefold()
        yield code[1].lower() if code else CODES.get(name, ""), True
        yield CODES.get("".join(difflib.get_close_matches(name, CODES, 1)), ""), False
        yield re.split("[^a-z]", name, maxsplit=1)[0], False
    elif field.name in AGES:
        age = YEARS_OLD.fullmatch(text)
        yield age[1] if age else "", True
    else:
        yield re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-").upper(), False
        yield slug(text), False


def _dates(text: str) -> Iterator[tuple[str, bool]]:
    """A span of two months or years, or one date; a month without a year is of the year behind it."""
    plain = WORD.sub(
        lambda word: IN_ENGLISH.get(word[0].lower(), word[0].lower()), JOINED.sub(" to ", text)
    )
    first, *last = SPAN.split(plain, maxsplit=1)
    if last:
        end, is_end = _date(last[0])
        start, is_start = _date(first) if re.search("[0-9]{4}", first) else _date(f"{first} {end[:4]}")
        yield f"{start[:7]}/{end[:7]}" if start and end else "", is_start and is_end
    day, is_all = _date(plain)
    yield from ((one, is_all) for one in (day, day[:7], day[:4]))


def _date(text: str) -> tuple[str, bool]:
    """As much of a date as a text tells, the year first, and whether each part of the text is a part of it.

    Where day and month may be either, only the year is told.
    """
    numbers = re.findall("[0-9]+", text)
    years = [one for one in numbers if re.fullmatch("[12][0-9]{3}", one)]
    if len(years) != 1:
        return "", False
    words = [word for word in WORD.findall(text) if word not in BESIDE_A_DATE]
    named = [at for at, name in enumerate(MONTHS, 1) for word in words if _is_short_for(word, name)]
    rest = [int(one) for one in numbers if one not in years]
    if words or re.search("[0-9][a-z]", text):  # 12th is no month
        month, days = (named[0] if len(named) == 1 else 0), rest
    elif len(rest) == 2 and min(rest) <= 12 < max(rest):  # 31/05
        month, days = min(rest), [max(rest)]
    else:
        month, days = (rest[0] if len(rest) == 1 else 0), []
    date = years[0]
    if 1 <= month <= 12 and len(days) < 2:
        is_day = all(1 <= day <= monthrange(int(date), month)[1] for day in days)
        date = "-".join([date, f"{month:02}", *(f"{day:02}" for day in days if is_day)])
    return date, len(named) == len(words) and len(date.split("-")) == len(words) + len(numbers)


def _is_short_for(word: str, month: str) -> bool:
    return len(word) >= 3 and month.startswith(word)


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


def by_meaning(field: Field, text: str) -> list[str]:
    """The few words of a list whose own words, or those that explain them, hold what was typed."""
    typed = _stems(text)
    told = {
        one.value: _stems(f"{one.value} {one.label} {one.description.partition('. ')[0]}")
        for one in field.categories
    }
    fitting = [word for word, stems in told.items() if typed and typed <= stems]
    return fitting if len(fitting) <= MOST else []


def _stems(text: str) -> set[str]:
    """The words of a text, several as one: ngos as ngo."""
    return {word.rstrip("s") for word in re.findall("[a-z]+", text.casefold())}
