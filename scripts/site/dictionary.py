"""The dictionary of the data: every table and column, and how much the tables cover by topic."""

from collections.abc import Iterator, Sequence

from scripts.package.contract import Field, Table
from scripts.package.files import Row
from scripts.package.reading import Reading
from scripts.site.lines import Entry, Marked, Section, entry, strong
from scripts.site.page_data import PageData
from scripts.wording.words import plain_word, whole


def dictionary(data: PageData) -> list[Section]:
    """Every table that is released, with its columns."""
    return [_described(table) for table in data.package.contract.released.tables]


def _described(table: Table) -> Section:
    about = f"{table.description} Key: {', '.join(table.primary_key)}."
    rows = tuple(row for field in table.fields for row in _column(field))
    return Section(table.name, table.title, ((about,),), rows=rows)


def _column(field: Field) -> Iterator[Entry]:
    """A column with its type, what it holds and an example; then each word that it allows, explained."""
    allowed = "the words below" if field.words else ""
    blank = f" Blank: {field.blank}" if field.blank else ""
    holds = strong(f"{field.title}."), f" {field.description}{blank}"
    kind = ", ".join(filter(None, (field.type, field.unit)))
    yield entry("", field.name, kind, holds, str(field.example), allowed)
    yield from (entry("", Marked(one.value, "code"), one.meaning) for one in field.categories)


def coverage(data: PageData) -> list[Entry]:
    """What is covered, topic by topic, and in all."""
    standing, missing = data.package.ledger.standing, data.package.rows("not_available")
    topics = sorted({one.topic for one in standing})
    return [
        *(
            _covered(
                data,
                plain_word(topic),
                [one for one in standing if one.topic == topic],
                [row for row in missing if row["topic"] == topic],
            )
            for topic in topics
        ),
        _covered(data, "all", standing, missing),
    ]


def _covered(data: PageData, item: str, readings: Sequence[Reading], missing: Sequence[Row]) -> Entry:
    """How much is in the package on one item, and how much was asked for and not found."""
    documents = {one.source_id for one in readings}
    whole_ones = [key for key in documents if data.package.row("sources", key)["read_extent"] == "whole"]
    primary = [one for one in readings if one.evidence == "primary"]
    counted = (readings, {one.root_id for one in readings}, documents, whole_ones, primary, missing)
    return entry("", item, *(whole(len(one)) for one in counted))
