"""Interpret a malformed cell if it can have only one meaning."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from scripts.contribute.contribution_layout import Entry
from scripts.contribute.plain_numbers import is_same_number
from scripts.package.contract import Field, Table
from scripts.package.files import Row
from scripts.package.shared_words import language_names

HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}(?:[/:?#]\S*)?$")
CODES = {name.casefold(): code for code, name in language_names().items()}
SPAN = re.compile(r"\s*(?:–|—|\bto\b|\buntil\b|\s-\s|(?<=[0-9]{4})/(?=[^0-9]))\s*", re.IGNORECASE)
WEIGHTED = {"weighted": "yes", "unweighted": "no"}  # the words in the study's column
MOST_LINES = 20  # about changed cells
NUMBERS, PRINTED = ("integer", "number"), "printed"
NOTHING = re.compile(
    r"n\.?\s?/?\s?a\.?|[-–—?.]+|(?:not |un)known|not available|don['’]t know", re.IGNORECASE
)
DOI = re.compile(r"(?:doi:?\s*|(?:dx\.)?doi\.org/)?(10\.[0-9]{4,9}/\S+)", re.IGNORECASE)
CODE = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z]{2})?")
YEARS_OLD = re.compile(r"([0-9]{1,3})\s*(?:years?|yrs?\.?|y)(?:\s*old)?", re.IGNORECASE)
MONTHS_OLD = re.compile(r"([0-9]{1,2})\s*(?:months?|mo\.?)(?:\s*old)?", re.IGNORECASE)
FISCAL = re.compile(
    r"(?:FY|(?:fiscal|financial|school) year)?\s*([12][0-9]{3})[/–-]([0-9]{2})", re.IGNORECASE
)
ENGLISH = "january february march april may june july august september october november december"
FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
KHMER = "មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ"
MONTHS = ENGLISH.split()
IN_ENGLISH = dict(zip(FRENCH.split() + KHMER.split(), 2 * MONTHS, strict=True))
BESIDE_A_DATE = ("from", "in", "of", "the", "st", "nd", "rd", "th", "de", "er", "ខែ", "ឆ្នាំ")
WORD = re.compile(r"[^\s\d,./–—-]+")
JOINED = re.compile(r"(?<=[0-9]{4})-(?=[0-9]{4}$)|(?<=[^\W\d_])-(?=[^\W\d_])")


def slug(*words: str) -> str:
    """A key made from words: lower-case Latin letters, digits and hyphens; “unnamed” if none are left."""
    text = unicodedata.normalize("NFKD", " ".join(words)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")[:60].strip("-") or "unnamed"


class Coercion(NamedTuple):
    """A cell whose text was changed: its column title, the text that was typed, and the text stored."""

    title: str
    typed: str
    stored: str


def coerce_text_to_column(field: Field, text: str) -> str:
    """The text in the form that its column requires, if it has one clear meaning; otherwise unchanged.

    A text that only says that there is no answer, such as “n/a”, becomes blank, except in `printed`.
    """
    if NOTHING.fullmatch(text) and field.name != "printed":
        return ""
    pattern = str(field.constraints.get("pattern", ".+"))
    return next(
        (form for form in _possible_forms(field, text.strip()) if re.fullmatch(pattern, form)), text
    )


def _possible_forms(field: Field, text: str) -> Sequence[str]:
    """What a text may mean in this column, written in the form that the column requires."""
    if field.is_date_or_period:
        return _possible_dates(text)
    if field.is_web_address:
        doi = DOI.fullmatch(text)
        return [f"https://doi.org/{doi[1]}" if doi else f"https://{text}" if HOST.match(text) else ""]
    if field.name == "language":
        code = CODE.fullmatch(text)
        return [code[1].lower() if code else CODES.get(text.casefold(), "")]
    if field.name == "weighted":
        return [WEIGHTED.get(text.casefold(), "")]
    age = YEARS_OLD.fullmatch(text) if field.name in ("age_min", "age_max") else None
    months = MONTHS_OLD.fullmatch(text) if field.name in ("age_min", "age_max") else None
    return [age[1]] if age else [str(int(months[1]) // 12)] if months else []


def _possible_dates(text: str) -> Sequence[str]:
    """The dates or the period that a text may mean; a single date also as its month and its year.

    If the first month of a period has no year, it takes that of the second.
    """
    if (years := FISCAL.fullmatch(text)) and int(years[2]) == (int(years[1]) + 1) % 100:
        return [f"{years[1]}/{int(years[1]) + 1}"]
    apart = JOINED.sub(" to ", text)
    plain = WORD.sub(lambda word: IN_ENGLISH.get(word[0].lower(), word[0].lower()), apart)
    first, *last = SPAN.split(plain, maxsplit=1)
    if last:
        end = _parse_date(last[0])
        start = _parse_date(first if re.search("[0-9]{4}", first) else f"{first} {end[:4]}")
        return [f"{start[:7]}/{end[:7]}"] if start and end else []
    day = _parse_date(plain)
    return [day, day[:7], day[:4]]


def _parse_date(text: str) -> str:
    """The text as a date, year first; blank if any part of it is ambiguous."""
    numbers = re.findall("[0-9]+", text)
    years = [number for number in numbers if re.fullmatch("[12][0-9]{3}", number)]
    words = [word for word in WORD.findall(text) if word not in BESIDE_A_DATE]
    months = [
        month_number
        for month_number, name in enumerate(MONTHS, 1)
        for word in words
        if _is_short_for(word, name)
    ]
    rest = sorted(
        int(number) for number in numbers if number not in years
    )  # in 31/05/2018, the month is the smaller number
    is_either = not words and ((len(rest) == 2 and rest[1] <= 12) or re.search("[0-9][a-z]", text))
    if is_either or len(years) != 1 or len(words) != len(months) or len([*months, *rest]) > 2:
        return ""
    try:
        date(int(years[0]), *[*months, *rest, 1, 1][:2])
    except ValueError:  # there is no such day
        return ""
    return "-".join([*years, *(f"{part:02}" for part in (*months, *rest))])


def _is_short_for(word: str, month: str) -> bool:
    return len(word) >= 3 and month.startswith(word)


def coerced_cells(entry: Entry, cells: Row, table: Table, unit: str) -> Iterator[Coercion]:
    """Yield each cell that is not stored as it was typed; a result is shown in `unit`."""
    for field in table.fields:
        typed, stored = entry.typed.get(field.name, ""), cells[field.name]
        is_form = (
            field.is_date_or_period
            or field.is_web_address
            or field.type in NUMBERS
            or field.name == PRINTED
        )
        if field.name == PRINTED and not entry.typed.get("low") and _is_not_plain_number(typed, cells):
            stored = _stored_result_in_words(cells, unit, entry.typed) or stored
        if (
            NOTHING.fullmatch(typed)
            if not stored
            else is_form and typed and not is_same_number(typed, stored)
        ):
            yield Coercion(entry.place(field.name).title, typed, stored)


def _is_not_plain_number(typed: str, cells: Row) -> bool:
    """Return whether a result is anything other than one exact number in digits, stored as typed."""
    return cells["written_in"] != "digits" or cells["qualifier"] != "exact" or cells["printed"] != typed


def _stored_result_in_words(cells: Row, unit: str, typed: Mapping[str, str]) -> str:
    """A result as stored, in words: its qualifier, numbers and interval; blank if no number was read."""
    ends = dict.fromkeys(cells[name] for name in ("low", "high") if cells[name])
    if not ends:
        return ""
    is_said = cells["qualifier"] in ("exact", "range")  # the numbers show it themselves
    bound = "" if is_said else f"{cells['qualifier'].replace('_', ' ')} "
    interval = [cells[name] for name in ("interval_low", "interval_high")]
    is_split = all(interval) and not typed.get("interval_low")
    beside = f", interval {' to '.join(interval)}" if is_split else ""
    return f"{bound}{' to '.join(ends)} {unit}{beside}"


def coercion_lines(coercions: Sequence[Coercion]) -> tuple[str, ...]:
    """A line for each distinct change to a cell; beyond `MOST_LINES`, only how many more there are."""
    lines = dict.fromkeys(
        f"{cell.title}: “{cell.typed}” is taken as {f'“{cell.stored}”' if cell.stored else 'blank'}."
        for cell in coercions
    )
    number_left = len(lines) - MOST_LINES
    return (
        *[*lines][:MOST_LINES],
        *([f"{number_left:,} more were taken in the same way."] if number_left > 0 else []),
    )
