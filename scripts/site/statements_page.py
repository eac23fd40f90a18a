"""What organisations said of the figures, paraphrased and coded by us, and what bodies replied to us."""

from scripts.package.files import Row
from scripts.site.lines import Entry, Line, Link, Marked, Section, WebLink, entry, joined
from scripts.site.page_data import PageData
from scripts.site.page_parts import document, of_its_own, reply_lines, study_link, value_link
from scripts.wording.words import cell_or_reason, date_words, inside, plain_word

NO_FIGURE = {  # said in place of figures, by what a statement is about in place of a study
    "about_tip_tier": "the TIP tier",
    "before_the_study": "no figure; it was made before the study was known",
}
NOT_STATED, IN_A_DOCUMENT = "not_stated", "document"
NO_PLACE = "paragraph not recorded"  # said once, at the head of the list


def statements(data: PageData) -> list[Section]:
    """Every statement: who speaks, what was said in our words, how we coded it, and where it is printed."""
    return [_statement(data, row) for row in data.package.rows("statements")]


def _statement(data: PageData, row: Row) -> Section:
    key = row["statement_id"]
    replies = data.package.grouped("replies", "statement_id", key)
    return Section(
        id=key,
        title=_speaker(data, row),
        paragraphs=((row["paraphrase"],), _coded(data, row), _printed_in(data, row)),
        items=reply_lines(data, replies) if replies else (),
    )


def _speaker(data: PageData, row: Row) -> str:
    """The body that speaks, and in what role, as far as the source says it."""
    body, role = data.package.name_of("organisations", row["organisation_id"]), row["role"]
    if role == IN_A_DOCUMENT:
        return f"{body}, in a document"
    return body if role == NOT_STATED else f"{body}, {plain_word(role)}"


def _coded(data: PageData, row: Row) -> Line:
    """How we coded a statement, and the figures that it supports, qualifies or disputes."""
    bearings = data.package.grouped("scopes", "statement_id", row["statement_id"])
    return (
        *_stance(row),
        " – our coding. It bears on: ",
        NO_FIGURE.get(row["reach"], ""),
        *joined(_bearing(data, row, one) for one in bearings if one["value_id"]),
        ".",
    )


def _stance(row: Row) -> Line:
    """What it says of the figures, and of which side of them; nothing, if they were not yet known."""
    if row["reach"] == "before_the_study":
        return (Marked("earlier opinion, not about these figures", "tag"),)
    stance, about = plain_word(row["stance"]), f"about: {plain_word(row['claim_type'])}"
    return (Marked(stance, "tag"), " ", Marked(about, "tag"))


def _bearing(data: PageData, said: Row, row: Row) -> Line:
    value_id, values = row["value_id"], data.values
    warning = values.caution(value_id) if values.reading(value_id).is_withdrawn else ""
    link = value_link(data, value_id, values.value(value_id))
    own = of_its_own(data, said, value_id).rstrip(",")
    return (link, f", {inside(values.label(value_id))}{warning} ({row['bearing']}{own})")


def _printed_in(data: PageData, row: Row) -> Line:
    """Document, publisher, date and place in it; the date of a statement is another."""
    source = data.package.row("sources", row["source_id"])
    when = date_words(source["date_published"]) or f"date {cell_or_reason(source, 'date_published')}"
    there = "" if row["locator"] == NO_PLACE else f"; {row['locator']}"
    return (
        f"Statement of {date_words(row['date'])}. Printed in ",
        document(data, row["source_id"]),
        f", {source['publisher']}, {when}{there}. Paraphrased by us.",
    )


def all_replies(data: PageData) -> list[Entry]:
    """What each body answered when it was asked about its document, and to what it is a reply."""
    return [_reply(data, row) for row in data.package.rows("replies")]


def _reply(data: PageData, row: Row) -> Entry:
    body = data.package.name_of("organisations", row["organisation_id"])
    there: Line = (" ", WebLink("Where it stands", row["url"])) if row["url"] else ()
    return entry(
        row["reply_id"],
        (f"{date_words(row['date'])}, {body}: {row['text']}", *_replied_to(data, row), *there),
    )


def _replied_to(data: PageData, row: Row) -> Line:
    """The figure, else the statement, else the study that a body replied on."""
    if row["value_id"]:
        return (" On ", value_link(data, row["value_id"], row["value_id"]), ".")
    if row["statement_id"]:
        return (" On ", Link(row["statement_id"], None, row["statement_id"]), ".")
    return (" On ", study_link(data, row["study_id"]), ".") if row["study_id"] else ()
