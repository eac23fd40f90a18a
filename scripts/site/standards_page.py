"""This publication and the two studies, compared with reporting standards, item by item."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from scripts.methods.proportion import wilson_interval
from scripts.package.files import Row, group_by_key, rows_of_csv
from scripts.package.unknown_value_errors import raise_if_unknown_value
from scripts.site.content_nodes import (
    Line,
    Link,
    ListEntry,
    MarkedWords,
    Piece,
    join_lines,
    make_list_entry,
    put_in_bold,
    put_in_brackets,
)
from scripts.site.page_data import PageData
from scripts.site.page_parts import source_link, study_link
from scripts.site.withdrawn_figures import WithdrawnMark
from scripts.wording.text_formatting import code_for_readers, proportion_as_percent

PAGES = "docs/"
COMPARED = ("number", "qualifier", "age", "sex", "period", "place")  # columns of second_readings
LETTERS = {"yes": "Y", "no": "N", "unclear": "U", "not_applicable": "–"}  # answers on bias
STATUSES = {"reported": "Reported", "partly": "In part", "not_reported": "Not seen"}


@dataclass(frozen=True)
class ChecklistResult:
    """A filled-in checklist of what to report; if it is for two surveys, each item has two rows."""

    caption: str
    heads: tuple[str, ...]
    rows: list[Row]
    items: list[ListEntry]
    unseen: list[ListEntry] = field(default_factory=list)  # items not seen for any survey

    @property
    def number_of_items(self) -> int:
        """The number of items; an item with a row for each of two surveys is counted once."""
        return len({row["item"] for row in self.rows})

    def count(self, status: str, wave: str = "") -> int:
        """The number of rows with this status, for the survey `wave` or, if blank, for no single survey."""
        found = [(code_for_readers(row["status"]), row.get("wave", "")) for row in self.rows]
        return found.count((status, wave))


def agreement_of_second_readings(data: PageData) -> list[ListEntry] | WithdrawnMark:
    """For each field, how many second readings agree with the first; a field is left out if none does."""
    again = data.rows_with_cells("second_readings", reach="read")
    columns = data.contract.table("second_readings").field_by_name
    answers = {name: Counter(row[name] for row in again) for name in COMPARED}
    found = [
        _agreement_entry(columns[name].title, said) for name, said in answers.items() if said["agrees"]
    ]
    return found or WithdrawnMark()


def _agreement_entry(title: str, said: Counter[str]) -> ListEntry:
    compared = said["agrees"] + said["differs"]
    ends = wilson_interval(said["agrees"], compared)
    span = f"{proportion_as_percent(ends.lower, 1)} to {proportion_as_percent(ends.upper, 1)}"
    return make_list_entry("", title, f"{said['agrees']} of {compared}", span, str(said["open"]))


def questions_on_bias(data: PageData) -> dict[str, str]:
    """The questions of the JBI checklist by code, in order; the last one is about the study as a whole."""
    return data.contract.table("risk_of_bias").field_by_name["item"].label_by_code


def risk_of_bias(data: PageData) -> list[ListEntry]:
    """A row for each study whose text we could read at least in part, with a letter for each question."""
    rows = {(row["study_id"], row["item"]): row["answer"] for row in data.rows("risk_of_bias")}
    studies = dict.fromkeys(study for (study, _), answer in rows.items() if answer in LETTERS)
    asked = list(questions_on_bias(data))[:-1]
    letters = {answer: MarkedWords(letter, answer) for answer, letter in LETTERS.items()}
    answers = {study: [letters.get(rows.get((study, item), ""), "") for item in asked] for study in studies}
    return [make_list_entry("", study_link(data, study), *row) for study, row in answers.items()]


def answers_on_bias(data: PageData, study_id: str) -> Iterator[Line]:
    """A line for each question on bias: the answer in the study's text, and the words that support it."""
    rows = {row["item"]: row for row in data.rows_with_cell("risk_of_bias", "study_id", study_id)}
    return (
        _answer_line(data, words, rows[item])
        for item, words in questions_on_bias(data).items()
        if item in rows
    )


def _answer_line(data: PageData, question: str, row: Row) -> Line:
    answers = data.contract.table("risk_of_bias").field_by_name["answer"].categories
    meant = next(category for category in answers if category.value == row["answer"])
    told = f"“{row['words_as_printed']}”" if row["words_as_printed"] else meant.description
    where = data.rows_by_key("sources").get(row["source_id"])
    read = (" ", put_in_brackets(source_link(where, row["locator"]))) if where else ()
    return (f"{question}: ", put_in_bold(meant.label), f". {told}", *read)


def checklist_result(data: PageData, name: str, caption: str) -> ChecklistResult:
    """Which items on a checklist such as GATHER this publication meets."""
    known = [file.stem for file in (data.package.folder / "docs/assets").glob("*.csv")]
    raise_if_unknown_value("checklist_result: name", name, known)
    rows = rows_of_csv(data.package.bytes_of_file(f"docs/assets/{name}.csv"))
    items = [
        make_list_entry(
            f"{name}-{row['item']}",
            f"{row['item']}. {row['asks']}",
            (put_in_bold(code_for_readers(row["status"])), f". {row['note']}"),
            join_lines(((place,) for place in _place_links(row)), ", "),
        )
        for row in rows
    ]
    return ChecklistResult(caption, ("Item", "Status", "Where"), rows, items)


def survey_reporting_checklist(data: PageData) -> ChecklistResult:
    """The checklist for judging a venue survey, with what we could read about two surveys, side by side."""
    rows = rows_of_csv(data.package.bytes_of_file("docs/assets/study-reporting.csv"))
    items: dict[bool, list[ListEntry]] = {True: [], False: []}
    for number, item_rows in group_by_key((row["item"], row) for row in rows).items():
        is_seen = any(row["status"] != "not_reported" for row in item_rows)
        asked = f"{number}. {item_rows[0]['asks']} ({item_rows[0]['basis']})"
        items[is_seen].append(
            make_list_entry(
                f"study-{number}",
                asked,
                *map(_survey_item_line if is_seen else _unreported_item_line, item_rows),
            )
        )
    heads = ("Item", *sorted({row["wave"] for row in rows}))
    return ChecklistResult("What we found, item by item", heads, rows, items[True], unseen=items[False])


def _survey_item_line(row: Row) -> Line:
    """How far one survey reports an item, with any note, as a link to where we say so."""
    if not row["note"]:
        return (_link_to_first_place(row, STATUSES[row["status"]]),)
    return (put_in_bold(f"{STATUSES[row['status']]}."), " ", _link_to_first_place(row, row["note"]))


def _unreported_item_line(row: Row) -> Line:
    """The name of a survey for which we have not seen an item reported, as a link to where we say so."""
    return (_link_to_first_place(row, row["wave"]),)


def _link_to_first_place(row: Row, words: str) -> Piece:
    [place] = _place_links(row)
    return Link(words, place.address, place.anchor) if isinstance(place, Link) else words


def _place_links(row: Row) -> list[Piece]:
    return [_place_link(place) for place in row["where"].split("; ") if place]


def _place_link(place: str) -> Piece:
    """A link to a page or a table; a file of code is not on the site, so its name is not a link."""
    if place.startswith(PAGES):
        page, _, anchor = place.removeprefix(PAGES).partition("#")
        name = page.removesuffix(".md")
        return Link(f"{name}#{anchor}" if anchor else name, "" if name == "index" else f"{name}/", anchor)
    return Link(place, place) if place.startswith("data") else MarkedWords(place, "code")
