"""The page of one source: what it is, how much of it we read, what it says, and its figures."""

from collections.abc import Callable, Iterator, Mapping

from scripts.package.files import Row
from scripts.package.shared_words import language_names
from scripts.site import page_parts as parts
from scripts.site.content_nodes import Line, Lines, Link, ListEntry, make_list_entry, put_in_brackets
from scripts.site.page_data import PageData
from scripts.wording.text_formatting import (
    capitalise_first,
    code_for_readers,
    date_in_words,
    join_with_commas_and,
)


def source_page(data: PageData, source: Row) -> parts.PageContent:
    """The page of one source; its rows are the figures that it reports."""
    return parts.PageContent(
        id=source["source_id"],
        title=source["title"],
        description=_page_description(source),
        facts=tuple(_fact_lines(data, source)),
        sections=parts.lines_by_section(SECTIONS, data, source),
        rows=tuple(_reading_entry(data, row) for row in _readings_of_source(data, source)),
        cites=(source["source_id"],),
    )


def _readings_of_source(data: PageData, source: Row) -> list[Row]:
    return data.rows_with_cell("reported_values", "source_id", source["source_id"])


def _page_description(source: Row) -> str:
    date = date_in_words(source["date_published"]) or "date not visible"
    contents = "how much of it we read, and the figures that it gives"
    return parts.search_engine_description(
        f"Source {source['source_id']}: {source['title']}. {source['publisher']}, {date}: {contents}"
    )


def _fact_lines(data: PageData, source: Row) -> Iterator[tuple[str, Line]]:
    """Yield labelled facts: a source's kind, publisher, independence and address, and how much we read."""
    date = (
        date_in_words(source["date_published"])
        or f"date {code_for_readers(source['date_published_reason'])}"
    )
    kind = code_for_readers(source["kind"]).capitalize()
    language = language_names().get(source["language"], source["language"])
    yield "What it is", (f"{kind} in {language}, {date}",)
    yield "Published by", (source["publisher"],)
    if source["creator"]:
        yield "Author", (source["creator"],)
    yield (
        "How much we read",
        (parts.explanation_of_code(data, "sources", "read_extent", source["read_extent"]),),
    )
    yield "Interest in the result", (_independence_words(data, source),)
    read = date_in_words(source["date_copy_read"])
    copy = f"; a stored copy read on {read}" if read else ""
    yield "Address", (*(parts.address_and_date_seen(source) or ("not recorded",)), copy)
    if found := source["search_id"]:
        yield "Found by", (Link(f"search {found}", "searches/", f"search-{found}"),)


def _based_on_lines(data: PageData, source: Row) -> Iterator[Line]:
    """Yield the document that a source takes figures from, and the documents that take figures from it."""
    if source["based_on"]:
        origin = data.row("sources", source["based_on"])
        yield ("It says that it takes figures from ", parts.source_link(origin, origin["title"]), ".")
    for other in data.rows_with_cell("sources", "based_on", source["source_id"]):
        yield ("It is named as the origin by ", parts.source_link(other, other["title"]), ".")


def _independence_words(data: PageData, source: Row) -> str:
    own = (
        f"; it is a document of {parts.organisation_name(data, source)}"
        if source["organisation_id"]
        else ""
    )
    kind = parts.explanation_of_code(data, "sources", "independence", source["independence"]).removesuffix(
        "."
    )
    return f"{kind}{_repeated_figures_in_words(data, source)}{own}"


def _repeated_figures_in_words(data: PageData, source: Row) -> str:
    """The organisations whose figures an independent source repeats; blank for other sources."""
    bodies = {row["credited_to"] for row in _readings_of_source(data, source)} - {
        "",
        source["organisation_id"],
    }
    if source["independence"] != "independent" or not bodies:
        return ""
    names = sorted(data.name_of("organisations", body) for body in bodies)
    return f", but it reports figures of {join_with_commas_and(names)}"


def _reading_entry(data: PageData, row: Row) -> ListEntry:
    """An entry for a reading: its printed number, its label, where it is printed, and whom it credits."""
    value_id = row["value_id"]
    where = f"{row['locator']}. {parts.source_and_credited_body(data, row['evidence'], row['credited_to'])}"
    token = parts.printed_number_link(data, data.reading(value_id))
    return make_list_entry(value_id, token, parts.label_with_caution(data, value_id), where)


def _reply_lines(data: PageData, source: Row) -> Lines:
    return parts.reply_lines(
        data, "value_id", (row["value_id"] for row in _readings_of_source(data, source))
    )


def _history_lines(data: PageData, source: Row) -> Iterator[Line]:
    return parts.history_lines(data, sources=[source["source_id"]])


def _other_rows_of_source(data: PageData, source: Row) -> Iterator[Line]:
    """Yield a line for everything in the package, apart from figures, that comes from a source."""
    for table, line in LINES.items():
        rows = data.rows_with_cell(table, "source_id", source["source_id"])
        yield from (line(data, row) for row in rows)


def _article_statement_line(_: PageData, row: Row) -> Line:
    key = row["article_statement_id"]
    return (f"{capitalise_first(row['locator'])}: ", Link(row["paraphrase"], "article-statements/", key))


def _tier_line(data: PageData, cell: Row) -> Line:
    place = Link(data.name_of("places", cell["place_id"]), "tip-tiers/", cell["place_id"])
    tier = f", {code_for_readers(cell['tier_as_stated'])}; {cell['locator']}"
    return (f"TIP report of {cell['report_year']}: ", place, tier)


def _series_break_line(data: PageData, row: Row) -> Line:
    series = Link(data.name_of("series", row["series_id"]), "series/", row["series_id"])
    return ("It tells of a break in the series ", series, f": {row['text']}")


def _assumption_line(_: PageData, row: Row) -> Line:
    words = f"It is behind an assumption: {code_for_readers(row['parameter'])}, {row['value']} "
    return (words, put_in_brackets(f"“{row['value_as_printed']}”, {row['locator']}"))


LINES: Mapping[str, Callable[[PageData, Row], Line]] = {
    **parts.LINES,
    "article_statements": _article_statement_line,
    "speaks_for": lambda data, row: (
        f"It speaks for {parts.organisation_name(data, row)} too: {row['reason']}",
    ),
    "tip_tier_sources": _tier_line,
    "series_breaks": _series_break_line,
    "scenario_assumptions": _assumption_line,
    "not_available": lambda _, row: (
        "It may hold what is not available: ",
        parts.not_available_link(row, row["what"]),
    ),
}
SECTIONS: parts.Sections = {
    "says": _other_rows_of_source,
    "beside": _based_on_lines,
    "replies": _reply_lines,
    "history": _history_lines,
}
