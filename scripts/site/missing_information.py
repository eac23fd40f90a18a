"""What is missing on each topic, and what to look for in the documents that would fill the gaps."""

from collections.abc import Iterator, Mapping

from scripts.checks.outdated_absences import pages_by_absence
from scripts.package.files import Row, group_by_key
from scripts.package.gap_answers import WHOLE
from scripts.site import page_parts as parts
from scripts.site.content_nodes import (
    Line,
    Lines,
    Link,
    ListEntry,
    Piece,
    Section,
    WebLink,
    join_lines,
    make_list_entry,
)
from scripts.site.page_data import PageData
from scripts.wording.text_formatting import capitalise_first, code_for_readers, lowercase_first

IN_ITS_CONTENTS = "place_in_report"  # a study fact: a heading in a table of contents, and its page
HOME = "index"  # the page of docs/ at the site's root


def not_available(data: PageData, *topics: str) -> list[ListEntry]:
    """A list entry for each item on these topics that was looked for and not found."""
    return [
        _entry_on_missing_item(data, row) for row in data.rows("not_available") if row["topic"] in topics
    ]


def _entry_on_missing_item(data: PageData, row: Row) -> ListEntry:
    why: Piece | Line = parts.explanation_of_code(data, "not_available", "reason", row["reason"])
    source = row["source_id"]
    where: Line = (" Where to look: ", parts.source_title_link(data, source), ".") if source else ()
    facts = f" ({row['fact_ids']})" if row["fact_ids"] else ""
    settles = row["what_would_settle"], *where, facts
    return make_list_entry(
        row["not_available_id"],
        _missing_item_words(data, row),
        _known_about_item_line(data, row) or why,
        settles,
    )


def _missing_item_words(data: PageData, row: Row) -> str:
    scope = parts.scope_in_words(data.package, "not_available", row)
    return f"{row['what']} ({scope})" if row["reach"] == "studies" else row["what"]


def _known_about_item_line(data: PageData, row: Row) -> Line:
    answer = data.figures.answers.get((row["not_available_id"], WHOLE))
    return ("It is known now: ", data.answer_link(answer)) if answer else ()


def reading_sheets(data: PageData, topic: str) -> list[Section]:
    """A sheet for each document that would fill gaps on this topic; those that fill the most come first."""
    rows = [row for row in data.rows("not_available") if row["topic"] == topic and row["source_id"]]
    by_document = group_by_key((row["source_id"], row) for row in rows)
    most_first = sorted(by_document.items(), key=lambda item: -len(item[1]))
    said_on = pages_by_absence(data.package)
    return [_document_section(data, source_id, gaps, said_on) for source_id, gaps in most_first]


def _document_section(
    data: PageData, source_id: str, gaps: list[Row], said_on: Mapping[str, list[str]]
) -> Section:
    source = data.row("sources", source_id)
    extent = parts.explanation_of_code(data, "sources", "read_extent", source["read_extent"])
    copy = WebLink("A copy", source["url"]) if source["url"] else "No copy has an address"
    about = (f"{source['publisher']}. ", copy, f". How much of it was read: {lowercase_first(extent)}")
    facts = data.rows_with_cell("study_facts", "source_id", source_id)
    headings = tuple((row["fact_as_printed"],) for row in facts if row["attribute"] == IN_ITS_CONTENTS)
    contents: Lines = (("In its list of contents, with the page:",),) if headings else ()
    rows = tuple(_gap_entry(data, row, said_on.get(row["not_available_id"], [])) for row in gaps)
    return Section(f"read-{source_id}", source["title"], (about, *contents), items=headings, rows=rows)


def _gap_entry(data: PageData, row: Row, pages: list[str]) -> ListEntry:
    """An entry for a gap: what is missing, what would settle it, what to enter, and the pages to change."""
    key = row["not_available_id"]
    changed = join_lines((_page_link(name),) for name in pages)
    settles = _known_about_item_line(data, row) or row["what_would_settle"]
    return make_list_entry(
        key,
        _missing_item_words(data, row),
        settles,
        "; ".join(_names_of_what_would_fill_gap(data, key)),
        changed,
    )


def _page_link(name: str) -> Link:
    return Link("home", "") if name == HOME else Link(name.replace("-", " "), f"{name}/")


def _names_of_what_would_fill_gap(data: PageData, key: str) -> Iterator[str]:
    """Yield the name of what to enter, and the study if any, for each row that would fill the gap."""
    for wanted in data.rows_with_cell("absence_answers", "not_available_id", key):
        study = f", {data.name_of('studies', wanted['study_id'])}" if wanted["study_id"] else ""
        if column := wanted["study_field"]:
            yield f"{data.contract.table('studies').field_by_name[column].title}{study}"
        elif attribute := wanted["attribute"]:
            yield f"{capitalise_first(code_for_readers(attribute))}{study}"
        elif indicator := wanted["indicator_id"]:
            yield f"{data.name_of('indicators', indicator)}{study}"
        elif sex := wanted["sex"]:
            yield f"Any number, sex: {code_for_readers(sex)}{study}"
