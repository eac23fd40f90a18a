"""The claims that sources repeat, and a look-up of where each reported number comes from."""

from collections import Counter
from collections.abc import Iterator

from scripts.package.files import Row, group_by_key
from scripts.package.reading import Reading, date_span
from scripts.site.content_nodes import (
    Line,
    Link,
    ListEntry,
    Section,
    join_lines,
    make_list_entry,
    put_in_bold,
)
from scripts.site.page_data import PageData
from scripts.site.page_parts import (
    credited_body_in_words,
    explanation_of_code,
    printed_number_link,
    reading_link,
)
from scripts.site.table_filters import searchable_numbers_of_readings
from scripts.wording.reported_by import credit_chain_words
from scripts.wording.text_formatting import date_in_words, number_with_noun, sort_by_number

SIZES = ("Below 10", "10 to 99", "100 to 999", "1,000 to 9,999", "10,000 and more")
EXACT = ("a year", "a month", "a day")  # how exactly a date is known, by its number of hyphens


def travelling_claims(data: PageData) -> list[Section]:
    """A section for each repeated claim, most mentioned first, with its mentions in order of date."""
    times = Counter(row["claim_id"] for row in data.rows("scopes"))
    claims = sorted(data.rows("claims"), key=lambda claim: -times[claim["claim_id"]])
    return [_section_on_claim(data, row) for row in claims]


def _section_on_claim(data: PageData, row: Row) -> Section:
    origins = sort_by_number(data.rows_with_cell("origins", "claim_id", row["claim_id"]), "position")
    return Section(
        id=row["claim_id"],
        title=row["name"],
        paragraphs=((row["text"],), *_withdrawn_mentions_line(data, row["claim_id"])),
        rows=tuple(_mention_entry(data, origin) for origin in origins),
    )


def _withdrawn_mentions_line(data: PageData, claim_id: str) -> Iterator[Line]:
    """Yield a line on how many mentions of a claim were withdrawn, and of which quantities, if any were."""
    rows = data.rows_with_cell("scopes", "claim_id", claim_id)
    gone = [reading for row in rows if (reading := data.reading(row["value_id"])).is_withdrawn]
    main_mentions = dict.fromkeys(reading.quantity_id for reading in gone)
    links = [(reading_link(data, main, data.label(main)),) for main in main_mentions]
    if gone:
        yield (
            f"Withdrawn, and so not listed: {number_with_noun(len(gone), 'printing')} of ",
            *join_lines(links),
            ".",
        )


def _mention_entry(data: PageData, origin: Row) -> ListEntry:
    """An entry for a mention: its date, number, scope and publisher, and where its credits lead."""
    reading, values = data.reading(origin["value_id"]), data.values
    earliest = " (earliest read)" if origin["is_earliest"] == "yes" else ""
    credited = credited_body_in_words(data, origin["credited_to"], "; credits ")
    return make_list_entry(
        "",
        (date_in_words(origin["date_published"]) or "not visible") + earliest,
        (
            put_in_bold(printed_number_link(data, reading)),
            f" {values.scope_words(reading.id)}{values.caution_words(reading.id)}",
        ),
        f"{values.publisher(reading.id)}{credited}. "
        f"{explanation_of_code(data, 'origins', 'chain', origin['chain'])}",
    )


def numbers_by_size(data: PageData, is_here: bool) -> list[Section]:
    """The numbers for this country, or for others if `is_here` is false, in sections by size."""
    folds = group_by_key(
        (_digits_before_decimal_point(reading), _number_entry(data, reading))
        for reading in data.finder.one_reading_per_number(is_here)
    )
    return [Section(f"digits-{size + 1}", SIZES[size], rows=tuple(rows)) for size, rows in folds.items()]


def _digits_before_decimal_point(reading: Reading) -> int:
    """The position in SIZES of the range that contains a number, such as 0 for “Below 10”."""
    whole = int(float(reading.low or reading.high or 0))
    return min(len(str(whole)), len(SIZES)) - 1


def _number_entry(data: PageData, reading: Reading) -> ListEntry:
    """An entry for a number: how it is printed, what it measures, and where it comes from."""
    same = data.finder.mentions_with_same_number(reading)
    name = "Every mention of this claim"
    claims = [(" ", Link(name, "claims-traced/", key)) for key in data.values.claims_repeated_by(same)]
    return make_list_entry(
        "",
        _number_line(data, reading, same),
        _words_for_what_was_measured(data, reading),
        (_origin_of_number_in_words(data, reading, same), *(piece for claim in claims for piece in claim)),
        numbers=" ".join(searchable_numbers_of_readings(same)),
        unit=data.row("indicators", reading.indicator_id)["unit"],
    )


def _number_line(data: PageData, reading: Reading, same: list[Reading]) -> Line:
    """The printed forms of a number, the first as a link, then the number as we write it, if different."""
    first, *more = _printed_forms(same)
    value = data.value(reading.id)
    return (
        reading_link(data, reading.id, first),
        *(f", {words}" for words in more),
        "" if first == f"“{value}”" else f" – {value}",
    )


def _printed_forms(same: list[Reading]) -> list[str]:
    """The different forms in which a number is printed; forms that differ only in case count as one."""
    first = {reading.printed.lower(): f"“{reading.printed}”" for reading in reversed(same)}
    return [first[words] for words in dict.fromkeys(reading.printed.lower() for reading in same)]


def _words_for_what_was_measured(data: PageData, reading: Reading) -> str:
    label, scope = data.label(reading.id), reading.scope_as_printed
    condensed = "" if scope in label else f" In the source, condensed: {scope}."
    return f"{label}{data.caution_words(reading.id)}.{condensed}"


def _origin_of_number_in_words(data: PageData, reading: Reading, same: list[Reading]) -> str:
    """Words for the earliest source that we read, and for whether the number was traced to its origin."""
    first = data.values.earliest_published(same)
    lead, times = "Reported by ", ""
    if len(same) > 1:
        lead = f"{_earliest_source_words(data, first, same)}: "
        times = f"; {len(same)} mentions of this number"
    date = date_in_words(data.reading_index.date_published(first)) or "date not visible"
    credits = credit_chain_words(data.values, reading.quantity_id)
    return f"{lead}{data.publisher(first.id)}, {date}{times}. {credits}"


def _earliest_source_words(data: PageData, first: Reading, same: list[Reading]) -> str:
    """A phrase for the earliest mention; if another may be as early, it says how exact the date is."""
    dates = {data.reading_index.date_published(reading) for reading in same}
    date = data.reading_index.date_published(first)
    perhaps = [other for other in dates - {date, ""} if date_span(other).start <= date_span(date).end]
    return f"Earliest mention found with {EXACT[date.count('-')]}" if perhaps else "Earliest mention found"
