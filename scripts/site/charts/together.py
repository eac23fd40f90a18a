"""How many hidden people are enough to undo the fall, beside other errors. All of it is a what-if."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from scripts.package.featured import Role
from scripts.package.files import Row
from scripts.site.charts.model import (
    LATER,
    PERCENT_COLUMNS,
    Chart,
    Data,
    Kind,
    Line,
    Lines,
    Mark,
    Scale,
    scale_for,
)
from scripts.site.charts.readings import population_words
from scripts.wording import sentences
from scripts.wording.words import by_number, decimals, part, percent

COUNTS = (Role("under-18-seen-earlier"), Role("under-18-seen-later"))
# From which the numbers of people in the earlier wave are worked back, and the one in the later wave.
BASES = (Role("share-under-18-earlier"), Role("share-under-18-earlier-first"), Role("people-seen-later"))
JOINTLY = "hidden_share_needed_jointly"
SHAPES = (("○", "circle"), ("◇", "diamond"), ("△", "triangle-up"), ("□", "square"))  # by ratio


def joint_rows(rows: Sequence[Row]) -> list[Row]:
    """Those at the smallest base, by how affected the hidden are, design effect and recognition."""
    smallest = by_number(list(rows), "earlier_base")[0]["earlier_base"]
    kept = [row for row in rows if row["earlier_base"] == smallest]
    turned = {"assumed": 1, "later_design_effect": 1, "sensitivity_ratio": -1}
    return sorted(kept, key=lambda row: [side * float(row[name]) for name, side in turned.items()])


def several_errors(data: Data) -> Chart:
    """The hidden part that is enough, by design effect, recognition and how affected the hidden are."""
    rows = _rows(data)
    panels = [list(cells) for _, cells in groupby(rows, key=itemgetter("assumed"))]
    scale = scale_for("percent", [100 * float(row["estimate"]) for row in rows])
    level = f"At the level {percent(rows[0]['level'], 0)}. " if rows else ""
    return Chart(
        id="several-errors",
        title="What if: how many hidden people, beside other errors, would leave the fall unproven",
        note="A what-if: the errors are assumed, and none was measured. The further left, the fewer hidden "
        "people are enough.",
        asked="How many people would have to be hidden in the later wave, so that the fall is no longer "
        "shown, if other errors stand beside it?",
        found=sentences.several_errors(rows) if rows else "",
        sure=f"{level}Nothing but chance is in the limits; the other errors are assumed, and none was "
        "measured.",
        left_out="That some were hidden in the earlier wave too, and adults taken for children. The count "
        "of the earlier wave is taken as one of people seen, over a base that no source prints.",
        panels=tuple(_panel(data, cells, scale) for cells in panels),
        columns=PERCENT_COLUMNS,
        tables=("data/derived/comparisons.csv", "data/assumptions.csv"),
        roles=(*COUNTS, *BASES),
    )


def _rows(data: Data) -> list[Row]:
    ids = tuple(data.featured.reading(role).id for role in COUNTS)
    found = [
        row
        for row in data.rows("comparisons")
        if row["measure"] == JOINTLY and (row["earlier_id"], row["later_id"]) == ids
    ]
    return joint_rows(found) if found else []


def _panel(data: Data, rows: Sequence[Row], scale: Scale) -> Lines:
    ratios = list(dict.fromkeys(row["sensitivity_ratio"] for row in rows))
    kinds = {
        ratio: Kind(f"recognised {sentences.times(ratio)} before", glyph, shape, solid=False)
        for ratio, (glyph, shape) in zip(ratios, SHAPES, strict=False)
    }
    whom = population_words(data, data.ledger.readings[rows[0]["later_id"]].population_id)
    title = f"{whom}: part hidden that is enough, if {part(rows[0]['assumed'], 0)} of those were under 18"
    return Lines(title, tuple(_lines(rows, kinds)), scale)


def _lines(rows: Sequence[Row], kinds: dict[str, Kind]) -> Iterator[Line]:
    for effect, cells in groupby(rows, key=itemgetter("later_design_effect")):
        drawn = [row for row in cells if row["sensitivity_ratio"] in kinds]
        marks = tuple(
            Mark(kinds[row["sensitivity_ratio"]], 100 * float(row["estimate"]), tint=LATER) for row in drawn
        )
        yield Line(f"Design effect {decimals(effect)}", marks)
