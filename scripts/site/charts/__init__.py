"""The charts, which are drawn as inline SVG from the data when the site is built.

Kinds of marks differ in shape, so that no reader depends on colour. If the labels of a chart do not give
its numbers, a table below it does. The title says what the marks show. `templates/chart.html` is the frame
around every chart.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial

from markupsafe import Markup

from scripts.findings import did_you_mean
from scripts.site.charts import (
    by_year,
    comparable_studies,
    hundred_squares,
    share_missed_that_cancels_fall,
    share_versions,
    standalone_files,
    tier_strips,
    two_surveys,
    verdict_squares,
)
from scripts.site.charts.chart_model import Chart, MarkKind, Panel, number_as_drawn
from scripts.site.charts.reading_marks import missing_companions, publisher_of_reading, without_withdrawn
from scripts.site.charts.svg_drawing import chart_as_svg
from scripts.site.page_data import PageData
from scripts.site.template_arguments import with_arguments_checked
from scripts.site.withdrawn_figures import NOTHING
from scripts.wording.text_formatting import small_number_in_words

A_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MOST = 4  # the most publishers named below a chart
# The kinds of charts. A page passes all parameters, except the data, by name.
CHARTS: dict[str, Callable[..., Chart]] = {
    "shares": share_versions.printed_versions,
    "shares-and-counts": share_versions.shares_and_counts,
    "unseen": share_missed_that_cancels_fall.share_missed_that_cancels_fall,
    "measured-when": by_year.measured_when,
    "early-claims": by_year.early_claims,
    "response": by_year.response,
    "comparable-studies": comparable_studies.comparable_studies,
    "surveys": two_surveys.two_surveys,
    "hundreds": hundred_squares.in_hundreds,
    "tiers": tier_strips.tiers_by_year,
    "verdicts": verdict_squares.squares_by_verdict,
}


def chart_model(data: PageData, kind: str, name: str = "", **given: object) -> dict[str, object]:
    """What the chart template needs for a chart of this kind, made with the arguments that a page passes.

    The chart's files and its anchor on the page are called `name` or, if that is blank, `kind`. A chart
    without marks has no drawing. Raises ValueError if the kind or a parameter does not exist, or if the
    name cannot be used.
    """
    if kind not in CHARTS:
        raise ValueError(f"There is no chart “{kind}”.{did_you_mean(kind, CHARTS)}")
    chart = with_arguments_checked(f"chart “{kind}”", partial(CHARTS[kind], data), data.package)(**given)
    _refuse_missing_companions(data, chart)
    name = _unique_chart_name(data, name or kind, (kind, given))
    drawn = chart_as_svg(chart, name) if chart.marks else ""
    return {
        "chart": chart,
        "name": name,
        "svg": Markup(drawn),
        "has_png": not standalone_files.SHAPED.search(drawn),
        "kinds": _entries_of_key(chart),
        "sources": chart.source or _publishers_in_words(data, chart),
        "withdrawn": [data.label(key) for key in _ids_of_withdrawn_readings(chart)],
        "bodies": [(panel.title, _rows_of_chart_table(data, chart, panel)) for panel in chart.panels],
        "cite": data.cite_package().citation_line,
        "nothing": NOTHING,
    }


def _unique_chart_name(data: PageData, name: str, asked: tuple[str, dict[str, object]]) -> str:
    """The name of a chart; raises ValueError if it is badly formed, or if it names a different chart."""
    if not A_NAME.fullmatch(name):
        raise ValueError(
            f"“{name}” cannot be the name of a chart, for which small letters and hyphens serve."
        )
    if not data.record_chart_name(name, asked):
        raise ValueError(f"Pages show two charts with the name “{name}”. Give one another `name`.")
    return name


def _entries_of_key(chart: Chart) -> list[MarkKind]:
    """The entries of the key, smallest first; none if the chart has no key."""
    kinds = dict.fromkeys(mark.kind for mark in chart.marks) if chart.has_key else {}
    return sorted((kind for kind in kinds if not kind.is_dotted), key=lambda kind: kind.size)


def _ids_of_withdrawn_readings(chart: Chart) -> list[str]:
    return list(dict.fromkeys(reading.id for reading in chart.rests_on if reading.is_withdrawn))


def _refuse_missing_companions(data: PageData, chart: Chart) -> None:
    """Raise ValueError if a figure lacks a companion, or a line joins figures not to be read as a trend."""
    lines = [line for panel in chart.panels for line in panel.lines]
    joined = {mark.value_id for line in lines if line.is_joined for mark in line.marks}
    shown = {mark.value_id for mark in chart.marks} - {""}
    for reading in map(data.reading, sorted(shown)):
        if missing_companions(data, reading, shown) or (
            reading.show == "no_trend" and reading.id in joined
        ):
            raise ValueError(
                f"{reading.id} ({reading.printed}) is {reading.show}, and stands alone or in a line"
            )


def _publishers_in_words(data: PageData, chart: Chart) -> str:
    """The publishers behind a chart; if there are many, the first few and the number of others."""
    index = data.reading_index
    shown = [index.readings_by_id[mark.value_id] for mark in chart.marks if mark.value_id]
    readings = [*without_withdrawn(chart.rests_on), *shown]
    publishers = [*dict.fromkeys(publisher_of_reading(reading, index) for reading in readings)]
    left = len(publishers) - MOST
    more = [f"and {small_number_in_words(left)} others"] if left > 1 else publishers[MOST:]
    computed = "" if all(mark.value_id or mark.is_break for mark in chart.marks) else "; our arithmetic"
    return f"{'; '.join([*publishers[:MOST], *more])}{computed}."


def _rows_of_chart_table(
    data: PageData, chart: Chart, panel: Panel
) -> Iterator[tuple[str, str, list[str]]]:
    """Yield each row of the chart's table: the address of its reading, its caution, and its cells."""
    for label, mark in ((line.label, mark) for line in panel.lines for mark in line.marks):
        key = mark.value_id
        told = (data.value_url(key), data.caution_words(key)) if key else ("", "")
        numbers = [mark.words] if mark.words else map(number_as_drawn, (mark.at, mark.low, mark.high))
        cells = [mark.name or label, mark.kind.meaning, *numbers]
        yield *told, cells[: len(chart.columns)]
