"""Every printing of a quantity side by side: what each source prints, where, and of whom."""

from scripts.package.files import Row
from scripts.package.reading import Reading
from scripts.site.lines import Entry, Line, Link, Marked, entry, strong
from scripts.site.page_data import PageData
from scripts.site.page_parts import document, source_link, speaker, value_link
from scripts.wording.words import date_words, plain_word


def printings_to_quote(data: PageData, root_id: str) -> tuple[Entry, ...]:
    """Every printing, those that were withdrawn too, because their anchors stay.

    Each has its sentence but for the root, whose sentence stands at the head of the page.
    """
    every = data.values.every_printing(root_id)
    return tuple(_printing(data, one, to_quote=not one.is_root) for one in every)


def printings(data: PageData, root_id: str) -> tuple[Entry, ...]:
    """The printings that stand, to be read side by side."""
    listed = data.package.ledger.printings(root_id)
    return tuple(_printing(data, one, to_quote=False, to_cite=False) for one in listed)


def _printing(data: PageData, one: Reading, *, to_quote: bool, to_cite: bool = True) -> Entry:
    """One source that prints a quantity: what it prints, where, and of whom; cited on its own page."""
    sentence = data.quotes.sentence(one.id) if to_quote else ""
    return entry(
        one.id,
        (strong(data.values.printed(one.id)), *_read_as(data, one), *_gone(data, one)),
        (*_where_printed(data, one), *(_cite(one, sentence) if to_cite else ())),
        (_scope(data, one), *((" ", Marked(sentence, "quote")) if sentence else ())),
    )


AGAIN = {
    "read": "read again {by}",
    "not_in_reach": "looked up again {by}, who could not reach the passage",
    "not_found": "looked up again {by}, who did not find the document",
}


def _gone(data: PageData, one: Reading) -> Line:
    if not one.is_withdrawn:
        return ()
    return (" ", strong("Withdrawn, do not quote."), f" {data.values.why_withdrawn(one.id)}")


def _read_as(data: PageData, one: Reading) -> Line:
    is_plain = one.written_in == "digits" and one.is_point
    also = one.also_fact_ids.replace(";", ", ")
    return (
        " " if is_plain else f" read as {data.values.value(one.id)} ",
        value_link(data, one.id, one.id),
        f" (also {also})" if also else "",
    )


def _where_printed(data: PageData, one: Reading) -> Line:
    source = data.package.row("sources", one.source_id)
    date = date_words(source["date_published"]) or "date not visible"
    return (
        document(data, one.source_id),
        f", {source['publisher']}, {date}; {one.locator}. Read: ",
        source_link(source, plain_word(source["read_extent"])),
        *_read_again(data, one),
        f". {speaker(data, one.evidence, one.credited_to)}",
    )


def _read_again(data: PageData, one: Reading) -> Line:
    """Who looked the figure up a second time, and what was decided where the two readings differ."""
    rows = data.package.grouped("second_readings", "value_id", one.id)
    lines = [_second_reading(row) for row in rows] or ["; read once"]
    return tuple(lines)


def _second_reading(row: Row) -> str:
    told = AGAIN[row["reach"]].format(by=f"by a {row['reader']} on {date_words(row['date'])}")
    return f"; {told}" + (f" ({row['decision'].rstrip('.')})" if row["decision"] else "")


def _cite(one: Reading, sentence: str) -> Line:
    is_cited = sentence or (one.is_root and not one.is_withdrawn)
    return (" ", Link("Cite", None, f"cite-{one.source_id}")) if is_cited else ()


def _scope(data: PageData, one: Reading) -> str:
    scope = data.values.scope_words(one.id)
    words = f"{scope}. In the source, condensed: {one.scope_as_printed}"
    return f"{words}. Printed interval: {interval_words(one)}" if one.interval_low else words


def interval_words(one: Reading) -> str:
    """The interval that a source prints."""
    return f"{one.interval_low} to {one.interval_high}, level {one.interval_level} %"
