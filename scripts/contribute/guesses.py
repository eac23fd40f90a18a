"""What somebody probably meant by a cell whose form is wrong: a date, a language, a key, an address."""

import re
from collections.abc import Iterator

from scripts.contribute.proposed_keys import slug
from scripts.package.contract import Field

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LANGUAGES = {  # as a person writes them, and by their code
    **{"arabic": "ar", "bengali": "bn", "burmese": "my", "chinese": "zh", "dutch": "nl", "english": "en"},
    **{
        "french": "fr",
        "german": "de",
        "hindi": "hi",
        "indonesian": "id",
        "italian": "it",
        "japanese": "ja",
    },
    **{"khmer": "km", "korean": "ko", "lao": "lo", "malay": "ms", "nepali": "ne", "portuguese": "pt"},
    **{
        "russian": "ru",
        "spanish": "es",
        "swedish": "sv",
        "tagalog": "tl",
        "thai": "th",
        "vietnamese": "vi",
    },
}
SPAN = re.compile(r"\s*(?:–|—|\bto\b|\buntil\b|\s-\s)\s*", re.IGNORECASE)


def guess(field: Field, text: str) -> str:
    """The first reading of a text that has the form of its column; blank where there is none."""
    pattern = str(field.constraints.get("pattern", ""))
    return next((one for one in _readings(field, text.strip()) if re.fullmatch(pattern, one)), "")


def _readings(field: Field, text: str) -> Iterator[str]:
    if field.is_date:
        yield from _spans(text)
        day = _day(text)
        yield from (day, day[:7], day[:4])
    elif field.is_address:
        yield f"https://{text.replace(' ', '')}"
    elif field.name == "language":
        yield LANGUAGES.get(text.casefold(), "")
        yield text.casefold()[:2]
    else:
        yield re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-").upper()
        yield slug(text)


def _spans(text: str) -> Iterator[str]:
    """A span of two months or years; a first month without a year is of the year of the second."""
    first, *last = SPAN.split(text, maxsplit=1)
    if not last:
        return
    end = _day(last[0])
    start = _day(first) or _day(f"{first} {end[:4]}")
    yield f"{start[:7]}/{end[:7]}" if start and end else ""


def _day(text: str) -> str:
    """As much of a date as the text tells, the year first. Where day and month may be either, the year."""
    years = re.findall(r"(?<![0-9])[12][0-9]{3}(?![0-9])", text)
    if len(years) != 1:
        return ""
    rest = text.replace(years[0], " ", 1)
    words = [word[:3].lower() for word in re.findall("[A-Za-z]{3,}", rest)]
    month = next((str(MONTHS.index(word) + 1) for word in words if word in MONTHS), "")
    numbers = re.findall("[0-9]{1,2}", rest)
    if not month and len(numbers) == 1 and 1 <= int(numbers[0]) <= 12:
        month, numbers = numbers[0], []
    if not month or len(numbers) > 1:
        return str(years[0])
    return "-".join([str(years[0]), month.zfill(2), *(number.zfill(2) for number in numbers)])
