"""The statements in an article as squares, in one row for each result of checking them."""

from collections import Counter
from collections.abc import Mapping

from scripts.site.charts import chart_model
from scripts.site.page_data import PageData

STATEMENT = chart_model.MarkKind("one statement", "■", "square", size=110)
DOUBTED = ("disputed", "differs")
UNSUPPORTED = ("printed_alike", "no_evidence", "not_testable")  # repeating a statement does not confirm it


def squares_by_verdict(
    data: PageData, *, source_id: str, words: Mapping[str, str], title: str, note: str
) -> chart_model.Chart:
    """A chart with a row of squares for each `verdict` in `words`; each square is one statement."""
    counted = Counter(
        row["verdict"] for row in data.rows_with_cell("article_statements", "source_id", source_id)
    )
    told = {f"{counted[verdict]} {said}": verdict for verdict, said in words.items() if counted[verdict]}
    across = chart_model.AxisScale(unit="count", ticks=(), start=0, end=max(counted.values(), default=1))
    lines = [
        chart_model.ChartLine(label, _square_marks(counted[verdict], _colour_of_verdict(verdict)))
        for label, verdict in told.items()
    ]
    return chart_model.Chart(
        title=title,
        note=note,
        found="; ".join(told),
        panels=[chart_model.Panel(title="Number of claims", lines=lines, across=across)] if lines else [],
        columns=(),
        tables=("data/editorial/article_statements.csv",),
        source="our classification.",
        has_key=False,
    )


def _colour_of_verdict(verdict: str) -> str:
    if verdict in DOUBTED:
        return chart_model.OUTSIDE
    return chart_model.RULE if verdict in UNSUPPORTED else chart_model.MEASURED


def _square_marks(number: int, tint: str) -> list[chart_model.Mark]:
    return [chart_model.Mark(kind=STATEMENT, at=at + 0.5, tint=tint) for at in range(number)]
