"""How large the share of children among the people missed would have to be to cancel the fall.

Every number in this chart belongs to a scenario.
"""

from collections.abc import Sequence

from scripts.package.featured_roles import Role
from scripts.package.files import Row
from scripts.package.reading import Reading
from scripts.site.charts.chart_model import LATER, AxisScale, Chart, ChartLine, Mark, MarkKind, Panel
from scripts.site.charts.reading_marks import readings_in_roles, year_of_fieldwork
from scripts.site.page_data import PageData
from scripts.site.withdrawn_figures import WithdrawnMark, answer_or_withdrawn_mark
from scripts.wording import result_sentences
from scripts.wording.text_formatting import format_percent, proportion_as_percent

NEAR = MarkKind("near a share of a sample hidden in another study", "◇", "diamond", solid=False)
GRID = MarkKind("a share that we chose", "○", "circle", solid=False)
NEVER = MarkKind("no share would be enough", "▷", "triangle-right", solid=False)


def share_missed_that_cancels_fall(data: PageData, *, earlier: Role, later: Role) -> Chart:
    """The chart of what share of the people missed would have to be children, by the share missed."""
    found = answer_or_withdrawn_mark(data.figures.parts_outside)(earlier, later)
    ends = readings_in_roles(data, earlier, later)
    rows = [] if isinstance(found, WithdrawnMark) else found
    near = [row for row in rows if _is_assumption_from_fact(data, row)]
    return Chart(
        title="Scenario: the fewer people missed, the larger the share who must be children",
        note="Each share of people missed is an assumption. We take the reported shares as exact.",
        found=" ".join(result_sentences.affected_share_needed_outside(row) for row in near),
        panels=[_curve_panel(data, ends, rows)] if rows else [],
        columns=("People missed", "Kind", "Children among them"),
        tables=("data/derived/scenario_people_missed.csv", "data/scenario_assumptions.csv"),
        rests_on=ends,
    )


def _curve_panel(data: PageData, ends: Sequence[Reading], rows: Sequence[Row]) -> Panel:
    told = ", ".join(
        f"{data.value(reading.id)} in {year_of_fieldwork(reading, data.reading_index)}" for reading in ends
    )
    return Panel(
        title=f"Share of those missed who would have to be children for there to be no fall ({told})",
        lines=[_curve_line(data, row) for row in rows],
        across=AxisScale(unit="percent", ticks=(0, 25, 50, 75, 100)),
    )


def _curve_line(data: PageData, row: Row) -> ChartLine:
    """The line for one assumed share of people missed.

    If no share of children among these people would be enough, the mark is at the end of the axis.
    """
    hidden, affected = proportion_as_percent(row["assumed"], 0), float(row["estimate"])
    kind, at, words = (
        NEAR if _is_assumption_from_fact(data, row) else GRID,
        affected,
        format_percent(affected, 1),
    )
    if row["verdict"] == "impossible":
        kind, at, words = NEVER, 100.0, NEVER.meaning
    mark = Mark(kind=kind, at=at, name=hidden, words=words, tint=LATER)
    return ChartLine(f"{hidden} missed: {words}", [mark])


def _is_assumption_from_fact(data: PageData, row: Row) -> bool:
    """Return whether a scenario's assumed value comes from a reported fact; otherwise, we chose it."""
    return bool(data.row("scenario_assumptions", row["assumption_id"])["fact_id"])
