"""What the figures leave out: limitations, groups that are not counted, and what was not found."""

from itertools import groupby

from scripts.package.files import Row
from scripts.package.reading import Reading
from scripts.site.lines import Entry, Line, Link, Marked, Section, entry
from scripts.site.page_data import PageData
from scripts.site.page_parts import credit, direction, document, scope_of, token
from scripts.wording.words import plain_word

WHY_MISSING = {
    "not_read": "it may stand in a part that we could not read",
    "not_found": "we found no document that holds it",
    "other_measure": "what was measured is something else, so its figures are held back",
}

UNTOLD = ("", "not_read", "other")  # designs that tell a reader nothing more
# What is computed on a limitation, by the table that deals with it, and where a reader finds it.
COMPUTED = {
    "intervals": ("chance in sampling", "results/", "under-18"),
    "consistency": ("the shares and their counts", "results/", "under-18"),
    "changes": ("the fall", "results/", "how-large-is-the-fall"),
    "venue_counts": ("people judged under 18 for each venue", "results/", "how-large-is-the-fall"),
    "reconciliations": ("what could explain the shares", "disagreements/", "recomputed"),
    "conflicts": ("where sources differ", "disagreements/", "differences"),
    "misclassification": ("if age was misjudged", "what-if/", "age"),
    "hidden_share": ("if a part was out of sight", "what-if/", "outside"),
    "joint_tipping_points": ("several errors together", "what-if/", "together"),
    "zero_bounds": ("what “none found” leaves open", "what-if/", "none-found"),
}


def limitations(data: PageData) -> list[Section]:
    """Every limitation: in which direction it works, and who says so."""
    return [_limitation(data, row) for row in data.package.rows("limitations")]


def _limitation(data: PageData, row: Row) -> Section:
    way = direction(row["effect_on_level"], row["effect_on_change"])
    told = (
        Marked(scope_of(data.package, "limitations", row), "tag"),
        f" {way} (our coding). " if way else " ",
        *_named_by(data, row),
        *_computed(row),
    )
    return Section(row["limitation_id"], _title(row), ((row["text"],), told))


def _title(row: Row) -> str:
    """Its name, and that it is the word of a body, which the text names."""
    return f"{row['name']}, an organisation says" if row["raised_by"] else row["name"]


def _named_by(data: PageData, row: Row) -> Line:
    """Who names a limitation, and where; what we draw from a document is not said by it."""
    body = data.package.name_of("organisations", row["raised_by"])
    if not row["source_id"]:
        return ("Named by this project.",)
    lead = f"Named by {body} in " if body else "Named by this project, from "
    return (lead, document(data, row["source_id"]), f", {row['locator']}.")


def _computed(row: Row) -> Line:
    """Where a reader finds what we computed on it, if anything can be computed."""
    if row["handled_by"] not in COMPUTED:
        return ()
    words, page, anchor = COMPUTED[row["handled_by"]]
    return (" What we computed on it: ", Link(words, page, anchor), ".")


def groups_not_counted(data: PageData) -> list[Section]:
    """The limitations that published figures illustrate, each with these."""
    shown = groupby(data.package.rows("limitation_examples"), key=lambda row: row["limitation_id"])
    return [_group(data, key, [row["value_id"] for row in rows]) for key, rows in shown]


def _group(data: PageData, key: str, shown: list[str]) -> Section:
    row = data.package.row("limitations", key)
    text = row["text"], " ", Link("The limitation", "limitations/", key)
    figures = tuple(_group_figure(data, data.values.reading(value_id)) for value_id in shown)
    return Section(f"size-{key}", row["name"], (text,), rows=figures)


def _group_figure(data: PageData, one: Reading) -> Entry:
    """A published size of a group that is not counted."""
    times = len(data.package.ledger.printings(one.id))
    warning = data.values.caution(one.id) if one.is_withdrawn else ""
    printings = (f", {times} printings" if times > 1 else "") + warning
    return entry("", (token(data, one), printings), _of_whom(data, one), _how(data, one))


def _of_whom(data: PageData, one: Reading) -> str:
    """Indicator, definition of the group, and scope in that source."""
    group = "the group is not described"
    if one.population_id:
        group = data.package.row("populations", one.population_id)["definition"]
    indicator = data.package.name_of("indicators", one.indicator_id)
    return f"{indicator}: {group} {data.values.scope_words(one.id)}"


def _how(data: PageData, one: Reading) -> str:
    """How the number came about, by whom it is printed, and whom that source credits."""
    design = data.package.row("studies", one.study_id)["design"] if one.study_id else ""
    nature = one.nature if design in UNTOLD else f"{one.nature}, {plain_word(design)}"
    credited = credit(data, one.credited_to, ", credits ")
    return f"{nature}; {data.values.publisher(one.id)}{credited}"


def not_available(data: PageData, *topics: str) -> list[Entry]:
    """What was asked for on some topics and not found."""
    return [_missing(data, row) for row in data.package.rows("not_available") if row["topic"] in topics]


def _missing(data: PageData, row: Row) -> Entry:
    scope = f" ({scope_of(data.package, 'not_available', row)})"
    what = row["what"] if row["reach"] == "no_study_named" else f"{row['what']}{scope}"
    facts = f" ({row['fact_ids']})" if row["fact_ids"] else ""
    where: Line = (" Where to look: ", document(data, row["source_id"]), ".") if row["source_id"] else ()
    settles = row["what_would_settle"], *where, facts
    return entry(row["not_available_id"], what, WHY_MISSING[row["reason"]], settles)
