"""The form in which data are written on pages: escaped text, numbers, addresses, and sorted rows."""

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import cache
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from scripts.package.contract import Contract
from scripts.package.files import Row
from scripts.package.package import Package
from scripts.package.reading import date_sort_key

# Includes the control characters and separators that break the YAML at the top of a page.
SPECIAL = re.compile(
    r"[&<>\"'\\`*_{}\[\]()#!|~^=@$\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ue000\ue001\ud800-\udfff]"
)
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
ONE_TO_NINE = "one two three four five six seven eight nine"
# The most serious type of conflict: the only one in which both figures cannot be true.
CONTRADICTION = "contradiction"


@cache
def _own_contract() -> Contract:
    """The contract of this repository, which has a label for every code."""
    return Package(Path(__file__).parents[2]).contract


def label_by_conflict_type() -> dict[str, str]:
    """The label of each type of disagreement, most serious first, in the order of `datapackage.json`."""
    return _own_contract().table("conflicts").field_by_name["type"].label_by_code


def escape_html_and_markdown(value: object) -> Markup:
    """Escape text from the data for both HTML and Markdown."""
    if hasattr(value, "__html__"):
        return Markup(value.__html__())
    text = "" if value is None else str(value)
    return Markup(SPECIAL.sub(lambda match: f"&#{ord(match[0])};", text))


def fill_phrase(phrase: str, *values: object, **named: object) -> Markup:
    """Fill in a phrase from a template with values, and escape each of them."""
    return Markup(phrase) % (
        tuple(map(escape_html_and_markdown, values))
        or {name: escape_html_and_markdown(value) for name, value in named.items()}
    )


# As the rule web-address-can-be-linked requires of the data: a host in plain letters, without a user, and
# no character that ends a URL.
ADDRESS = re.compile(r"https?://[A-Za-z0-9._-]+(?::[0-9]+)?(?:[/?#][^\s<>\"\\^`{|}\x00-\x1f\x7f]*)?")


def require_web_address(url: str) -> Markup:
    """A percent-encoded address for a Markdown link; raises ValueError if it is not a web address."""
    if not ADDRESS.fullmatch(url):
        raise ValueError(f"not a plain web address: {url}")
    return Markup(quote(url, safe="/,;:?%=&+#~"))


def require_site_address(address: str) -> Markup:
    """An address within this site, for a link; raises ValueError for other addresses."""
    if not re.fullmatch(r"(?!//)[A-Za-z0-9._/-]*(#[A-Za-z0-9._-]+)?", address):
        raise ValueError(f"not an address inside this site: {address}")
    return Markup(address)


def quote_as_css_string(text: str) -> str:
    """A text as a CSS string, in double quotes and with special characters escaped."""
    return '"' + re.sub(r"[^\w ,.()%-]", lambda sign: f"\\{ord(sign[0]):x} ", text) + '"'


def digits_of_telephone_number(contact: str) -> str:
    """The digits of a telephone number, for a link that dials it."""
    return re.sub(r"[^0-9+]", "", contact)


def sort_by_number(rows: list[Row], column: str) -> list[Row]:
    """Sort rows by the numbers in a column, with blanks last and equal rows in their old order."""
    return sorted(rows, key=lambda row: float(row[column] or "inf"))


def sort_by_date(rows: list[Row], column: str) -> list[Row]:
    """Sort rows by the full or partial dates in a column, with blanks last."""
    return sorted(rows, key=lambda row: date_sort_key(row[column]))


def group_disagreements_by_type(conflicts: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """Group disagreements by type, most serious first, sorted by kind within each type."""
    rows = sorted(conflicts, key=lambda row: row["kind"])
    groups = [(word, [row for row in rows if row["type"] == word]) for word in label_by_conflict_type()]
    return [(word, alike) for word, alike in groups if alike]


def disagreement_type_words(word: str) -> str:
    """What a type of disagreement means, as the start of a sentence."""
    return label_by_conflict_type()[word].capitalize()


def date_in_words(date: str) -> str:
    """A full or partial date for readers: 2015, March 2015, 10 June 2015. Other text is unchanged."""
    year, *rest = date.split("-")
    if not year.isdecimal() or not all(part.isdecimal() for part in rest):
        return date
    day = str(int(rest[1])) if rest[1:] else ""
    month = MONTHS[int(rest[0]) - 1] if rest and 1 <= int(rest[0]) <= len(MONTHS) else ""
    return " ".join(part for part in (day, month, year) if part)


def period_in_words(period: str) -> str:
    """A period as a reader would write it: 2015, January to June 2024."""
    start, slash, end = period.partition("/")
    if slash and start[:4] == end[:4] and start.count("-") == end.count("-") == 1:
        return f"{date_in_words(start).partition(' ')[0]} to {date_in_words(end)}"
    return " to ".join(date_in_words(part) for part in period.split("/"))


def format_percent(share: str | float, digits: int = 2) -> str:
    """A percentage; below half a percent, a third decimal is added, so that only zero looks like zero."""
    more = int(digits == 2 and 0 < float(share) < 0.5)
    least = 10 ** -(digits + more)
    if 0 < float(share) < least / 2:
        return f"less than {least:.{digits + more}f}%"
    return f"{float(share):.{digits + more}f}%"


def proportion_as_percent(proportion: str | float, digits: int = 2) -> str:
    """A percentage for a proportion such as an error rate."""
    return format_percent(100 * float(proportion), digits)


def one_in_so_many(proportion: str | float) -> str:
    """A proportion as people would say it, such as “about one in 16” or “about three in five”."""
    share = float(proportion)
    near = Fraction(1, round(1 / share)) if 0 < share < 0.35 else Fraction(share).limit_denominator(5)
    return f"about {small_number_in_words(near.numerator)} in {small_number_in_words(near.denominator)}"


def as_percentage_points(difference: str | float, digits: int = 2) -> str:
    """The difference between two shares in percentage points, without its sign."""
    return f"{abs(float(difference)):.{digits}f} percentage points"


def format_whole_number(number: str | float) -> str:
    """A whole number with thousands separators."""
    return f"{int(float(number)):,}"


def small_number_in_words(number: str | int) -> str:
    """A number for use in a sentence: one to nine in words, others in digits."""
    written = f"{number:,}" if isinstance(number, int) else str(number)
    return dict(zip("123456789", ONE_TO_NINE.split(), strict=True)).get(written, written)


def capitalise_first(words: str) -> str:
    """Capitalise the first letter of a text."""
    return words[:1].upper() + words[1:]


def lowercase_first(name: str) -> str:
    """A name for use inside a sentence: its first letter in lower case, unless it is an abbreviation."""
    return name[:1].lower() + name[1:] if name[1:2].islower() or name[:2] == "A " else name


def add_thousands_separators(number: str) -> str:
    """A reported number with thousands separators and unchanged decimals."""
    whole_part, point, rest = number.partition(".")
    return f"{int(whole_part):,}{point}{rest}" if number else ""


def format_decimals(number: str | float, digits: int = 2) -> str:
    """A number with at most `digits` decimals."""
    return f"{round(float(number), digits):g}"


def shorten_text(text: str, longest: int) -> str:
    """Cut a text to one line of at most `longest` characters, and mark that it continues.

    Words are kept whole, except for a word that is too long by itself.
    """
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    whole_words = line[: longest - 1].rpartition(" ")[0] or line[: longest - 2]
    return whole_words.rstrip(" ,;:–") + " …"


def code_for_readers(word: str) -> str:
    """The label of a code, or the code with spaces if it has no label."""
    return _own_contract().label_by_code.get(word, word.replace("_", " "))


def relation_words(relation: str) -> str:
    """Words for a relation between two figures, to be followed by the second figure."""
    joints = {"comparable": " with", "not_comparable": " with"}
    if relation == "same_by_other_method":
        return "on the same matter, by another method, as"
    article = "the " if relation.endswith(("tor_of", "end_of")) else ""
    return f"{article}{code_for_readers(relation)}{joints.get(relation, '')}"


def number_with_noun(number: int, noun: str) -> str:
    """A number with its noun: 1 reading, 2 readings."""
    return f"{number} {noun if number == 1 else f'{noun}s'}"


def format_kilobytes(size: int) -> str:
    """A number of bytes, in kB."""
    return f"{size / 1000:,.1f} kB"


def join_with_commas_and(words: Iterable[str], joint: str = "and") -> str:
    """Join words as in a sentence, such as “a, b and c”; blank if there are none."""
    *most, last = [*words] or [""]
    return f"{', '.join(most)} {joint} {last}" if most else last
