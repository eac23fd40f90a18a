"""Who prints a quantity otherwise, who supports or disputes it, and what was replied."""

from collections.abc import Iterator

from scripts.package.files import Row
from scripts.package.ledger import Reading
from scripts.site.lines import Line, aside, joined
from scripts.site.page_data import PageData
from scripts.site.page_parts import grouped_by, replies, reply_lines, statement_link, value_link
from scripts.wording.words import plain_word


def voices(data: PageData, root: Reading) -> Iterator[Line]:
    """Who prints otherwise, who supports or disputes it, and what was replied."""
    found = data.package.grouped("conflicts", "root_id", root.id)
    bearing = data.package.grouped("statement_values", "value_id", root.id)
    for _, some in grouped_by(found, "kind"):
        for _, same in grouped_by(some, "root_has"):
            yield _conflict(data, same)
    yield from (_statement(data, one) for one in bearing)
    ids = [one.id for one in data.values.every_printing(root.id)]
    yield from reply_lines(data, replies(data, ids))
    if not (found or bearing):
        yield ("No other number, no other scope and no statement on it was found in what was read.",)


def _conflict(data: PageData, same: list[Row]) -> Line:
    """Rows of `conflicts` of one kind, on one cell of the root."""
    dimensions = ", ".join(dict.fromkeys(row["dimension"] for row in same))
    deciders = "; ".join(dict.fromkeys(row["decided_by"] for row in same))
    others = (_otherwise(data, has, here) for has, here in grouped_by(same, "printing_has"))
    return (
        f"{plain_word(same[0]['kind'])} ",
        aside(dimensions),
        f": “{same[0]['root_has']}” here, against ",
        *joined(others),
        f". Decided by: {deciders}.",
    )


def _otherwise(data: PageData, has: str, here: list[Row]) -> Line:
    who = joined(
        (value_link(data, row["value_id"], row["value_id"]), f", {data.values.publisher(row['value_id'])}")
        for row in here
    )
    return (f"“{has}” ", aside(*who))


def _statement(data: PageData, bearing: Row) -> Line:
    said = data.package.row("statements", bearing["statement_id"])
    body = data.package.name_of("organisations", said["organisation_id"])
    told = aside(statement_link(said), f", {said['date']}, our paraphrase and coding")
    return (f"{body} {bearing['bearing']} it: {said['paraphrase']} ", told)
