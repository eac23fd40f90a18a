"""The shares in two surveys in every version that was printed, with the counts behind them."""

from collections.abc import Sequence

from scripts.derived._reading_comparisons import ages_differ
from scripts.package.featured_roles import Role
from scripts.package.files import Row, group_by_key
from scripts.package.reading import Reading, age_range_words
from scripts.site.charts import chart_model
from scripts.site.charts.reading_marks import (
    mark_for_reading,
    population_words,
    publisher_of_reading,
    readings_in_roles,
    readings_with_all_companions,
    without_withdrawn,
    year_of_fieldwork,
)
from scripts.site.page_data import PageData
from scripts.site.withdrawn_figures import WithdrawnMark, answer_or_withdrawn_mark
from scripts.wording.reported_by import reported_by_sentence
from scripts.wording.text_formatting import (
    capitalise_first,
    format_percent,
    format_whole_number,
    join_with_commas_and,
    small_number_in_words,
)

Surveys = tuple[Reading, Reading]  # the share of the earlier survey, and of the later


def printed_versions(
    data: PageData, *, earlier: Role, later: Role, first: Role | None = None
) -> chart_model.Chart:
    """The chart of all mentions of two surveys' shares that may be shown alone, by population.

    `first` is a different number that another source gave earlier for the earlier survey.
    """
    surveys = _shares_of_both_surveys(data, earlier, later)
    printed = _freely_shown_mentions(data, surveys)
    wholes = {reading.population_id for reading in printed if reading.population_id}
    return chart_model.Chart(
        title=_numbers_per_survey(data, printed, age_range_words(surveys[1])),
        note=f"The sources describe {small_number_in_words(len(wholes))} different groups of people. "
        "The title leaves out rounded figures and those for a different age.",
        found=" ".join(_versions_of_share_in_words(data, main) for main in surveys).strip(),
        panels=chart_model.percent_panels(_lines_by_population(data, printed, surveys)),
        columns=chart_model.PERCENT_COLUMNS,
        tables=("data/derived/values.csv", "data/derived/conflicts.csv"),
        rests_on=[*surveys, *readings_in_roles(data, first), *_withdrawn_mentions(data, surveys)],
        held_back=_count_mentions_not_shown_alone(data, surveys),
    )


def shares_and_counts(
    data: PageData,
    *,
    earlier: Role,
    later: Role,
    count: Role,
    people: Role,
    elsewhere: Role | None = None,
) -> chart_model.Chart:
    """The chart of a share as reported for both surveys, and as computed from the later survey's counts.

    `people` is the number seen in the later survey; `elsewhere` is that number according to another source.
    """
    surveys = _shares_of_both_surveys(data, earlier, later)
    lines = _lines_by_population(data, _freely_shown_mentions(data, surveys), surveys)
    standing = without_withdrawn(surveys)
    shares = join_with_commas_and(
        f"{data.value(reading.id)} in {year_of_fieldwork(reading, data.reading_index)}"
        for reading in standing
    )
    found = [f"Reported: {shares}."] if shares else []
    interval = answer_or_withdrawn_mark(data.figures.interval)
    rows = [interval(later, base, effect="least") for base in (people, elsewhere) if base]
    for row in (found_row for found_row in rows if not isinstance(found_row, WithdrawnMark)):
        line = _chart_line_of_counted_share(data, row)
        lines.setdefault(population_words(data, surveys[1].population_id), []).append(line)
        low, high = format_percent(row["ci_low"]), format_percent(row["ci_high"])
        ends = f"{format_percent(row['ci_level'], 0)} interval {low} to {high}"
        found.append(f"{line.label}: {format_percent(row['estimate'])} ({ends}).")
    return chart_model.Chart(
        title=_caption_with_publishers(data, surveys, shares),
        note="The year is that of the survey, also where a source names none. The ranges assume that each "
        "person was drawn at random and counted independently, and no mistakes about age or "
        "people out of sight.",
        found=" ".join(found),
        panels=chart_model.percent_panels(lines),
        columns=chart_model.PERCENT_COLUMNS,
        tables=("data/derived/estimates.csv",),
        rests_on=[
            *surveys,
            *readings_in_roles(data, count, people, elsewhere),
            *_withdrawn_mentions(data, surveys),
        ],
        held_back=_count_mentions_not_shown_alone(data, surveys),
    )


def _shares_of_both_surveys(data: PageData, earlier: Role, later: Role) -> Surveys:
    return data.featured_roles.reading(earlier), data.featured_roles.reading(later)


def _withdrawn_mentions(data: PageData, surveys: Surveys) -> list[Reading]:
    """The withdrawn mentions of both shares, other than the shares themselves."""
    main_mentions = {share.quantity_id for share in surveys}
    return [
        reading
        for reading in data.reading_index.withdrawn
        if reading.quantity_id in main_mentions and reading not in surveys
    ]


def _freely_shown_mentions(data: PageData, main_mentions: Sequence[Reading]) -> list[Reading]:
    """The mentions of each share that may be shown alone, larger numbers first."""
    printed: list[Reading] = []
    for main in main_mentions:
        free = readings_with_all_companions(
            data,
            (
                reading
                for reading in data.reading_index.mentions_of_quantity(main.id)
                if reading.may_be_shown_alone
            ),
        )
        printed += sorted(free, key=lambda reading: (-float(reading.high or reading.low), reading.id))
    return printed


def _count_mentions_not_shown_alone(data: PageData, main_mentions: Surveys) -> int:
    """The number of mentions that may be shown only with others."""
    printed = sum(len(data.reading_index.mentions_of_quantity(main.id)) for main in main_mentions)
    return printed - len(_freely_shown_mentions(data, main_mentions))


def _numbers_per_survey(data: PageData, printed: Sequence[Reading], ages: str) -> str:
    """A title with the numbers reported for each survey; it leaves out rounded numbers and other ages."""
    index, rows = data.reading_index, data.rows("conflicts")
    rounded = {row["other_id"] for row in rows if row["kind"] in ("rounding", "rough_wording")}
    exact = [
        reading
        for reading in printed
        if not ages_differ(reading, index.readings_by_id[reading.quantity_id])
    ]
    exact = [reading for reading in exact if reading.id not in rounded]
    numbers = group_by_key((year_of_fieldwork(reading, index), data.value(reading.id)) for reading in exact)
    said = [f"{' or '.join(dict.fromkeys(here))} for {year}" for year, here in numbers.items()]
    return (
        f"{capitalise_first(ages or 'shares')}: sources give {join_with_commas_and(said)}"
        if said
        else f"Reported shares {ages}"
    )


def _versions_of_share_in_words(data: PageData, main: Reading) -> str:
    printed = _freely_shown_mentions(data, [main])
    if not printed:
        return ""
    shares = join_with_commas_and(dict.fromkeys(data.value(reading.id) for reading in printed))
    return (
        f"{year_of_fieldwork(printed[0], data.reading_index)} survey: {shares}, in {len(printed)} mentions."
    )


def _lines_by_population(
    data: PageData, printed: Sequence[Reading], surveys: Surveys
) -> dict[str, list[chart_model.ChartLine]]:
    """The lines by population: the later survey's comes first, and lines without a population last."""
    own = surveys[1].population_id
    found = group_by_key((reading.population_id, reading) for reading in printed)
    names = sorted(found, key=lambda name: (name != own, not name))
    return {population_words(data, name): _lines_by_number(data, found[name], surveys) for name in names}


def _lines_by_number(
    data: PageData, readings: Sequence[Reading], surveys: Surveys
) -> list[chart_model.ChartLine]:
    """A line for each number reported for each year, with all those who report it."""
    groups = group_by_key((_label_of_chart_line(data, reading), reading) for reading in readings)
    return [_chart_line_of_number(data, label, here, surveys) for label, here in groups.items()]


def _label_of_chart_line(data: PageData, reading: Reading) -> str:
    """A label with the year and number, and with the ages if they differ from the main mention's."""
    ages = (
        f", {age_range_words(reading)}"
        if ages_differ(reading, data.reading_index.readings_by_id[reading.quantity_id])
        else ""
    )
    return f"{year_of_fieldwork(reading, data.reading_index)}: {data.value(reading.id)}{ages}"


def _chart_line_of_number(
    data: PageData, label: str, readings: Sequence[Reading], surveys: Surveys
) -> chart_model.ChartLine:
    """A line for one number and all its publishers; the chart's table has each number as printed."""
    publishers = dict.fromkeys(publisher_of_reading(reading, data.reading_index) for reading in readings)
    marks = [
        mark_for_reading(
            reading,
            name=_mention_label_with_publisher(data, reading),
            tint=_colour_of_survey(data, reading, surveys),
        )
        for reading in readings
    ]
    return chart_model.ChartLine(f"{label} – {', '.join(publishers)}", marks)


def _mention_label_with_publisher(data: PageData, reading: Reading) -> str:
    index, place = data.reading_index, data.name_of("places", reading.place_id)
    ages = age_range_words(reading)
    words = f"{year_of_fieldwork(reading, index)}: “{reading.printed.strip()}”, {ages}, {place}"
    return f"{words} – {publisher_of_reading(reading, index)}"


def _colour_of_survey(data: PageData, reading: Reading, surveys: Surveys) -> str:
    """The colour of a reading's survey; the colour of text for a reading from neither survey."""
    earlier, later = (share.study_id for share in surveys)
    study = data.reading_index.readings_by_id[reading.quantity_id].study_id
    return {earlier: chart_model.EARLIER, later: chart_model.LATER}.get(study, chart_model.INK)


def _caption_with_publishers(data: PageData, surveys: Surveys, shares: str) -> str:
    """A title with both shares and who reported them; if one was withdrawn, only what they measure."""
    ages = age_range_words(surveys[1])
    if len(without_withdrawn(surveys)) < len(surveys):
        return f"Shares judged {ages}"
    return f"Judged {ages}: {shares}, {reported_by_sentence(data.package, surveys)}"


def _chart_line_of_counted_share(data: PageData, row: Row) -> chart_model.ChartLine:
    """A line for a counted share with its interval; it names the counts' publishers if there are two."""
    index = data.reading_index
    count, base = (format_whole_number(row[end]) for end in ("numerator", "denominator"))
    ids = row["numerator_id"], row["denominator_id"]
    by, other = (publisher_of_reading(index.readings_by_id[value_id], index) for value_id in ids)
    words = f"{count} of {base} people" if by == other else f"{count} ({by}) of {base} people ({other})"
    at, low, high = (float(row[name]) for name in ("estimate", "ci_low", "ci_high"))
    mark = chart_model.Mark(kind=chart_model.COUNTED, at=at, low=low, high=high, tint=chart_model.LATER)
    return chart_model.ChartLine(
        f"{year_of_fieldwork(index.readings_by_id[row['value_id']], index)}: {words}", [mark]
    )
