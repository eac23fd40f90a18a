"""The dictionary of the data: every table and column, and how much the tables cover by topic."""

from collections.abc import Iterator

from scripts.package.contract import Field, Table
from scripts.site.lines import Entry, Marked, Section, entry, strong
from scripts.site.page_data import PageData
from scripts.wording.words import plain_word, whole

COVERED = (  # columns of `coverage`, in the order of the page
    "readings",
    "quantities",
    "documents",
    "documents_read_whole",
    "primary",
    "not_available",
)


def dictionary(data: PageData) -> list[Section]:
    """Every table of the contract with its columns."""
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
    package = data.package
    rows = package.matching("coverage", dimension="topic") + package.matching("coverage", dimension="all")
    return [entry("", plain_word(row["item"]), *(whole(row[name]) for name in COVERED)) for row in rows]
