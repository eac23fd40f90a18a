"""The figures of a topic, apart by what they are a share or a count of, so that unlike never meet."""

from dataclasses import dataclass

from scripts.package.reading import Reading
from scripts.site.lines import Entry, Link, entry
from scripts.site.page_data import PageData
from scripts.site.page_parts import study_link, token, value_link
from scripts.site.value_page import printings

# Kinds of base in the order of the page; a blank kind has no population.
TITLES = {
    "venue_people": "People in venues and public places",
    "sex_work_population": "People in sex work, estimated or claimed",
    "all_children": "All children of an age",
    "all_people": "All people",
    "respondents": "People who were asked or tested",
    "records": "Cases, victims or suspects on record",
    "outside_frame": "Groups outside a venue frame",
    "places": "Venues and places",
    "other": "Other",
    "": "Not stated",
}
NAMED_BY_THE_SOURCE_ALONE = "share-of-child-population"  # an indicator whose name says too little of whom


@dataclass(frozen=True)
class Panel:
    """The quantities of a topic that have one kind of base."""

    id: str
    title: str
    figures: list[Entry]
    leaves_out_conflicts: bool


def panels(data: PageData, topic: str) -> list[Panel]:
    """The panels of a topic that have a figure to show."""
    made = [_panel(data, topic, kind) for kind in TITLES]
    return [panel for panel in made if panel.figures]


def _panel(data: PageData, topic: str, kind: str) -> Panel:
    """Counts of a series have a list of their own; what contradicts another stands beside it elsewhere."""
    roots = data.package.ledger.roots_of(topic, kind)
    apart = [one for one in roots if one.show == "conflict_only"]
    return Panel(
        id=f"{topic}-{kind}",
        title=TITLES[kind],
        figures=[_figure(data, one) for one in roots if one not in apart and not one.series],
        leaves_out_conflicts=bool(apart),
    )


def _figure(data: PageData, one: Reading) -> Entry:
    """One quantity, what it is, and its study; who prints it where no study is named."""
    words = f"; in the source, condensed: {one.scope_as_printed}"
    said = words if one.indicator_id == NAMED_BY_THE_SOURCE_ALONE else ""
    what = data.values.label(one.id) + said + data.values.caution(one.id)
    origin = study_link(data, one.study_id) if one.study_id else data.values.publisher(one.id)
    return entry("", token(data, one), what, origin)


def versions(data: PageData, topic: str) -> list[tuple[str, Link, tuple[Entry, ...]]]:
    """The quantities of a topic that stand: its id, its name as a link, and its printings side by side."""
    roots = [root for root in data.package.ledger.roots if root.topic == topic]
    return [
        (one.id, value_link(data, one.id, data.values.label(one.id)), printings(data, one.id))
        for one in roots
    ]
