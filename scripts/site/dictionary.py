"""The dictionary of the data: every table and column, and how much the tables cover by topic."""

from scripts.package.contract import Field, Table
from scripts.site.lines import Entry, Section, entry, strong
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
    return Section(table.name, table.title, ((about,),), rows=tuple(_column(one) for one in table.fields))


def _column(field: Field) -> Entry:
    """A column with its type, what it holds, an example, and what it allows."""
    allowed = ", ".join(field.words)
    blank = f" Blank: {field.blank}" if field.blank else ""
    holds = strong(f"{field.title}."), f" {field.description}{blank}"
    kind = ", ".join(filter(None, (field.type, field.unit)))
    return entry("", field.name, kind, holds, str(field.example), allowed)


def coverage(data: PageData) -> list[Entry]:
    """What is covered, topic by topic, and in all."""
    package = data.package
    rows = package.matching("coverage", dimension="topic") + package.matching("coverage", dimension="all")
    return [entry("", plain_word(row["item"]), *(whole(row[name]) for name in COVERED)) for row in rows]
