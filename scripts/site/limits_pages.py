"""What the figures leave out: limitations, groups that are not counted, and what was not found."""

from dataclasses import dataclass
from itertools import groupby

from scripts.package.files import Row
from scripts.package.ledger import Reading
from scripts.site.links import Link
from scripts.site.page_data import PageData
from scripts.site.page_parts import scope_of
from scripts.site.references import credit, document, token
from scripts.wording.words import plain_word

WHY_MISSING = {
    "not_read": "not read: it may stand in a part that could not be read",
    "not_found": "no document that holds it was found",
    "other_measure": "no document that holds it was found",
}


@dataclass(frozen=True)
class Limitation:
    """What a figure leaves out, in which direction it works, and who says so."""

    id: str
    name: str
    text: str
    of_what: str
    level: str
    fall: str
    named_by: str
    document: Link | None
    locator: str
    handled: str


@dataclass(frozen=True)
class GroupFigure:
    """A published size of a group that is not counted."""

    reading: Link
    printings: str
    of_whom: str
    how: str


@dataclass(frozen=True)
class Group:
    """A limitation with the published sizes of the group that it names."""

    id: str
    name: str
    text: str
    figures: list[GroupFigure]


@dataclass(frozen=True)
class Missing:
    """What was asked for and not found."""

    id: str
    what: str
    study: str
    why: str
    what_would_settle: str
    document: Link | None
    facts: str


def limitations(data: PageData) -> list[Limitation]:
    """Every limitation."""
    return [_limitation(data, row) for row in data.package.rows("limitations")]


def _limitation(data: PageData, row: Row) -> Limitation:
    package = data.package
    return Limitation(
        id=row["limitation_id"],
        name=row["name"],
        text=row["text"],
        of_what=scope_of(package, "limitations", row),
        level=plain_word(row["effect_on_level"]),
        fall=plain_word(row["effect_on_change"]),
        named_by=package.name_of("organisations", row["raised_by"]) or "this project",
        document=document(data, row["source_id"]) if row["source_id"] else None,
        locator=row["locator"],
        handled="words only" if row["handled_by"] == "narrative" else f"the table {row['handled_by']}",
    )


def groups_not_counted(data: PageData) -> list[Group]:
    """The limitations that published figures illustrate, each with these."""
    shown = groupby(data.package.rows("limitation_values"), key=lambda row: row["limitation_id"])
    return [_group(data, key, list(rows)) for key, rows in shown]


def _group(data: PageData, limitation_id: str, shown: list[Row]) -> Group:
    row = data.package.row("limitations", limitation_id)
    readings = [data.values.reading(one["value_id"]) for one in shown]
    return Group(limitation_id, row["name"], row["text"], [_group_figure(data, one) for one in readings])


def _group_figure(data: PageData, one: Reading) -> GroupFigure:
    times = len(data.package.ledger.printings(one.id))
    warning = data.values.caution(one.id) if one.is_withdrawn else ""
    return GroupFigure(
        reading=token(data, one),
        printings=(f", {times} printings" if times > 1 else "") + warning,
        of_whom=_of_whom(data, one),
        how=_how(data, one),
    )


def _of_whom(data: PageData, one: Reading) -> str:
    """Indicator, definition of the group, and scope in that source."""
    group = "the group is not described"
    if one.population_id:
        group = data.package.row("populations", one.population_id)["definition"]
    return (
        f"{data.package.name_of('indicators', one.indicator_id)}: {group} {data.values.scope_words(one.id)}"
    )


def _how(data: PageData, one: Reading) -> str:
    """How the number came about, by whom it is printed, and whom that source credits."""
    design = data.package.row("studies", one.study_id)["design"] if one.study_id else ""
    nature = f"{one.nature}, {plain_word(design)}" if design else one.nature
    credited = credit(data, one.row["credited_to"], ", credits ")
    return f"{nature}; {data.values.publisher(one.id)}{credited}"


def not_available(data: PageData, *topics: str) -> list[Missing]:
    """What was asked for on some topics and not found."""
    return [_missing(data, row) for row in data.package.rows("not_available") if row["topic"] in topics]


def _missing(data: PageData, row: Row) -> Missing:
    return Missing(
        id=row["not_available_id"],
        what=row["what"],
        study=scope_of(data.package, "not_available", row),
        why=WHY_MISSING[row["reason"]],
        what_would_settle=row["what_would_settle"],
        document=document(data, row["source_id"]) if row["source_id"] else None,
        facts=row["fact_ids"],
    )
