"""What to quote: for each question the featured figure in a sentence, both where they disagree, or none.

The rule: a question is answered by the roles of `featured` that name it. Beside each reading stands every
printing of the same quantity with a number that is not the same, said less precisely; a range or a bound is
another number.
"""

from collections.abc import Iterator

from scripts.package.files import Row
from scripts.package.reading import Reading
from scripts.site.lines import Entry, Line, Marked, aside, entry
from scripts.site.page_data import PageData
from scripts.site.page_parts import missing_link, value_link

QUESTIONS = {
    "in_2012": "Under 18 in 2012",
    "in_2015": "Under 18 in 2015",
    "under_16_in_2012": "Under 16 in 2012",
    "under_16_in_2015": "Under 16 in 2015",
    "the_fall": "The fall between the two",
    "early_2000s": "The early 2000s",
    "after_2015": "After 2015",
    "whole_country": "The whole country",
}
LESS_EXACT = ("rounding", "truncation", "rough_wording")  # the same number, said less precisely


def quote_table(data: PageData) -> list[Entry]:
    """Each question with what answers it."""
    return [one for question in QUESTIONS for one in _answers(data, question)]


def _answers(data: PageData, question: str) -> Iterator[Entry]:
    for row in data.package.featured.quoted_for(question):
        if row["not_available_id"]:
            yield entry("", QUESTIONS[question], "None was found", _missing(data, row["not_available_id"]))
            continue
        one = data.values.reading(row["value_id"])
        yield entry("", QUESTIONS[question], _printed(data, one), _sentence(data, one))
        for other in _otherwise(data, one):
            head = f"{QUESTIONS[question]}, printed otherwise"
            yield entry("", head, _printed(data, other), _sentence(data, other))


def _otherwise(data: PageData, one: Reading) -> list[Reading]:
    """Other numbers printed for the same quantity, each once."""
    rows = [
        row for end in ("root_id", "value_id") for row in data.package.grouped("conflicts", end, one.id)
    ]
    others = [data.values.reading(_other_end(row, one)) for row in rows if _is_otherwise(row)]
    apart = [other for other in others if other.root_id == one.root_id and not data.values.nearly(other)]
    by_number = {(other.low, other.high): other for other in reversed(apart)}
    return sorted(by_number.values(), key=lambda other: other.id)


def _is_otherwise(row: Row) -> bool:
    return row["dimension"] == "value" and row["kind"] not in LESS_EXACT


def _other_end(row: Row, one: Reading) -> str:
    return row["value_id"] if row["root_id"] == one.id else row["root_id"]


def _printed(data: PageData, one: Reading) -> Line:
    words = f"{data.values.printed(one.id)}, {data.values.publisher(one.id)}"
    return (value_link(data, one.id, words), data.values.caution(one.id))


def _sentence(data: PageData, one: Reading) -> Line:
    sentence = data.quotes.sentence(one.id)
    return (Marked(sentence, "quote"),) if sentence else ("It was withdrawn.",)


def _missing(data: PageData, missing_id: str) -> Line:
    item = data.package.row("not_available", missing_id)
    settles = f" What would settle it: {item['what_would_settle']} "
    return (f"{item['what']}.{settles}", aside(missing_link(item, missing_id)))
