"""Who prints a quantity otherwise, who supports or disputes it, and what was replied."""

from collections.abc import Iterator

from scripts.package.files import Row
from scripts.package.reading import Reading
from scripts.site.lines import Line, aside, joined
from scripts.site.page_data import PageData
from scripts.site.page_parts import (
    against_by,
    bore_on_it,
    grouped_by,
    noun,
    of_its_own,
    replies,
    reply_lines,
    statement_link,
    value_link,
)
from scripts.wording.reading_words import ENDS
from scripts.wording.words import by_type, date_words, plain_word, type_words

WEIGHTY = ("contradiction", "not_explained", "in_tension", "possible_and_odd")


def voices(data: PageData, root: Reading) -> Iterator[Line]:
    """Who says or counts otherwise, who supports it, and what was replied."""
    bearing = data.package.scopes("statements", "value_id", root.id)
    yield from (_statement(data, one) for one in bearing)
    yield from _differences(data, root, weighty=True)
    ids = [one.id for one in data.values.every_printing(root.id)]
    yield from reply_lines(data, replies(data, ids))


def told_otherwise(data: PageData, root: Reading) -> Iterator[Line]:
    """What others print of something else, or roughly: two figures that can both hold."""
    yield from _differences(data, root, weighty=False)


def _differences(data: PageData, root: Reading, *, weighty: bool) -> Iterator[Line]:
    """Differences told from this quantity, then those told from others; the weighty ones or the rest."""
    from_here = data.package.grouped("conflicts", "root_id", root.id)
    for name, some in by_type(from_here):
        for _, alike in grouped_by(some if (name in WEIGHTY) == weighty else (), "kind"):
            for _, same in grouped_by(alike, "root_has"):
                yield _conflict(data, same)
    for name, rows in by_type(_from_others(data, root)):
        yield from (_seen_from_there(data, row) for row in rows if (name in WEIGHTY) == weighty)


def between_printings(data: PageData, root: Reading) -> Iterator[Line]:
    """Where two printings of one quantity, neither of them the root, give two numbers."""
    printings = [one for one in data.values.every_printing(root.id) if not one.is_root]
    rows = [row for one in printings for row in data.package.grouped("conflicts", "root_id", one.id)]
    for _, some in by_type(rows):
        for _, alike in grouped_by(some, "kind"):
            for one, same in grouped_by(alike, "root_id"):
                others = joined(_printed_at(data, row["value_id"]) for row in same)
                here = _printed_at(data, one)
                yield (f"{_named(same[0])}: ", *here, ", against ", *others, f". {_decided(same[0])}")


def _from_others(data: PageData, root: Reading) -> list[Row]:
    """Differences of others with a printing of this quantity, or of a change of which it is an end."""
    printings = data.values.every_printing(root.id)
    rows = [row for one in printings for row in data.package.grouped("conflicts", "value_id", one.id)]
    links = [row for row in data.package.grouped("links", "from_id", root.id) if row["relation"] in ENDS]
    changes = [row for link in links for row in data.package.grouped("conflicts", "root_id", link["to_id"])]
    rows += [row for row in changes if row["dimension"] == "ends" and row not in rows]
    return [row for row in rows if data.values.reading(row["root_id"]).root_id != root.id]


def _named(row: Row) -> str:
    """The type of a difference, and what was found unless we judged it."""
    kind = "" if row["kind"] == "judged" else f" ({plain_word(row['kind'])})"
    return f"{type_words(row['type'])}{kind}"


def _decided(row: Row) -> str:
    """The test that decided, or our reason, which is a sentence."""
    reason = row["decided_by"]
    return f"Our judgement: {reason}" if row["kind"] == "judged" else f"The reason: {reason}."


def _printed_at(data: PageData, value_id: str) -> Line:
    who = value_link(data, value_id, value_id), f", {data.values.publisher(value_id)}"
    return (f"{data.values.printed(value_id)} ", aside(*who))


def _seen_from_there(data: PageData, row: Row) -> Line:
    """A row of `conflicts` that stands under another quantity, told from this one."""
    link = value_link(data, row["root_id"], row["root_id"])
    there = aside(link, f", {data.values.label(row['root_id'])}")
    here = f", against “{row['printing_has']}” here. {_decided(row)}"
    return (f"{_named(row)}: “{row['root_has']}” ", there, here)


def _conflict(data: PageData, same: list[Row]) -> Line:
    """Rows of `conflicts` of one kind, on one cell of the root."""
    deciders = " ".join(dict.fromkeys(_decided(row) for row in same))
    others = (_otherwise(data, has, here) for has, here in grouped_by(same, "printing_has"))
    return (
        f"{_named(same[0])}: “{same[0]['root_has']}”{_people(data, same[0], 'root_id')} here, against ",
        *joined(others),
        f". {deciders}",
    )


def _otherwise(data: PageData, has: str, here: list[Row]) -> Line:
    who = joined(
        (value_link(data, row["value_id"], row["value_id"]), f", {against_by(data, row)}") for row in here
    )
    return (f"“{has}”{_people(data, here[0], 'value_id')} ", aside(*who))


def _people(data: PageData, row: Row, end: str) -> str:
    """What a number counts, where the two ends of a difference are numbers of people."""
    return noun(data, data.values.reading(row[end])) if row["dimension"] == "value" else ""


def _statement(data: PageData, bearing: Row) -> Line:
    said = data.package.row("statements", bearing["statement_id"])
    body = data.package.name_of("organisations", said["organisation_id"])
    told = aside(statement_link(said), f", {date_words(said['date'])}, our paraphrase and coding")
    own = of_its_own(data, said, bearing["value_id"])
    return (f"{body}{own} {bore_on_it(bearing['bearing'])}: {said['paraphrase']} ", told)
