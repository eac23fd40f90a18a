"""Charts with an axis of years: what was measured when, mentions of claims, and counts in series."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import itemgetter

from scripts.package.featured_roles import Role
from scripts.package.files import Row, group_by_key
from scripts.package.reading import Reading, date_span
from scripts.site.charts import chart_model
from scripts.site.charts.reading_marks import (
    KINDS,
    population_words,
    publisher_of_reading,
    readings_in_roles,
    readings_with_all_companions,
)
from scripts.site.index_pages import topic_title
from scripts.site.page_data import PageData
from scripts.site.page_parts import credited_body_in_words, explanation_of_code
from scripts.wording import text_formatting
from scripts.wording.quantity_names import place_with_article
from scripts.wording.text_formatting import (
    add_thousands_separators,
    code_for_readers,
    date_in_words,
    lowercase_first,
    number_with_noun,
    period_in_words,
)

CLAIMS, VENUES, RESPONSE = "early_claims", "venue_studies", "response"
LOOKS = {  # by kind of chain of credits; the meanings come from the definition of the column
    "credits_nobody": chart_model.MarkKind("", "○", "circle", solid=False),
    "credits_person": chart_model.MarkKind("", "◇", "diamond", solid=False),
    "chain_breaks": chart_model.MarkKind("", "×", chart_model.CROSS, solid=False),
    "credited_body_read": chart_model.MarkKind("", "●", "circle"),
    "speaks_for_itself": chart_model.MarkKind("", "■", "square"),
}
STUDY = chart_model.MarkKind(
    "Reports interviews or a survey", "◆", "diamond"
)  # whatever its chain of credits
TINTS = {"credits_nobody": chart_model.OUTSIDE, "chain_breaks": chart_model.INK}
APART = 1.2  # years between marks that do not overlap
UNDATED = 7  # years between the last year and the undated marks, which are off the axis
FEWEST = 5  # the fewest periods for which a series has its own panel
BREAK = chart_model.MarkKind("dashed line: the way of counting changed", "¦", "stroke")
OPEN = {  # marks that point sideways on other charts point up or down here
    "►": chart_model.MarkKind("reported as this figure or more", "▲", "triangle-up"),
    "◄": chart_model.MarkKind("reported as this figure or less", "▼", "triangle-down"),
}

# The lines of the chart “measured when”, by topic.
MEASURED_BY = (CLAIMS, "sex_work_counts", VENUES, "other_surveys", "not_counted", RESPONSE)
MANY = {  # how many figures for one year a circle means, largest first
    10: chart_model.MarkKind("10 or more", "●", "circle", size=150),
    3: chart_model.MarkKind("3 to 9", "•", "circle", size=60),
    1: chart_model.MarkKind("1 or 2 figures for that year", "·", "circle", size=18),
}
NONE_LATER = chart_model.MarkKind("no repeat found", "┄", "stroke", is_dotted=True)
LAWS = ("law", "plan", "closure")  # kinds of event
EVENT = chart_model.MarkKind("law, plan or closure", "|", "M0,-1L0,1", size=160)


def measured_when(data: PageData) -> chart_model.Chart:
    """The chart of what was measured in this country, by topic and year, with laws, plans and closures."""
    index, values = data.reading_index, data.rows_by_key("values")
    main_mentions = (reading for reading in index.main_mentions if reading.topic in MEASURED_BY)
    here = [reading for reading in main_mentions if values.get(reading.id, {}).get("in_country") == "yes"]
    years = {topic: found for topic in MEASURED_BY if (found := _count_figures_by_year(here, topic))}
    undrawn = number_with_noun(len(here) - sum(found.total() for found in years.values()), "figure")
    laws = _law_marks(data)
    law_years = [int(mark.words[:4]) for mark in laws]
    across = _year_scale([*law_years, *(year for found in years.values() for year in found)])
    lines = [_chart_line_of_topic(data, topic, found, across) for topic, found in years.items()]
    if lines and laws:
        lines.append(chart_model.ChartLine("Laws, plans and closures", laws))
    title, others = _title_and_note_on_later_years(data, years)
    return chart_model.Chart(
        title=title,
        note="A bigger circle means more figures for that year, not better ones. "
        f"The chart leaves out {undrawn} that have no year or cover several years. "
        "Some dates of laws and closures are inferred.",
        found=others + " ".join(_years_in_words(data, topic, found) for topic, found in years.items()),
        panels=[chart_model.Panel(title="By the year each figure refers to", lines=lines, across=across)],
        columns=("What and when", "Kind", "Figures, or date"),
        tables=("data/reported_values.csv", "data/events.csv"),
        source="our count of the figures in this data set.",
    )


def _law_marks(data: PageData) -> list[chart_model.Mark]:
    """A mark for each dated law, plan or closure; an event that is recorded twice has one mark."""
    return [
        chart_model.Mark(
            kind=EVENT, at=middle_of_period_as_year(row["date"]), name=row["title"], words=row["date"]
        )
        for row in data.rows("events")
        if row["kind"] in LAWS and row["date"] and not row["same_event_as"]
    ]


def _count_figures_by_year(main_mentions: Sequence[Reading], topic: str) -> Counter[int]:
    """The number of quantities on a topic for each year, without undated ones and longer periods."""
    ends = [
        date_span(reading.period) for reading in main_mentions if reading.topic == topic and reading.period
    ]
    return Counter(int(first[:4]) for first, last in ends if first[:4] == last[:4])


def _chart_line_of_topic(
    data: PageData, topic: str, found: Counter[int], across: chart_model.AxisScale
) -> chart_model.ChartLine:
    label, last = topic_title(data, topic), max(found)
    marks = [
        chart_model.Mark(
            kind=next(kind for fewest, kind in MANY.items() if figures >= fewest),
            at=float(year),
            name=f"{label}, {year}",
            words=str(figures),
            tint=(chart_model.LATER if year == last else chart_model.EARLIER)
            if topic == VENUES
            else chart_model.MEASURED,
        )
        for year, figures in sorted(found.items())
    ]
    if topic == VENUES:
        at, end, name = last + 0.8, across.first_and_last_value[1], f"{label}, after {last}"
        ends = chart_model.Mark(kind=NONE_LATER, low=at, high=end, tint=chart_model.RULE)
        marks.append(replace(ends, name=name, words="none", text=NONE_LATER.meaning))
    return chart_model.ChartLine(label, marks)


def _title_and_note_on_later_years(data: PageData, years: dict[str, Counter[int]]) -> tuple[str, str]:
    """A title that counts the figures for years after the last venue survey, and a note on their topics."""
    if VENUES not in years:
        return "What was measured when", ""
    last = max(years[VENUES])
    later = {topic: sum(found[year] for year in found if year > last) for topic, found in years.items()}
    said = f"Of {sum(later.values())} figures for a single year after {last}"
    response = later.pop(RESPONSE, 0)
    others = "; ".join(
        f"{lowercase_first(topic_title(data, topic))} ({n})" for topic, n in later.items() if n
    )
    rest = f"The others for later years are of {others}. " if others else ""
    return f"{said}, {response} are about the response, such as arrests", rest


def _years_in_words(data: PageData, topic: str, found: Counter[int]) -> str:
    ends = dict.fromkeys((str(min(found)), str(max(found))))
    return f"{topic_title(data, topic)}: {number_with_noun(found.total(), 'figure')}, {' to '.join(ends)}."


def early_claims(data: PageData, *, first: Role | None = None, words: str = "") -> chart_model.Chart:
    """The chart of claims first made outside venue studies: when, by whom, and whom they credit.

    The publisher of the reading `first` is named before all others; `words` are drawn beside its mark.
    """
    index, claims = data.reading_index, _mentions_by_claim(data)
    rows = [row for here in claims.values() for row in here]
    scale = _five_year_scale(rows)
    once = {row["value_id"]: row["chain"] for row in rows}  # the chain does not depend on the claim
    chains = Counter(once.values())
    names = (data.name_of("claims", claim_id).replace(" percent", "%") for claim_id in claims)
    named = readings_in_roles(data, first)
    marks = [list(_mention_marks(data, here, scale)) for here in claims.values()]
    if words:
        marks = [_marks_with_words_beside(of_claim, named, words) for of_claim in marks]
    lines = [chart_model.ChartLine(name, here) for name, here in zip(names, marks, strict=True)]
    return chart_model.Chart(
        title=_title_on_credit_chains(chains),
        note=f"A mention that fits two figures is shown twice: {chains.total()} mentions make {len(rows)} "
        "marks. We have seen only the start of most documents, so we will have missed some mentions.",
        found=_credit_chains_in_words(data, rows, chains, len(claims)),
        panels=[chart_model.Panel(title="When each figure was reported", lines=lines, across=scale)],
        columns=("Reported by", "What we found of it", "Published"),
        tables=("data/derived/origins.csv", "data/claims.csv"),
        rests_on=[
            *named,
            *(reading for reading in index.withdrawn if reading.topic == CLAIMS),
        ],
    )


def _title_on_credit_chains(chains: Counter[str]) -> str:
    """A title that says how many mentions could be traced to a count by the body that they credit."""
    led = chains["credited_body_read"] + chains["speaks_for_itself"]
    return f"{led or 'None'} of the {chains.total()} mentions led us to a count by the body it credits"


def _mentions_by_claim(data: PageData) -> dict[str, list[Row]]:
    """The mentions of each claim first made outside venue studies, most mentioned claim first."""
    index, readings = data.reading_index, data.reading_index.readings_by_id
    dated = [  # the dates are those in `sources`, where their form is checked
        row | {"date_published": index.date_published(readings[row["value_id"]])}
        for row in sorted(data.rows("origins"), key=lambda row: int(row["position"]))
    ]
    shown = {
        reading.id
        for reading in readings_with_all_companions(data, {readings[row["value_id"]] for row in dated})
    }
    claims = sorted(
        group_by_key((row["claim_id"], row) for row in dated if row["value_id"] in shown).items()
    )
    chosen = [claim for claim in claims if readings[claim[1][0]["value_id"]].topic == CLAIMS]
    return dict(sorted(chosen, key=lambda claim: -len(claim[1])))


def _five_year_scale(rows: Sequence[Row]) -> chart_model.AxisScale:
    """An axis over all dates, with a tick every five years and a last tick for undated mentions."""
    years = [int(row["date_published"][:4]) for row in rows if row["date_published"]] or [0]
    first, last = min(years) // 5 * 5, -(-(max(years) + 1) // 5) * 5
    undated = Counter(row["claim_id"] for row in rows if not row["date_published"])
    return chart_model.AxisScale(
        unit="year",
        ticks=(*range(first, last + 1, 5), last + UNDATED),
        start=first - 2,
        end=last + UNDATED + max(APART * max(undated.values(), default=0), 6.0),
        last="no date",
    )


def _mention_marks(
    data: PageData, rows: Sequence[Row], scale: chart_model.AxisScale
) -> Iterator[chart_model.Mark]:
    """Yield the marks of one line; a mark that would overlap an earlier one is moved up."""
    taken: list[float] = []  # the position of the last mark on each step
    for row in (origin for origin in rows if origin["date_published"]):
        at = middle_of_period_as_year(row["date_published"])
        lift = next((step for step, last in enumerate(taken) if at - last >= APART), len(taken))
        taken[lift : lift + 1] = [at]
        yield _mention_mark(data, row, at, lift)
    for beside, row in enumerate(origin for origin in rows if not origin["date_published"]):
        yield _mention_mark(data, row, scale.ticks[-1] + APART * beside, 0)


def _marks_with_words_beside(
    marks: list[chart_model.Mark], named: Sequence[Reading], words: str
) -> list[chart_model.Mark]:
    """The marks of one line, with words beside the named reading, which is moved above the others."""
    top = max(mark.lift for mark in marks) + 1
    ids = {reading.id for reading in named}
    return [replace(mark, lift=top, text=words) if mark.value_id in ids else mark for mark in marks]


def _mention_mark(data: PageData, row: Row, at: float, lift: int) -> chart_model.Mark:
    index = data.reading_index
    reading = index.readings_by_id[row["value_id"]]
    kind = STUDY if reading.study_id else _mark_kind_of_credit_chain(data, row["chain"])
    whole = (
        f" {lowercase_first(population_words(data, reading.population_id))}"
        if index.kind_of_indicator(reading) == "share"
        else ""
    )
    place = "" if reading.place_id == data.country else data.values.naming.place_in_sentence(reading)
    where = f", {place_with_article(place)}" if place else ""
    credited = credited_body_in_words(data, row["credited_to"], "credits ") or lowercase_first(kind.meaning)
    return chart_model.Mark(
        kind=kind,
        at=at,
        words=row["date_published"] or "no date",
        name=f"{publisher_of_reading(reading, index)}: “{reading.printed}”{whole}{where}, {credited}",
        value_id=reading.id,
        lift=lift,
        tint=chart_model.MEASURED if reading.study_id else TINTS.get(row["chain"], chart_model.MEASURED),
    )


def middle_of_period_as_year(period: str) -> float:
    """The middle of a period, as a position on an axis of years; months and days may be unknown.

    The middle of a whole year is at the year's own number: 2015 is at 2015.0.
    """
    first, last = date_span(period)
    start = int(first[:4]) + (max(int(first[5:7]), 1) - 1) / 12
    end = int(last[:4]) + (1.0 if last[5:7] == "99" or int(last[5:7]) > 11 else int(last[5:7]) / 12)
    return (start + end) / 2 - 0.5


def _credit_chains_in_words(data: PageData, rows: Sequence[Row], chains: Counter[str], claims: int) -> str:
    said = [
        f"{_mark_kind_of_credit_chain(data, chain).meaning}: {number}"
        for chain, number in chains.most_common()
    ]
    oldest = min((row["date_published"] for row in rows if row["date_published"]), default="")
    since = f", the oldest that we read of {date_in_words(oldest)}" if oldest else ""
    return f"{claims} claims, {chains.total()} mentions{since}. {'; '.join(said)}."


def _mark_kind_of_credit_chain(data: PageData, chain: str) -> chart_model.MarkKind:
    """The kind of mark for a chain of credits, with its meaning from the definition of the column."""
    words = explanation_of_code(data, "origins", "chain", chain).removesuffix(".")
    return replace(LOOKS[chain], meaning=words)


def response(data: PageData) -> chart_model.Chart:
    """The chart of what police, courts and organisations counted by year: a panel for each long series."""
    every = [(row, _dated_counts_of_series(data, row["series_id"])) for row in data.rows("series")]
    long = [(row, counts) for row, counts in every if len({reading.period for reading in counts}) >= FEWEST]
    long.sort(key=lambda series: series[0]["name"].lower())
    across = _year_scale([int(reading.period[:4]) for _, counts in long for reading in counts])
    sound = sum(not _breaks_of_series(data, row["series_id"]) for row, _ in long)
    longest, why = (
        f"{text_formatting.small_number_in_words(len(long))} longest series",
        "" if sound else ": the counting changed",
    )
    return chart_model.Chart(
        title=f"{sound or 'None'} of the {longest} of counts can be read as one trend{why}",
        note="Do not compare counts before and after a dashed line. Two points in a year are two counts. "
        f"We left out {len(every) - len(long)} series with fewer than "
        f"{text_formatting.small_number_in_words(FEWEST)} dates each.",
        found=" ".join(_lowest_and_highest_count_words(data, row, counts) for row, counts in long),
        panels=[_series_panel(data, row, counts, across) for row, counts in long],
        columns=("Period", "Kind", "Reported, or kind of break"),
        tables=("data/series.csv", "data/series_breaks.csv", "data/reported_values.csv"),
    )


def _lowest_and_highest_count_words(data: PageData, series: Row, counts: Sequence[Reading]) -> str:
    """The number of counts in a series, the lowest and the highest; nothing is said about a trend."""
    low, *_, high = sorted(counts, key=lambda reading: float(reading.low or reading.high))
    ends = [
        f"{data.values.number_with_noun(reading.id)} ({period_in_words(reading.period)})"
        for reading in (low, high)
    ]
    return f"{series['name']}: {len(counts)} counts, the lowest {ends[0]}, the highest {ends[1]}."


def _dated_counts_of_series(data: PageData, series_id: str) -> list[Reading]:
    """The dated counts in a series that may be shown alone, without further mentions of a quantity."""
    series = data.reading_index.readings_in_series(series_id)
    return readings_with_all_companions(
        data,
        (
            reading
            for reading in series
            if reading.is_main and reading.period and reading.may_be_shown_alone
        ),
    )


def _breaks_of_series(data: PageData, series_id: str) -> list[Row]:
    return [row for row in data.rows_with_cell("series_breaks", "series_id", series_id) if row["at"]]


def _year_scale(years: Sequence[int]) -> chart_model.AxisScale:
    """The axis that all lines or panels share, with a tick every five years; `years` may be empty."""
    first, last = min(years, default=0) // 5 * 5, max(years, default=0)
    return chart_model.AxisScale(
        unit="year", ticks=range(first, last // 5 * 5 + 6, 5), start=first - 2, end=last + 1.0
    )


def _series_panel(
    data: PageData, series: Row, counts: Sequence[Reading], across: chart_model.AxisScale
) -> chart_model.Panel:
    marks = [_count_mark(reading) for reading in counts]
    breaks = sorted(_breaks_of_series(data, series["series_id"]), key=itemgetter("at"))
    every = chart_model.axis_scale_from_zero("count", [mark.up for mark in marks]).ticks
    step = max(1, int(every[max(1, len(every) // 3)]))
    return chart_model.Panel(
        title=series["name"],
        lines=[chart_model.ChartLine("", [*marks, *map(_series_break_mark, breaks)])],
        across=across,
        up=chart_model.AxisScale(unit="count", ticks=range(0, int(every[-1]) + step, step)),
        note=series["counts"],
    )


def _count_mark(reading: Reading) -> chart_model.Mark:
    """A mark for a count, at the middle of its period."""
    kind = KINDS.get(reading.qualifier_kind, chart_model.PRINTED)
    printed = reading.low or reading.high
    return chart_model.Mark(
        kind=OPEN.get(kind.glyph, kind),
        at=middle_of_period_as_year(reading.period),
        up=float(printed),
        name=reading.period,
        words=add_thousands_separators(printed),
        tint=chart_model.MEASURED,
        value_id=reading.id,
    )


def _series_break_mark(row: Row) -> chart_model.Mark:
    """A mark at the start of a break's year or month; on this axis, the number of a year is at mid-year."""
    start = int(row["at"][:4]) + (int(row["at"][5:7] or 1) - 1) / 12 - 0.5
    return chart_model.Mark(
        kind=BREAK, at=start, name=row["at"], words=code_for_readers(row["kind"]), is_break=True
    )
