"""What organisations said of the figures, paraphrased and coded by us, and what bodies replied to us."""

from dataclasses import dataclass

from scripts.package.files import Row
from scripts.site.links import Link
from scripts.site.page_data import PageData
from scripts.site.references import document, reading, study
from scripts.wording.words import cell_or_reason, plain_word

ABOUT_TIER = "about_tip_tier"  # the reason why a statement names no study: it is about a tier


@dataclass(frozen=True)
class Bearing:
    """A figure that a statement supports, qualifies or disputes."""

    reading: Link
    what: str
    bearing: str


@dataclass(frozen=True)
class Statement:
    """One statement: who speaks, what was said in our words, how we coded it, and where it is printed."""

    id: str
    speaker: str
    paraphrase: str
    stance: str
    about: str
    bears_on_tier: bool
    bearings: list[Bearing]
    date: str
    document: Link
    printed_in: str
    replies: list[Row]


@dataclass(frozen=True)
class Reply:
    """What a body answered when it was asked about its document."""

    id: str
    date: str
    body: str
    text: str
    on: Link
    address: str


def statements(data: PageData) -> list[Statement]:
    """Every statement."""
    return [_statement(data, row) for row in data.package.rows("statements")]


def _statement(data: PageData, row: Row) -> Statement:
    package, key = data.package, row["statement_id"]
    bearings = package.grouped("statement_values", "statement_id", key)
    return Statement(
        id=key,
        speaker=f"{package.name_of('organisations', row['organisation_id'])}, {plain_word(row['role'])}",
        paraphrase=row["paraphrase"],
        stance=plain_word(row["stance"]),
        about=plain_word(row["claim_type"]),
        bears_on_tier=row["study_id_reason"] == ABOUT_TIER,
        bearings=[_bearing(data, one) for one in bearings],
        date=row["date"],
        document=document(data, row["source_id"]),
        printed_in=_printed_in(data, row),
        replies=package.grouped("replies", "statement_id", key),
    )


def _printed_in(data: PageData, row: Row) -> str:
    """Publisher, date and place in the document; the date of a statement is another."""
    source = data.package.row("sources", row["source_id"])
    date = cell_or_reason(source, "date_published")
    when = date if source["date_published"] else f"date {date}"
    return f"{source['publisher']}, {when}; {row['locator']}"


def _bearing(data: PageData, row: Row) -> Bearing:
    value_id, values = row["value_id"], data.values
    is_withdrawn = values.reading(value_id).is_withdrawn
    return Bearing(
        reading=reading(data, value_id, values.value(value_id)),
        what=values.described(value_id) + (values.caution(value_id) if is_withdrawn else ""),
        bearing=row["bearing"],
    )


def all_replies(data: PageData) -> list[Reply]:
    """Every reply, with what it is a reply to."""
    return [_reply(data, row) for row in data.package.rows("replies")]


def _reply(data: PageData, row: Row) -> Reply:
    return Reply(
        id=row["reply_id"],
        date=row["date"],
        body=data.package.name_of("organisations", row["organisation_id"]),
        text=row["text"],
        on=_replied_to(data, row),
        address=row["url"],
    )


def _replied_to(data: PageData, row: Row) -> Link:
    """The figure, else the statement, else the study that a body replied on."""
    if row["value_id"]:
        return reading(data, row["value_id"], row["value_id"])
    if row["statement_id"]:
        return Link(row["statement_id"], f"#{row['statement_id']}")
    return study(data, row["study_id"]) if row["study_id"] else Link("", "")
