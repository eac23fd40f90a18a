"""Puts a chart on a page: the drawing, its key, its words, its numbers as a table and its downloads."""

from collections.abc import Iterator, Sequence
from html import escape

from markupsafe import Markup

from scripts.site.charts.drawing import svg
from scripts.site.charts.model import PRINTED, Chart, Data, Kind, Lines, Plot
from scripts.site.charts.readings import publisher_of
from scripts.site.gone import NOTHING
from scripts.wording.words import listed

PLACE = "charts"  # where the files of charts stand on the site
MOST = 4  # publishers that are named below a chart
FULL_WORDS = 16  # marks that the description lists; of more it tells the first and last of each panel


def figure(chart: Chart, data: Data, base: str) -> Markup:
    """Give a chart as HTML; base leads from the page to the root of the site."""
    if not _kinds(chart):
        return _without_marks(chart, data)
    return Markup(
        f'<figure class="chart" data-search-exclude id="chart-{chart.id}">\n'
        f'<p class="title"><strong>{_prose(chart.title)}</strong></p>\n'
        f"{_key(chart)}{svg(chart, in_words(chart))}\n"
        f'<p class="note">{_prose(chart.note)}</p>\n'
        f'<p class="source">Source: {_prose(sources(chart, data))}</p>\n'
        f"<figcaption>{_downloads(chart, base)}\n{_caption(chart, data)}\n"
        f"{_table(chart, data, base)}</figcaption>\n</figure>"
    )


def sources(chart: Chart, data: Data) -> str:
    """Who printed what a chart shows: all publishers, or the first and how many more."""
    ids = dict.fromkeys(one for panel in chart.panels for one in _value_ids(panel) if one)
    readings = [data.ledger.readings[one] for one in (*chart.rests_on, *ids)] or [
        *map(data.featured.reading, chart.roles)
    ]
    publishers = [*dict.fromkeys(publisher_of(one, data.ledger) for one in readings)]
    more = [f"{len(publishers) - MOST} more"] if len(publishers) > MOST + 1 else publishers[MOST:]
    is_printed = all(one for panel in chart.panels for one in _value_ids(panel))
    computed = "" if is_printed else "; computed by this project"
    return f"{listed([*publishers[:MOST], *more])}{computed}."


def _value_ids(panel: Lines | Plot) -> list[str]:
    marks = panel.points if isinstance(panel, Plot) else [m for line in panel.lines for m in line.marks]
    return [one.value_id for one in marks]


def _without_marks(chart: Chart, data: Data) -> Markup:
    """What stands in place of a chart when nothing that it could show is left."""
    return Markup(
        f'<figure class="chart" data-search-exclude id="chart-{chart.id}">\n'
        f"<p><strong>{escape(chart.title)}</strong></p>\n"
        f"<p>{_prose(f'{NOTHING} {_withdrawn(chart, data)}'.strip())}</p>\n</figure>"
    )


def _withdrawn(chart: Chart, data: Data) -> str:
    """Name the featured readings that a chart has lost."""
    readings = [data.featured.reading(role) for role in chart.roles]
    names = [data.label(one.id) for one in readings if one.is_withdrawn]
    return f"Withdrawn, and so not drawn: {'; '.join(names)}." if names else ""


def _kinds(chart: Chart) -> list[Kind]:
    """Each kind of mark once, in the order in which a reader meets it."""
    return list(dict.fromkeys(_kinds_drawn(chart)))


def _kinds_drawn(chart: Chart) -> list[Kind]:
    return [kind for panel in chart.panels for kind in _kinds_of(panel)]


def _kinds_of(panel: Lines | Plot) -> list[Kind]:
    if isinstance(panel, Plot):
        return [point.kind for point in (*panel.points, *panel.breaks)]
    return [mark.kind for line in panel.lines for mark in line.marks]


def _key(chart: Chart) -> str:
    """What the shapes mean; nothing where all marks are of one kind, which the title tells."""
    kinds = _kinds(chart)
    spans = " ".join(f"<span>{kind.glyph} {_prose(kind.meaning)}</span>" for kind in kinds)
    return f'<p class="key">{spans}</p>\n' if len(kinds) > 1 else ""


def _prose(text: str) -> str:
    """Keep a number and its sign on one line."""
    return escape(text).replace(" %", "&nbsp;%")


def _downloads(chart: Chart, base: str) -> str:
    files = (f"{PLACE}/{chart.id}.svg", f"{PLACE}/{chart.id}.png", *chart.tables)
    links = ", ".join(f'<a href="{base}{path}">{path.split("/")[-1]}</a>' for path in files)
    return f'<p class="files"><strong>Download.</strong> {links}</p>'


def _caption(chart: Chart, data: Data) -> str:
    parts = {
        "What was asked": chart.asked,
        "What is seen": chart.found,
        "How sure": chart.sure,
        "What it leaves out": f"{chart.left_out} {_withdrawn(chart, data)}".strip(),
    }
    words = "\n".join(
        f"<p><strong>{name}.</strong> {_prose(text)}</p>" for name, text in parts.items() if text
    )
    cite = f"<strong>Cite this chart.</strong> “{_prose(chart.title)}”. {_prose(data.cite())}"
    return (
        "<details><summary>How sure, what it leaves out, how to cite it</summary>\n"
        f'{words}\n<p class="cited">{cite}</p></details>'
    )


def _table(chart: Chart, data: Data, base: str) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in chart.columns)
    bodies = "\n".join(_table_body(chart, panel, data, base) for panel in chart.panels)
    return (
        f"<details><summary>The numbers of this chart</summary>\n"
        f'<div class="scroll" tabindex="0" role="region" aria-label="Numbers of the chart: '
        f'{escape(chart.title)}"><table class="plain">\n<thead><tr>{head}</tr></thead>\n'
        f"{bodies}\n</table></div></details>"
    )


def _table_body(chart: Chart, panel: Lines | Plot, data: Data, base: str) -> str:
    head = f'<th scope="rowgroup" colspan="{len(chart.columns)}">{escape(panel.title)}</th>'
    rows = "\n".join(_table_rows(panel, len(chart.columns), data, base))
    return f"<tbody>\n<tr>{head}</tr>\n{rows}\n</tbody>"


def _table_rows(panel: Lines | Plot, wide: int, data: Data, base: str) -> Iterator[str]:
    if isinstance(panel, Plot):
        for cells in panel.cells():
            yield _table_row(_linked(cells[0], base + panel.address if panel.address else ""), cells[1:])
        return
    for mark, cells in panel.cells():
        url = data.value_url(mark.value_id) if mark.value_id else ""
        caution = data.caution(mark.value_id) if mark.value_id else ""
        yield _table_row(_linked(cells[0], url) + escape(caution), cells[1:wide])


def _linked(words: str, url: str) -> str:
    return f'<a href="{url}">{escape(words)}</a>' if url else escape(words)


def _table_row(first: str, others: Sequence[str]) -> str:
    kind, *numbers = (escape(cell) for cell in others)
    cells = "".join(f'<td class="number">{cell}</td>' for cell in numbers)
    return f"<tr><td>{first}</td><td>{kind}</td>{cells}</tr>"


def in_words(chart: Chart) -> str:
    """Say a chart to those who cannot see it: every mark, or of many the ends of each panel."""
    is_short = sum(len(_kinds_of(panel)) for panel in chart.panels) <= FULL_WORDS
    panels = [_panel_in_words(panel, is_short) for panel in chart.panels]
    return " ".join([chart.found, *panels, "" if is_short else "The table below has every number."]).strip()


def _panel_in_words(panel: Lines | Plot, is_short: bool) -> str:
    said = list(_said(panel))
    if not is_short and len(said) > 2:
        said = [f"{len(said)} marks, from {said[0]}", f"to {said[-1]}"]
    return f"{panel.title}: {'; '.join(said)}."


def _said(panel: Lines | Plot) -> Iterator[str]:
    if isinstance(panel, Plot):
        yield from (", ".join(filter(None, cells)) for cells in panel.cells())
        return
    unit = " percent" if panel.scale.unit == "percent" else ""
    for mark, (name, kind, point, *ends) in panel.cells():
        span = f"{' to '.join(ends)}{unit}" if mark.high is not None else ""
        at = f"{point}{'' if mark.words else unit}" if point else ""
        yield ", ".join(filter(None, (name, at, span, "" if kind == PRINTED.meaning else kind)))
