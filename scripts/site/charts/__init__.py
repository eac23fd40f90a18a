"""The charts: chosen from derived tables and drawn as inline SVG when the site is built.

Shapes tell the kinds apart, and colour only beside them; a table under each chart holds its numbers. What
the marks say is the title. `templates/chart.html` is the one frame of all.
"""

from collections.abc import Callable, Iterator

from markupsafe import Markup

from scripts.site.charts import by_year, comparable, shares, unseen
from scripts.site.charts.drawing import svg
from scripts.site.charts.model import Chart, Panel, number
from scripts.site.charts.readings import publisher_of, standing
from scripts.site.gone import NOTHING
from scripts.site.page_data import PageData
from scripts.wording.words import in_words

MOST = 4  # publishers that are named below a chart
CHARTS: dict[str, Callable[[PageData], Chart]] = {
    "printed-versions": shares.printed_versions,
    "under-16": shares.young_children,
    "unseen": unseen.tipping_curve,
    "measured-when": by_year.measured_when,
    "early-claims": by_year.early_claims,
    "response": by_year.response,
    "comparable-studies": comparable.comparable_studies,
}


def framed(data: PageData, name: str) -> dict[str, object]:
    """One of the charts for the page that is open; without a mark there is no drawing."""
    chart = CHARTS[name](data)
    _refuse_alone(data, chart)
    roles = [data.package.featured.reading(role) for role in chart.roles]
    return {
        "chart": chart,
        "svg": Markup(svg(chart, name) if chart.marks else ""),
        "kinds": sorted(dict.fromkeys(mark.kind for mark in chart.marks), key=lambda kind: kind.size),
        "sources": chart.source or _sources(data, chart),
        "withdrawn": [data.values.label(one.id) for one in roles if one.is_withdrawn],
        "bodies": [(panel.title, _rows(data, chart, panel)) for panel in chart.panels],
        "cite": data.cite_package().text,
        "nothing": NOTHING,
    }


def _refuse_alone(data: PageData, chart: Chart) -> None:
    """ValueError where a line joins what is no trend, or a figure lacks what must stand beside it."""
    lines = [line for panel in chart.panels for line in panel.lines]
    joined = {mark.value_id for line in lines if line.is_joined for mark in line.marks}
    shown = {mark.value_id for mark in chart.marks} - {""}
    for one in map(data.values.reading, sorted(shown)):
        beside = {other.id for other in data.values.company(one.id) if not other.is_withdrawn}
        if not beside <= shown or (one.show == "no_trend" and one.id in joined):
            raise ValueError(f"{one.id} ({one.printed}) is {one.show}, and stands alone or in a line")


def _sources(data: PageData, chart: Chart) -> str:
    """Who printed what a chart shows and rests on: all publishers, or the first and how many more."""
    ledger = data.package.ledger
    shown = [ledger.readings[mark.value_id] for mark in chart.marks if mark.value_id]
    readings = [*standing(data, *chart.roles), *shown]
    publishers = [*dict.fromkeys(publisher_of(one, ledger) for one in readings)]
    left = len(publishers) - MOST
    more = [f"and {in_words(left)} others"] if left > 1 else publishers[MOST:]
    computed = "" if all(mark.value_id or mark.is_break for mark in chart.marks) else "; our arithmetic"
    return f"{'; '.join([*publishers[:MOST], *more])}{computed}."


def _rows(data: PageData, chart: Chart, panel: Panel) -> Iterator[tuple[str, str, list[str]]]:
    """Each row of the table: where its reading stands, the caution that goes with it, and its cells."""
    for label, mark in ((line.label, mark) for line in panel.lines for mark in line.marks):
        key = mark.value_id
        told = (data.value_url(key), data.values.caution(key)) if key else ("", "")
        numbers = [mark.words] if mark.words else map(number, (mark.at, mark.low, mark.high))
        cells = [mark.name or label, mark.kind.meaning, *numbers]
        yield *told, cells[: len(chart.columns)]
