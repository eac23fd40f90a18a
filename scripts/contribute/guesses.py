"""What somebody probably meant by a cell whose form is wrong: a date, a language, a key, an address."""

import difflib
import re
from calendar import monthrange
from collections.abc import Iterator

from scripts.contribute.proposed_keys import slug
from scripts.package.contract import Field
from scripts.package.languages import LANGUAGES

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}(?:[/:?#]\S*)?$")
MOST = 3  # words of a list that may be meant
CODES = {name.casefold(): code for code, name in LANGUAGES.items()}
SPAN = re.compile(r"\s*(?:–|—|\bto\b|\buntil\b|\s-\s|(?<=[0-9]{4})/(?=[^0-9]))\s*", re.IGNORECASE)


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
    told = {
        one.value: _stems(f"{one.value} {one.label} {one.description.partition('. ')[0]}")
        for one in field.categories
    }
    fitting = [word for word, stems in told.items() if typed and typed <= stems]
    return fitting if len(fitting) <= MOST else []


def _stems(text: str) -> set[str]:
    """The words of a text, several as one: ngos as ngo."""
    return {word.rstrip("s") for word in re.findall("[a-z]+", text.casefold())}
